"""A worked example as a drawing: a column for each person, as high as what is paid for them, the head of the household
in the middle. Pure geometry for a server-rendered SVG, in its own units."""

from dataclasses import dataclass
from decimal import Decimal

from partners.models import Rate

from .numbers import Worked

WIDTH, GAP, TALLEST, TOP = 66, 14, 420, 30
MOST = 12
ORDER = [Rate.Code.STAY_LUMP_SUM, Rate.Code.SECOND_YEAR, Rate.Code.DIRECT_HEAD, Rate.Code.DIRECT_MEMBER]


@dataclass(frozen=True)
class Cell:
    """One amount for one person; `kind` is the class of its tint."""

    kind: str
    x: float
    y: float
    height: float
    amount: Decimal

    @property
    def has_room(self) -> bool:
        return self.height >= 16

    @property
    def middle(self) -> float:
        return round(self.y + self.height / 2, 1)


@dataclass(frozen=True)
class Columns:
    cells: list[Cell]
    # The left edges of the columns of heads; a door stands in each.
    heads: list[float]
    # Where the highest of those columns ends.
    top: float
    width: float
    base: float
    column: int = WIDTH
    height: int = TOP + TALLEST + 16

    @property
    def labels_x(self) -> float:
        return self.heads[0] + WIDTH / 2


def columns(worked: Worked) -> Columns | None:
    """The columns of this example; None where there are too many persons for a drawing."""
    if worked.persons > MOST:
        return None
    rates = {line.code: line.rate for line in worked.estimate.lines}
    for_all = [(code, rates[code]) for code in ORDER[:2] if code in rates]
    highest = sum(rate for _code, rate in for_all) + rates.get(ORDER[2], Decimal(0))
    scale = Decimal(TALLEST) / highest
    base = Decimal(TOP + TALLEST)
    cells, heads, left = [], [], 2
    for size in worked.sizes:
        for place in range(size):
            is_head = place == (size - 1) // 2
            own = ORDER[2] if is_head else ORDER[3]
            height = base
            for code, rate in [*for_all, *([(own, rates[own])] if own in rates else [])]:
                height -= rate * scale
                cells.append(Cell(code, left, round(float(height), 1), round(float(rate * scale), 1), rate))
            if is_head:
                heads.append(left)
            left += WIDTH
        left += GAP
    return Columns(cells, heads, min(cell.y for cell in cells), left - GAP + 2, float(base))
