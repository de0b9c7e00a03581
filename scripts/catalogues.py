"""Checks the message catalogues: every text of the code is in them, translated, not fuzzy, with its placeholders."""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
# English needs none: the texts in the code are English.
LANGUAGES = ("nl", "fr", "de")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]")


def fresh(language: str, work: Path) -> polib.POFile:
    """The catalogue as makemessages would leave it now, made in a copy of the code."""
    subprocess.run(
        [
            *(
                sys.executable,
                "manage.py",
                "makemessages",
                "-l",
                language,
                "-e",
                "py,html,txt,svg",
                "--no-obsolete",
                "--no-location",
            ),
            *("--no-wrap", "-v0"),
        ],
        cwd=work,
        check=True,
    )
    return polib.pofile(str(work / "portal/locale" / language / "LC_MESSAGES/django.po"))


def problems(language: str, work: Path) -> list[str]:
    kept = polib.pofile(str(ROOT / "portal/locale" / language / "LC_MESSAGES/django.po"))
    now = {(entry.msgctxt, entry.msgid) for entry in fresh(language, work)}
    known = {(entry.msgctxt, entry.msgid): entry for entry in kept if not entry.obsolete}
    found = [
        f"not in the catalogue (run make messages): {msgid!r}"
        for _context, msgid in sorted(now - known.keys(), key=str)
    ]
    for entry in known.values():
        translations = [entry.msgstr] if not entry.msgid_plural else list(entry.msgstr_plural.values())
        if entry.fuzzy:
            found.append(f"fuzzy: {entry.msgid!r}")
        elif not all(translations):
            found.append(f"not translated: {entry.msgid!r}")
        elif not entry.msgid_plural and sorted(PLACEHOLDER.findall(entry.msgid)) != sorted(
            PLACEHOLDER.findall(entry.msgstr)
        ):
            found.append(f"placeholders differ: {entry.msgid!r}")
    return found


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder) / "code"
        work.mkdir()
        for name in ("manage.py", "portal", "partners", "applications", "home", "templates"):
            source = ROOT / name
            if source.is_dir():
                shutil.copytree(source, work / name, ignore=shutil.ignore_patterns("__pycache__", "node_modules"))
            else:
                shutil.copy(source, work / name)
        found = [f"{language}: {problem}" for language in LANGUAGES for problem in problems(language, work)]
    print("\n".join(found) or "complete")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
