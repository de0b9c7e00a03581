from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partners.models import Rate
from partners.support.estimate import amounts_on, estimate

RATES = {
    "stay_lump_sum": Decimal(3000),
    "second_year": Decimal(600),
    "direct_head": Decimal(2000),
    "direct_member": Decimal(500),
}
sizes = st.lists(st.integers(1, 20), min_size=1, max_size=10)
years = st.sampled_from([1, 2])


@pytest.mark.parametrize(
    "households, direct, years, total",
    [
        ([5], True, 2, 22_000),
        ([5], False, 1, 15_000),
        ([1], True, 1, 5_000),
    ],
)
def test_the_cases_of_the_fact_sheet(households, direct, years, total):
    assert estimate(households, straight_on_arrival=direct, years=years, rates=RATES).total == total


@given(sizes, st.booleans(), years)
def test_the_total_is_the_sum_of_its_households_in_any_order(households, direct, years):
    whole = estimate(households, straight_on_arrival=direct, years=years, rates=RATES)
    parts = [estimate([size], straight_on_arrival=direct, years=years, rates=RATES).total for size in households]
    assert whole.total == sum(parts) == sum(line.amount for line in whole.lines)
    assert whole == estimate(households[::-1], straight_on_arrival=direct, years=years, rates=RATES)


@given(sizes, years)
def test_more_never_brings_less(households, years):
    def total(households, direct, years):
        return estimate(households, straight_on_arrival=direct, years=years, rates=RATES).total

    assert total([*households, 1], False, years) > total(households, False, years)
    assert total(households, True, years) > total(households, False, years)
    assert total(households, True, 2) > total(households, True, 1)


@pytest.mark.parametrize("households, years", [([], 1), ([0], 1), ([-1], 1), ([3, 0], 1), ([3], 0), ([3], 3)])
def test_what_makes_no_sense_is_refused(households, years):
    with pytest.raises(ValueError, match=r"person|year"):
        estimate(households, straight_on_arrival=True, years=years, rates=RATES)


@pytest.mark.django_db
def test_a_rate_counts_from_its_date():
    Rate.objects.create(
        code="stay_lump_sum", amount=3200, valid_from=date(2027, 1, 1), source="x", source_date=date(2026, 12, 1)
    )
    assert amounts_on(date(2026, 12, 31))["stay_lump_sum"] == 3000
    assert amounts_on(date(2027, 1, 1))["stay_lump_sum"] == 3200
