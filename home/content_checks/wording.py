"""Words that are not used on the site, each with the one to use: wording.csv, a row for each word of a language.

The last column holds, where it is filled in, phrases in which the word is right, with “|” between them. A test holds
the same list over everything that ships, catalogues too (tests/home/test_wording.py).
"""

import csv
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).with_name("wording.csv")


@lru_cache
def forbidden_words(language: str) -> tuple[re.Pattern, dict[str, str]]:
    """A pattern for the words of this language, and by each of them what to write; a right phrase has no entry."""
    with FILE.open(newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["language"] == language]
    instead = {row["forbidden"].casefold(): row["instead"] for row in rows}
    right = {phrase.casefold() for row in rows for phrase in row["right_in"].split("|") if phrase}
    # The longest first: a right phrase holds its word, and is passed over whole.
    words = "|".join(re.escape(word) for word in sorted(right | instead.keys(), key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{words})(?![\w-])" if words else r"(?!)", re.IGNORECASE), instead


def forbidden_in(text: str, language: str) -> Iterator[tuple[str, str]]:
    """Each word that is not used, as it stands there, with the one to use."""
    pattern, instead = forbidden_words(language)
    for match in pattern.finditer(text.replace("'", "’")):
        if found := instead.get(match[0].casefold()):
            yield match[0], found
