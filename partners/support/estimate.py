"""What a partner receives: pure functions over dated rates, exact to the cent.

Source of the rule: Fedasil's partnership brochure of 2023. Our reading, for Fedasil to confirm: where a household comes
straight on arrival, one person counts as its head (a single person too) and each other member as a member.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ..models import Rate

YEARS = (1, 2)


@dataclass(frozen=True)
class Household:
    """How many persons come together, and whether straight on arrival or after a stay in the reception network."""

    size: int
    straight_on_arrival: bool


@dataclass(frozen=True)
class Line:
    """One part of an estimate: `count` times `rate` euro."""

    code: Rate.Code
    count: int
    rate: Decimal

    @property
    def amount(self) -> Decimal:
        return self.count * self.rate


@dataclass(frozen=True)
class Estimate:
    """Support for an offer, in euro: an estimate, never a promise."""

    lines: tuple[Line, ...]

    @property
    def total(self) -> Decimal:
        return sum((line.amount for line in self.lines), Decimal(0))


def estimate(
    household_sizes: Sequence[int], *, straight_on_arrival: bool, years: int, rates: Mapping[str, Decimal]
) -> Estimate:
    """The support for households of these sizes that all come the same way; see `estimate_for`."""
    return estimate_for([Household(size, straight_on_arrival) for size in household_sizes], years=years, rates=rates)


def estimate_for(households: Sequence[Household], *, years: int, rates: Mapping[str, Decimal]) -> Estimate:
    """The support for these households, for one or two years, at `rates` (euro by Rate.Code).

    ValueError for an empty household, no household, or other than one or two years.
    """
    if not households or any(household.size < 1 for household in households):
        raise ValueError("Each household has at least one person.")
    if years not in YEARS:
        raise ValueError("A placement lasts one year, or two.")
    persons = sum(household.size for household in households)
    direct = [household.size for household in households if household.straight_on_arrival]
    counts = {Rate.Code.STAY_LUMP_SUM: persons}
    if years == 2:
        counts[Rate.Code.SECOND_YEAR] = persons
    counts[Rate.Code.DIRECT_HEAD] = len(direct)
    counts[Rate.Code.DIRECT_MEMBER] = sum(direct) - len(direct)
    return Estimate(tuple(Line(code, count, rates[code]) for code, count in counts.items() if count))


def rates_on(day: date) -> dict[str, Rate]:
    """The rate in force on `day` for each code that has one."""
    in_force = {}
    for rate in Rate.objects.filter(valid_from__lte=day).order_by("valid_from"):
        in_force[rate.code] = rate
    return in_force


def amounts_on(day: date) -> dict[str, Decimal]:
    """The amounts in force on `day`, in euro by code: what `estimate` takes."""
    return {code: rate.amount for code, rate in rates_on(day).items()}
