"""Words that are not used on the site, each with the one to use: wording.csv, a row for each word of a language."""

import csv
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).with_name("wording.csv")


@lru_cache
def forbidden_words(language: str) -> tuple[re.Pattern, dict[str, str]]:
    """A pattern for the words of this language, and by each of them what to write."""
    with FILE.open(newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["language"] == language]
    instead = {row["forbidden"].casefold(): row["instead"] for row in rows}
    words = "|".join(re.escape(word) for word in sorted(instead, key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{words})(?![\w-])" if words else r"(?!)", re.IGNORECASE), instead


def forbidden_in(text: str, language: str) -> Iterator[tuple[str, str]]:
    """Each word that is not used, as it stands there, with the one to use."""
    pattern, instead = forbidden_words(language)
    for match in pattern.finditer(text.replace("'", "’")):
        yield match[0], instead[match[0].casefold()]
