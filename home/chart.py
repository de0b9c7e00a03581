"""The chart of pledges and arrivals: pure geometry for a server-rendered SVG, in its own units.

A bar for each year is as high as its arrivals, a tick stands where the pledge is. The annotation of a year stands
beside its bar, where there is room, and a thin line leads to it.
"""

import math
import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

WIDTH, HEIGHT, BASE, TOP, LEFT = 840, 440, 404, 36, 52
STEPS = 4
# A bar at its widest; the line of a pledge is that much longer than the bar is wide.
BAR, TICK = 38, 1.3
# Of the texts in the drawing: characters a line, and the room that one takes (docs/design.md, "Drawings").
LINE, LETTER, LEADING, NUMBER = 18, 7.4, 17, 28


@dataclass(frozen=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


@dataclass(frozen=True)
class Bar:
    """One year: the middle of its bar, and where arrivals and pledge stand (None where no number is known)."""

    year: int
    middle: float
    width: float
    arrived: int | None
    pledged: int | None
    arrived_top: float
    pledged_top: float | None
    is_annotated: bool
    # Of the longest bar or tick, in hundredths: for the list of narrow screens.
    arrived_share: float
    pledged_share: float | None

    @property
    def left(self) -> float:
        return round(self.middle - self.width / 2, 1)

    @property
    def height(self) -> float:
        return round(BASE - self.arrived_top, 1)

    @property
    def tick(self) -> float:
        """How long the line of the pledge is."""
        return round(self.width * TICK, 1)

    @property
    def tick_left(self) -> float:
        return round(self.middle - self.tick / 2, 1)

    @property
    def number_at(self) -> float:
        """Where its number stands: above the bar, and above the tick where that is in the way."""
        in_the_way = self.pledged_top is not None and -4 < self.arrived_top - self.pledged_top < 30
        return round((min(self.arrived_top, self.pledged_top or 0) if in_the_way else self.arrived_top) - 7, 1)

    @property
    def boxes(self) -> list[Box]:
        """What no text may cover."""
        found = [Box(self.left - 3, self.arrived_top - 3, self.left + self.width + 3, BASE)]
        if self.pledged_top is not None:
            right = self.tick_left + self.tick + 3
            found.append(Box(self.tick_left - 3, self.pledged_top - 5, right, self.pledged_top + 5))
        if self.arrived is not None and not self.is_annotated:
            found.append(Box(self.middle - 18, self.number_at - 14, self.middle + 18, self.number_at + 4))
        return found


@dataclass(frozen=True)
class Annotation:
    """The annotation of a year: its lines from (x, y) on, and the line that leads there from the bar."""

    bar: Bar
    text: str
    lines: list[str]
    x: float
    y: float
    anchor: str
    lead: str

    @property
    def places(self) -> list[tuple[float, str]]:
        """Its lines, with the height of each."""
        return [
            (round(self.y + NUMBER + LEADING * place - 4, 1), line) for place, line in enumerate(self.lines, start=1)
        ]

    @property
    def number_at(self) -> float:
        return round(self.y + NUMBER - 5, 1)


@dataclass(frozen=True)
class Chart:
    """Bars, notes, and lines across at round numbers (their height and the number)."""

    bars: list[Bar]
    notes: list[Annotation]
    lines: list[tuple[float, int]]
    width: int = WIDTH
    height: int = HEIGHT
    base: int = BASE
    left: int = LEFT

    @property
    def rows(self) -> list[tuple[Bar, str]]:
        """The bars with their annotations, for a narrow screen."""
        annotations = {note.bar.year: note.text for note in self.notes}
        return [(bar, annotations.get(bar.year, "")) for bar in self.bars]

    @property
    def without_pledge(self) -> list[int]:
        return [bar.year for bar in self.bars if bar.pledged is None]


def round_step(most: int) -> int:
    """A step of 1, 2 or 5 times a power of ten, of which at most STEPS cover `most`."""
    step = 1
    for factor in (1, 2, 5) * 9:
        if factor * step * STEPS >= most:
            return factor * step
        if factor == 5:
            step *= 10
    return most


def chart(rows: Iterable, annotations: Mapping[int, str] | None = None) -> Chart:
    """From rows with year, pledged and arrived, in order of year, and the annotations of some years."""
    rows, annotations = list(rows), annotations or {}
    most = max((value for row in rows for value in (row.pledged, row.arrived) if value), default=1)
    step = round_step(most)
    steps = math.ceil(most / step)
    scale = (BASE - TOP) / (step * steps)
    room = (WIDTH - LEFT) / max(len(rows), 1)

    def top(value: int) -> float:
        return round(BASE - value * scale, 1)

    bars = [
        Bar(
            row.year,
            round(LEFT + (place + 0.5) * room, 1),
            round(min(BAR, room * 0.7), 1),
            row.arrived,
            row.pledged,
            top(row.arrived or 0),
            None if row.pledged is None else top(row.pledged),
            not annotations or row.year in annotations,
            round(100 * (row.arrived or 0) / most, 1),
            None if row.pledged is None else round(100 * row.pledged / most, 1),
        )
        for place, row in enumerate(rows)
    ]
    lines = [(round(BASE - number * step * scale, 1), number * step) for number in range(steps + 1)]
    return Chart(bars, _notes(bars, annotations), lines)


def _notes(bars: list[Bar], annotations: Mapping[int, str]) -> list[Annotation]:
    taken = [box for bar in bars for box in bar.boxes]
    made = []
    # The highest first: beside them there is least room.
    for bar in sorted((bar for bar in bars if bar.year in annotations), key=lambda bar: -bar.height):
        lines = textwrap.wrap(annotations[bar.year], LINE)
        width = max([4 * NUMBER / 2, *(len(line) * LETTER for line in lines)])
        note, box = _place(bar, annotations[bar.year], lines, width, taken)
        taken.append(box)
        made.append(note)
    return sorted(made, key=lambda note: note.bar.year)


def _place(bar: Bar, text: str, lines: list[str], width: float, taken: list[Box]) -> tuple[Annotation, Box]:
    """The nearest place to the top of its bar where nothing else stands; the top of the drawing where all is taken."""
    tall = NUMBER + LEADING * len(lines)
    start = bar.arrived_top
    beside = [("end", bar.left - 10), ("start", bar.left + bar.width + 10)]
    over = [("start", bar.left), ("end", bar.left + bar.width)]
    # Right beside the top of the bar, else over it, else beside it higher up.
    places = [(up, side) for up in range(0, 24, 4) for side in beside]
    places += [(up, side) for up in range(0, int(start), 4) for side in over]
    places += [(up, side) for up in range(24, int(start), 4) for side in beside]
    for up, (anchor, x) in places:
        y = start - up
        left = x if anchor == "start" else x - width
        box = Box(left, y, left + width, y + tall)
        inside = box.left >= 0 and box.right <= WIDTH and box.top >= 0 and box.bottom <= BASE
        if inside and not any(box.meets(other) for other in taken):
            return Annotation(bar, text, lines, x, round(y, 1), anchor, _lead(bar, start, x, y, tall)), box
    box = Box(bar.left, 0, bar.left + width, tall)
    return Annotation(bar, text, lines, bar.left, 0, "start", ""), box


def _lead(bar: Bar, start: float, x: float, y: float, tall: float) -> str:
    """A thin line from the top of the bar to its text, where the text is not right beside it."""
    if bar.left <= x <= bar.left + bar.width:
        below = y + tall + 4
        return f"M{bar.middle} {start - 4}V{below}" if start - below > 12 else ""
    if start - y < 10:
        return ""
    return f"M{bar.middle} {start - 4}V{y + NUMBER / 2 + 1}H{x + (4 if x < bar.middle else -4)}"
