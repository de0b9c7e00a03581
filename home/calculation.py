"""A calculation of the support as people mean it: which households, how they come, how long; and what is like it."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partners.support.estimate import Household

DIRECT, LATER = "direct", "later"
# As it stands in an address beside another one: 4d-3l.2 is one of 4 straight on arrival, one of 3 later, two years.
KEY = re.compile(r"(?P<households>[1-9][0-9]?[dl](-[1-9][0-9]?[dl]){0,49})\.(?P<years>[12])")
# So many in one household may have been meant as several.
LARGE, USUAL = 8, 4


@dataclass(frozen=True)
class Calculation:
    """Households and years, apart from any amount."""

    households: tuple[Household, ...]
    years: int

    @classmethod
    def from_key(cls, key: str) -> "Calculation | None":
        match = KEY.fullmatch(key)
        if not match:
            return None
        parts = match["households"].split("-")
        return cls(tuple(Household(int(part[:-1]), part[-1] == "d") for part in parts), int(match["years"]))

    @property
    def key(self) -> str:
        parts = (f"{one.size}{'d' if one.straight_on_arrival else 'l'}" for one in self.households)
        return f"{'-'.join(parts)}.{self.years}"

    @property
    def persons(self) -> int:
        return sum(household.size for household in self.households)

    @property
    def query(self) -> str:
        """The same in the address of the calculator: one row for the households that come the same way."""
        rows = [(DIRECT, True), (LATER, False)]
        given = [(way, sizes) for way, straight in rows if (sizes := self.sizes(straight))]
        parts = {}
        for number, (way, sizes) in enumerate(given, start=1):
            parts[f"size_{number}"] = ", ".join(map(str, sizes))
            parts[f"arrival_{number}"] = way
        return urlencode({**parts, "years": self.years})

    @property
    def application_query(self) -> str:
        """For the first page of an application, which asks how they come once: left open where they come both ways."""
        answers: dict[str, object] = {
            "household_sizes": ", ".join(str(household.size) for household in self.households),
            "second_year": self.years == 2,
        }
        ways = {household.straight_on_arrival for household in self.households}
        if len(ways) == 1:
            answers["straight_on_arrival"] = ways.pop()
        return urlencode(answers)

    def sizes(self, straight_on_arrival: bool) -> list[int]:
        return [one.size for one in self.households if one.straight_on_arrival == straight_on_arrival]

    @property
    def lines(self) -> list[str]:
        """What was understood, in words: equal households together, in the order in which they were given."""
        counted = Counter(self.households)
        return [f"{in_words(household.size, number)}, {way(household)}" for household, number in counted.items()]

    @property
    def length(self) -> str:
        return _("two years") if self.years == 2 else _("one year")

    @property
    def variants(self) -> list[tuple[str, "Calculation"]]:
        """What people compare it with: the other length, and the other way to come."""
        other_length = (_("two years"), 2) if self.years == 1 else (_("one year"), 1)
        found = [(other_length[0], replace(self, years=other_length[1]))]
        for words, straight in ((_("all straight on arrival"), True), (_("all after a stay"), False)):
            found.append((words, replace(self, households=tuple(Household(h.size, straight) for h in self.households))))
        return [(words, variant) for words, variant in found if variant != self]

    @property
    def several(self) -> "tuple[str, Calculation] | None":
        """A single large household as several of the usual size: people write all persons together."""
        if len(self.households) != 1 or self.persons < LARGE:
            return None
        number = max(2, round(self.persons / USUAL))
        least, more = divmod(self.persons, number)
        sizes = [least + 1] * more + [least] * (number - more)
        straight = self.households[0].straight_on_arrival
        words = " + ".join(in_words(size, count) for size, count in Counter(sizes).items())
        return words, replace(self, households=tuple(Household(size, straight) for size in sizes))


def in_words(size: int, number: int) -> str:
    """“2 households of 4 persons”."""
    households = ngettext("%(number)d household", "%(number)d households", number) % {"number": number}
    persons = ngettext("%(number)d person", "%(number)d persons", size) % {"number": size}
    return _("%(households)s of %(persons)s") % {"households": households, "persons": persons}


def way(household: Household) -> str:
    if household.straight_on_arrival:
        return _("straight on arrival")
    return _("after a stay in the reception network")


def households_of(rows: Iterable[tuple[list[int], str]]) -> tuple[Household, ...]:
    """The households of rows of sizes that come the same way."""
    return tuple(Household(size, arrival == DIRECT) for sizes, arrival in rows for size in sizes)
