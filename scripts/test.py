"""`make test`: lint, then the tests on a real PostgreSQL, what differs on SQLite too, and in a real browser."""

import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import postgres
from prepare import PYTHON, ROOT, VENV_BIN, Missing, apt_install, browser, in_venv, prepare, say

SLOWEST = 10
DURATION = re.compile(r"^([0-9.]+)s (call|setup|teardown) +(\S+)")
# Title, seconds that passed, and seconds of CPU of each part.
parts: list[tuple[str, float, float]] = []


def cpu_seconds() -> float:
    """What all processes used that this one started and that ended (so without the PostgreSQL server)."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def run(title: str, *command: str, env: dict | None = None) -> str:
    """Run one step, showing what it prints; stops everything where it fails. Answers its output."""
    say(title)
    start, cpu_start = time.monotonic(), cpu_seconds()
    process = subprocess.Popen(
        command, cwd=ROOT, env=in_venv(env), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    lines = []
    for line in process.stdout:
        print(line, end="", flush=True)
        lines.append(line)
    if process.wait():
        print(f"\nFailed: {title}", file=sys.stderr)
        raise SystemExit(1)
    parts.append((title, time.monotonic() - start, cpu_seconds() - cpu_start))
    return "".join(lines)


def lint() -> None:
    ruff, djlint, lint_imports = (str(VENV_BIN / name) for name in ("ruff", "djlint", "lint-imports"))
    run("ruff", ruff, "check", "--quiet", ".")
    run("ruff format", ruff, "format", "--quiet", "--check", ".")
    run("templates", djlint, "templates", "--lint", "--quiet")
    run("imports", lint_imports, "--no-cache")
    with tempfile.TemporaryDirectory() as var:
        env = {"DJANGO_SETTINGS_MODULE": "portal.settings.test", "VAR_DIR": var}
        (Path(var) / "assets").mkdir()
        run("migrations", PYTHON, "manage.py", "makemigrations", "--check", "--dry-run", env=env)
        catalogues(env)


def types() -> None:
    """The rooms of the rules, which pyproject.toml names."""
    run("types", PYTHON, "-m", "mypy", "--cache-dir", str(ROOT / "var" / "mypy"))


def catalogues(env: dict) -> None:
    """No message untranslated or fuzzy, and none missing from the catalogues."""
    if not shutil.which("xgettext"):
        apt_install("gettext")
    if not shutil.which("xgettext"):
        raise Missing("gettext is needed for the tests. Install it first (Debian, Ubuntu: apt-get install gettext).")
    run("message catalogues", PYTHON, str(ROOT / "scripts" / "catalogues.py"), env=env)


def poppler() -> None:
    """The PDF reader with which the tests open our PDFs."""
    if not shutil.which("pdfinfo"):
        apt_install("poppler-utils")
    if not shutil.which("pdfinfo"):
        raise Missing("Poppler is needed for the tests. Install it first (Debian: apt-get install poppler-utils).")


def fontconfig() -> None:
    """What says which fonts the server has."""
    if not shutil.which("fc-list"):
        apt_install("fontconfig")
    if not shutil.which("fc-list"):
        raise Missing(
            "fontconfig is needed for the tests. Install it first (Debian, Ubuntu: apt-get install fontconfig)."
        )


def libreoffice() -> None:
    """The suite with which the tests open our documents and make those that people send."""
    if not has_libreoffice():
        apt_install("libreoffice-writer-nogui", "libreoffice-calc-nogui")
    if not has_libreoffice():
        raise Missing(
            "LibreOffice is needed for the tests. Install it first "
            "(Debian: libreoffice-writer-nogui libreoffice-calc-nogui)."
        )


def has_libreoffice() -> bool:
    """With its writer and its tables, which are packages of their own."""
    if not (soffice := shutil.which("soffice")):
        return False
    program = Path(soffice).resolve().parent
    return all((program / library).exists() for library in ("libswlo.so", "libsclo.so"))


def clamav() -> None:
    """The virus scanner; the tests bring their own signature."""
    if not shutil.which("clamd"):
        apt_install("clamav-daemon")
    if not shutil.which("clamd"):
        raise Missing("ClamAV is needed for the tests. Install it first (Debian, Ubuntu: clamav-daemon).")


def redis() -> None:
    """The cache server, which the tests stop and start."""
    if not shutil.which("redis-server"):
        apt_install("redis-server")
    if not shutil.which("redis-server"):
        raise Missing("Redis is needed for the tests. Install it first (Debian, Ubuntu: apt-get install redis-server).")


def programs() -> None:
    """What tests without a database need already."""
    poppler()
    fontconfig()
    libreoffice()


def slowest(*outputs: str) -> None:
    """The ten slowest of all runs together."""
    found = [
        (float(match[1]), match[3], match[2])
        for output in outputs
        for line in output.splitlines()
        if (match := DURATION.match(line))
    ]
    print(f"\nThe {SLOWEST} slowest of all:")
    for seconds, name, phase in sorted(found, reverse=True)[:SLOWEST]:
        print(f"{seconds:8.1f} s  {name} ({phase})")


def summarize(seconds: float) -> None:
    """How long each part took, and on how many seconds of CPU."""
    print("\n       s    CPU s")
    for title, wall, cpu in [*parts, ("all of it", seconds, cpu_seconds())]:
        print(f"{wall:8.0f} {cpu:8.0f}  {title}")


@contextmanager
def prepared_meanwhile(vendor: str, env: dict) -> Iterator[None]:
    """The database that the tests copy is made while something else goes on; at its end it is ready."""
    meanwhile = time.monotonic()
    making = subprocess.Popen((PYTHON, "-m", "tests.prepared"), cwd=ROOT, env=in_venv(env))
    try:
        yield
        cpu_start = cpu_seconds()
        if making.wait():
            print(f"\nFailed: the {vendor} database to copy", file=sys.stderr)
            raise SystemExit(1)
        passed = time.monotonic() - meanwhile
        parts.append((f"the {vendor} database to copy, beside the above", passed, cpu_seconds() - cpu_start))
    finally:
        making.kill()


def main() -> None:
    start = time.monotonic()
    everything = ["--all"] if "--all" in sys.argv else []
    prepare("test")
    if "--check" in sys.argv:
        lint()
        types()
        programs()
        run("tests without database", PYTHON, "-m", "pytest", "-q", "-n", "2", "--without-database")
        summarize(time.monotonic() - start)
        return
    pytest = (PYTHON, "-m", "pytest", "-q", *everything)
    # Of the rules' rooms, as pyproject.toml says; fails below its threshold.
    coverage = ["--cov", "--cov-report=term"] if everything else []
    with tempfile.TemporaryDirectory(prefix="portal-test-") as var:
        # The tests use the assets that are made; everything else of theirs goes with this folder.
        (Path(var) / "assets").symlink_to(ROOT / "var" / "assets")
        env = {"VAR_DIR": var, "DJANGO_SETTINGS_MODULE": "portal.settings.test"}
        with postgres.server() as url:
            on_postgresql = {**env, "DATABASE_URL": url}
            # The database of the browser's sites holds PDFs and pictures, which take minutes of their own.
            with prepared_meanwhile("SQLite", env):
                with prepared_meanwhile("PostgreSQL", on_postgresql):
                    lint()
                    types()
                    programs()
                    browser()
                    clamav()
                    redis()
                outputs = [
                    run("tests on PostgreSQL", *pytest, *coverage, "-n", "2", "-m", "not browser", env=on_postgresql)
                ]
        # What each database does in its own way.
        chosen = "not browser" if everything else "each_database"
        outputs.append(run("tests on SQLite", *pytest, "-n", "2", "-m", chosen, env=env))
        # Each of the two has a site of its own; a file stays together, since its tests may share what they made.
        together = ("-n", "2", "--dist", "loadfile", "--no-loadscope-reorder")
        outputs.append(run("tests in a browser", *pytest, *together, "-m", "browser", env=env))
    slowest(*outputs)
    passed = sum(int(match[1]) for output in outputs if (match := re.search(r"(\d+) passed", output)))
    summarize(time.monotonic() - start)
    print(f"{passed} passed, 0 failed")


if __name__ == "__main__":
    main()
