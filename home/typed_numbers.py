"""Numbers typed into a text that should be named by their key: amounts, percentages, and what a fact says too."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.html import strip_tags

from .numbers import Numbers

# As it is written in Belgium and in English: 1.500 or 1 500 or 1,500; decimals after a comma or a point.
DIGITS = r"\d{1,3}(?:[.,\u00a0\u202f ]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,2})?"
CURRENCY = r"€|euros?\b|EUR\b"
NUMBER = re.compile(
    rf"(?P<before>(?:{CURRENCY})[\s\u00a0\u202f]*)?(?<![\w.,/:+-])(?P<digits>{DIGITS})(?![\w/:]|[.,]\d)"
    rf"(?P<after>[\s\u00a0\u202f]*(?:{CURRENCY}|%))?",
    re.IGNORECASE,
)
# What is no figure: keys, addresses, dates and times, house numbers with postcode and place, articles of law.
MONTHS = (
    r"jan(?:uari|vier|uar|uary)?|feb(?:ruari|ruar|ruary)?|février|fév|maart|mars|märz|march|apr(?:il)?|avril|mei|mai|may"
    r"|jun[ie]?|juin|jul[iy]?|juillet|aug(?:ustus|ust)?|août|sep(?:t|tember|tembre)?|o[ck]t(?:ober|obre)?"
    r"|nov(?:ember|embre)?|d[eé][cz](?:ember|embre)?"
)
NO_FIGURE = re.compile(
    rf"\{{[^}}]*\}}|https?://\S+|\S+@\S+"
    rf"|\b\d{{1,2}}(?:er|\.)?\s+(?:{MONTHS})\b(?:\s+\d{{4}})?|\b\d{{1,4}}[/.-]\d{{1,2}}[/.-]\d{{1,4}}\b"
    r"|\b\d{1,2}\s?(?:[:uh]\s?\d{0,2}|uur|heures?|Uhr)\b"
    r"|(?:\b\d{1,3}\w?,?\s+)?\b[1-9]\d{3}\s+(?-i:[A-ZÉ])\w+|\+?\d[\d /.]{7,}\d\b"
    r"|\b(?:art(?:ikel|icle|\.)?|artikelen|articles|§)\s*\d+\S*",
    re.IGNORECASE,
)
YEARS = range(1900, 2100)
SMALLEST = 10


@dataclass(frozen=True)
class TypedNumber:
    """As it was typed, and the keys of the numbers that have this value (of none: it may be a fact to add)."""

    text: str
    keys: tuple[str, ...] = ()


def typed_numbers(text: str, known: Numbers | None = None) -> list[TypedNumber]:
    """The figures that were typed into this text; `known` are the numbers among which their keys are sought.

    Counts below ten, years, dates, times, postcodes, telephone numbers and articles of law are none.
    """
    plain = NO_FIGURE.sub(" ", strip_tags(text).replace("&nbsp;", "\u00a0"))
    found = []
    for match in NUMBER.finditer(plain):
        value = _value(match["digits"])
        is_quantity = match["before"] or match["after"]
        is_year = match["digits"].isdigit() and len(match["digits"]) == 4 and int(match["digits"]) in YEARS
        if is_quantity or (value >= SMALLEST and not is_year):
            found.append(TypedNumber(match[0].strip(), tuple(_keys_of(value, known))))
    return found


def _value(digits: str) -> Decimal:
    whole, decimals = re.fullmatch(r"(.*?)(?:[.,](\d{1,2}))?", digits).groups()
    return Decimal(re.sub(r"\D", "", whole) + (f".{decimals}" if decimals else ""))


def _keys_of(value: Decimal, known: Numbers | None) -> Iterable[str]:
    return sorted(key for key, number in known.found.items() if number.value == value) if known else ()
