"""Numbers on pages: never typed, always one of Fedasil's rates, a figure of a year, or a fact, each with its source.

A text names a number in braces: {rate.stay_lump_sum}, {year.2024.arrived}, {years.arrived} (the sum; years.each: all of
them), {home_months},
and {example.5-3.direct.2}: the support for households of five and three persons, straight on arrival (or: later), for
two years.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from partners.models import Rate, YearFigure
from partners.support.estimate import Estimate, Line, estimate, rates_on
from portal import clock
from portal.formats import euro

Source = tuple[str, date]

TOKEN = re.compile(r"\{([a-z][a-z0-9_.-]*)\}")
EXAMPLE = re.compile(r"example\.(?P<sizes>[1-9][0-9]?(-[1-9][0-9]?)*)\.(?P<way>direct|later)\.(?P<years>[12])")


@dataclass(frozen=True)
class Number:
    """A value as data, with where it comes from; `is_amount` in euro."""

    value: Decimal
    source: str
    source_date: date
    is_amount: bool = False

    def __str__(self) -> str:
        if self.is_amount:
            return euro(self.value)
        decimals = 0 if self.value == Decimal(self.value).to_integral() else None
        return number_format(self.value, decimal_pos=decimals, force_grouping=True)


@dataclass(frozen=True)
class Worked:
    """A worked example: the households, how they come, for how long, and the support with the rate behind each line."""

    sizes: tuple[int, ...]
    straight_on_arrival: bool
    years: int
    estimate: Estimate
    rates: Mapping[str, Rate]

    @property
    def persons(self) -> int:
        return sum(self.sizes)

    @property
    def lines(self) -> list[tuple[Line, Rate]]:
        return [(line, self.rates[line.code]) for line in self.estimate.lines]

    @property
    def sources(self) -> list[tuple[str, date]]:
        """Where its rates come from, each once."""
        return sorted({(rate.source, rate.source_date) for _line, rate in self.lines})

    @property
    def query(self) -> str:
        """The same answers in the address of the calculator (home/calculator.py)."""
        return urlencode(
            {
                "household_sizes": ", ".join(map(str, self.sizes)),
                "straight_on_arrival": self.straight_on_arrival,
                "second_year": self.years == 2,
            }
        )


class Numbers:
    """The numbers behind these keys, read with at most one query a kind; a key that is not known has none.

    drafts: facts and figures of years that count in place of what is published (for previews).
    """

    def __init__(self, keys: Iterable[str], drafts: Iterable[Model] = ()):
        keys = set(keys)
        self.drafts = list(drafts)
        self.found: dict[str, Number] = {}
        self.years: list[YearFigure] = []
        self.worked_out: dict[str, Worked] = {}
        if any(key.startswith(("rate.", "example.")) for key in keys):
            self._take_rates(keys)
        if any(key.startswith(("year.", "years.")) for key in keys):
            self._take_years()
        facts = {key for key in keys if "." not in key}
        if facts:
            for fact in self._shown(apps.get_model("home", "Fact"), key__in=facts):
                self.found[fact.key] = Number(fact.value, fact.source, fact.source_date)
        if "years.each" in keys:
            keys |= {key for key in self.found if key.startswith("year.")}
        self.used = [self.found[key] for key in sorted(keys) if key in self.found]

    def _shown(self, model: type[Model], **asked) -> list:
        """The published rows of a model, with drafts in the place of those of which they are drafts."""
        drafts = [draft for draft in self.drafts if isinstance(draft, model)]
        rows = model._default_manager.filter(live=True, **asked)
        if drafts:
            rows = rows.exclude(pk__in=[draft.pk for draft in drafts if draft.pk])
        return [*rows, *drafts]

    def _take_rates(self, keys: set[str]) -> None:
        rates = rates_on(clock.today())
        for code, rate in rates.items():
            self.found[f"rate.{code}"] = Number(rate.amount, rate.source, rate.source_date, is_amount=True)
        amounts = {code: rate.amount for code, rate in rates.items()}
        for key in keys:
            if match := EXAMPLE.fullmatch(key):
                sizes = tuple(int(size) for size in match["sizes"].split("-"))
                straight, years = match["way"] == "direct", int(match["years"])
                support = estimate(sizes, straight_on_arrival=straight, years=years, rates=amounts)
                newest = max(rates.values(), key=lambda rate: rate.source_date)
                self.found[key] = Number(support.total, newest.source, newest.source_date, is_amount=True)
                self.worked_out[key] = Worked(sizes, straight, years, support, rates)

    def _take_years(self) -> None:
        self.years = sorted(self._shown(YearFigure), key=lambda row: row.year)
        for row in self.years:
            for name in ("pledged", "arrived"):
                if (value := getattr(row, name)) is not None:
                    self.found[f"year.{row.year}.{name}"] = Number(Decimal(value), row.source, row.source_date)
        arrived = [row for row in self.years if row.arrived is not None]
        if arrived:
            total = Decimal(sum(row.arrived for row in arrived))
            self.found["years.arrived"] = Number(total, arrived[-1].source, arrived[-1].source_date)

    def get(self, key: str) -> Number | None:
        return self.found.get(key)

    @property
    def total(self) -> Number | None:
        """All arrivals together."""
        return self.found.get("years.arrived")

    @property
    def sources(self) -> list[Source]:
        """Each source once, by name."""
        return sorted({(number.source, number.source_date) for number in self.used})

    def sources_of(self, keys: Iterable[str]) -> list[Source]:
        """The sources of the numbers with these keys, each once, by name."""
        keys = set(keys)
        if "years.each" in keys:
            keys |= {key for key in self.found if key.startswith("year.")}
        found = (self.found[key] for key in keys if key in self.found)
        return sorted({(number.source, number.source_date) for number in found})

    def say(self, text: str) -> str:
        """The text with its numbers written as the reader's language writes them."""
        return TOKEN.sub(lambda match: str(self.found.get(match[1], "–")), text)


def keys_in(text: str) -> set[str]:
    """The keys of the numbers that a text names."""
    return set(TOKEN.findall(text))


def keys_in_blocks(blocks: Iterable[dict]) -> set[str]:
    """The keys of the numbers that blocks show, as they are kept: named in a text, chosen, or all of a kind."""
    blocks = list(blocks)
    keys = keys_in(json.dumps(blocks, default=str, ensure_ascii=False))
    for block in blocks:
        if block["type"] == "amounts":
            keys |= {f"rate.{item['value']['code']}" for item in block["value"]}
        elif block["type"] in ("arrivals", "chart"):
            keys |= {"years.arrived", "years.each"}
    return keys


def known_numbers(value) -> None:
    """A validator: every number that the text names is there."""
    keys = keys_in(str(getattr(value, "source", value)))
    missing = keys - Numbers(keys).found.keys()
    if missing:
        raise ValidationError(_("There is no number with this key: %(keys)s.") % {"keys": ", ".join(sorted(missing))})
