"""Everything that readers read and that ships: each text with its language and the place in which it stands."""

import csv
import html
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import polib

from home.content import source

ROOT = Path(__file__).resolve().parent.parent.parent
LANGUAGES = ("nl", "fr", "de", "en")
CODE = re.compile(r"(```.*?```|`[^`\n]*`)", re.DOTALL)


class Text(NamedTuple):
    """`place` is what to open: a file, and the message where the file has many."""

    language: str
    text: str
    place: str


def all_texts() -> Iterator[Text]:
    """Catalogues, pages, snippets, letters, checklists, criteria, names of sources and the guide for editors."""
    for text in (*catalogues(), *content(), *tables()):
        yield text._replace(text=as_read(text.text))


def catalogues() -> Iterator[Text]:
    """The messages; the texts in the code are the English ones."""
    for folder in ("portal/locale", "portal/locale_wagtail"):
        for path in sorted((ROOT / folder).glob("*/LC_MESSAGES/django.po")):
            language = path.parts[-3]
            for entry in polib.pofile(str(path)):
                place = f"{path.relative_to(ROOT)}: {entry.msgid[:60]!r}"
                for text in (entry.msgstr, *entry.msgstr_plural.values()):
                    yield Text(language, text, place)
                if folder == "portal/locale" and language == "nl":
                    for text in filter(None, (entry.msgid, entry.msgid_plural)):
                        yield Text("en", text, f"the code: {entry.msgid[:60]!r}")


def content() -> Iterator[Text]:
    """The site as shipped: Dutch in TOML, which the PO files repeat, and its translations."""
    for shipped in [*source.pages(), *source.snippets()]:
        for text in strings_in({name: part for name, part in shipped.data.items() if name != "type"}):
            yield Text("nl", text, f"home/content: {shipped.name}")
        for language in LANGUAGES[1:]:
            path = shipped.translation_path(language).relative_to(ROOT)
            for entry in shipped.translation(language):
                yield Text(language, entry.msgstr, f"{path}: {entry.msgid[:60]!r}")


def tables() -> Iterator[Text]:
    """What stands in tables of several languages, and files of one."""
    for name in ("terms.csv", "sources.csv"):
        with (source.FOLDER / name).open(newline="", encoding="utf-8") as file:
            for row in csv.DictReader(file):
                for language in LANGUAGES:
                    for text in row[language].split("; ") if name == "terms.csv" else [row[language]]:
                        yield Text(language, text, f"home/content/{name}: {row['nl'][:60]!r}")
    for name in ("partners/checklists/shipped.toml", "applications/review/criteria.toml"):
        yield from translated_in(tomllib.loads((ROOT / name).read_text(encoding="utf-8")), name)
    for path in sorted((ROOT / "applications/papers").glob("*_texts/*.toml")):
        for text in strings_in(tomllib.loads(path.read_text(encoding="utf-8"))):
            yield Text(path.stem, text, str(path.relative_to(ROOT)))
    for path in sorted((ROOT / "docs/editor").glob("*/*.md")):
        for line in CODE.sub("", path.read_text(encoding="utf-8")).splitlines():
            yield Text(path.parent.name, line, str(path.relative_to(ROOT)))


def translated_in(value, place: str) -> Iterator[Text]:
    """Of a tree of tables: each text whose key is a language."""
    if isinstance(value, dict):
        for key, part in value.items():
            if key in LANGUAGES and isinstance(part, str):
                yield Text(key, part, place)
            else:
                yield from translated_in(part, place)
    elif isinstance(value, list):
        for part in value:
            yield from translated_in(part, place)


def strings_in(value) -> Iterator[str]:
    """Of a tree of tables: each text."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from strings_in(part)


def as_read(text: str) -> str:
    """A rich text without its tags, so that quotes of attributes are no quotes of the text."""
    return html.unescape(re.sub(r"<[^>]+>", " ", text))
