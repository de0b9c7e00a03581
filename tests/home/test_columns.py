"""A worked example as a drawing: what stands in its cells is the estimate, column by column."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from home.columns import MOST, columns
from home.numbers import Worked
from partners.models import Rate
from partners.support.estimate import estimate

AMOUNTS = dict(zip(Rate.Code, map(Decimal, (3000, 600, 2000, 500)), strict=True))
SIZES = st.lists(st.integers(1, 6), min_size=1, max_size=3)


@given(SIZES, st.booleans(), st.sampled_from([1, 2]))
def test_the_cells_add_up_to_the_estimate(sizes, straight_on_arrival, years):
    support = estimate(sizes, straight_on_arrival=straight_on_arrival, years=years, rates=AMOUNTS)
    drawn = columns(Worked(tuple(sizes), straight_on_arrival, years, support, {}))
    if sum(sizes) > MOST:
        assert drawn is None
        return
    assert sum(cell.amount for cell in drawn.cells) == support.total
    assert len(drawn.heads) == len(sizes)
    heights = {(cell.amount, cell.height) for cell in drawn.cells}
    assert len(heights) == len({cell.amount for cell in drawn.cells})
