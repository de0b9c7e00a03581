"""The chart of pledges and arrivals: pure geometry for a server-rendered SVG, in its own units."""

from dataclasses import dataclass

WIDTH, HEIGHT, BASE, TOP, LEFT = 720, 300, 260, 24, 66
STEPS = 4


@dataclass(frozen=True)
class Bar:
    """One year: left edge and width, and the heights of its two bars (None where no number is known)."""

    year: int
    left: float
    width: float
    pledged: float | None
    arrived: float | None

    @property
    def middle(self) -> float:
        return self.left + self.width / 2

    @property
    def pledged_top(self) -> float:
        return BASE - (self.pledged or 0)

    @property
    def arrived_top(self) -> float:
        return BASE - (self.arrived or 0)


@dataclass(frozen=True)
class Chart:
    """Bars, and lines across at round numbers (their height and the number)."""

    bars: tuple[Bar, ...]
    lines: tuple[tuple[float, int], ...]
    width: int = WIDTH
    height: int = HEIGHT
    base: int = BASE


def round_step(most: int) -> int:
    """A step of 1, 2 or 5 times a power of ten, of which at most STEPS cover `most`."""
    step = 1
    for factor in (1, 2, 5) * 9:
        if factor * step * STEPS >= most:
            return factor * step
        if factor == 5:
            step *= 10
    return most


def chart(rows) -> Chart:
    """From rows with year, pledged and arrived, in order of year."""
    rows = list(rows)
    most = max((value for row in rows for value in (row.pledged, row.arrived) if value), default=1)
    step = round_step(most)
    scale = (BASE - TOP) / (step * STEPS)
    room = (WIDTH - LEFT) / max(len(rows), 1)

    def height(value):
        return None if value is None else round(value * scale, 1)

    bars = tuple(
        Bar(
            row.year, round(LEFT - 4 + place * room, 1), round(room * 0.72, 1), height(row.pledged), height(row.arrived)
        )
        for place, row in enumerate(rows)
    )
    return Chart(bars, tuple((BASE - number * step * scale, number * step) for number in range(STEPS + 1)))
