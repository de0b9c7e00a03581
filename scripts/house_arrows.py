"""Where the arrows of docs/house.svg go: in the gutters between rows, and behind the boxes that they pass."""

from collections import defaultdict
from dataclasses import dataclass, field

ROOMS = (116, 1108)
GAP = 24
LANE = 6
RADIUS = 5


@dataclass
class Box:
    name: str
    lines: list[str]
    left: float
    width: float
    slab: bool
    top: float = 0
    height: float = 0
    row: int = 0
    index: int = 0

    @property
    def middle(self) -> float:
        return self.left + self.width / 2


@dataclass
class Row:
    floor: str
    boxes: list[Box]
    top: float = 0
    height: float = 0
    # How many arrows pass each gap between boxes so far.
    passing: dict[float, int] = field(default_factory=lambda: defaultdict(int))


class Router:
    """Finds the way of each arrow of one area: x of its ends and where it passes rows, y of its lanes in gutters."""

    def __init__(self, rows: list[Row], arrows: list[tuple[str, str]]):
        self.rows = rows
        boxes = {box.name: box for row in rows for box in row.boxes}
        ends = [(boxes[room], boxes[imported]) for room, imported in arrows]
        self.beside = [(a, b) for a, b in ends if a.row == b.row and a.index - b.index == 1]
        self.ways = [pair for pair in ends if pair not in self.beside]
        self.ports = self.find_ports()
        # Each way as x positions: where it leaves, passes rows, arrives.
        self.courses = [self.course(number) for number in range(len(self.ways))]
        # By gutter (the one above row 0 is 0): from, to, way, lane.
        self.lanes: dict[tuple[int, int], int] = {}
        self.lane_count = self.find_lanes()

    def find_ports(self) -> dict[tuple[int, str], float]:
        sides = defaultdict(list)
        for number, (a, b) in enumerate(self.ways):
            sides[id(a), "top" if a.row == b.row else "bottom"].append((b.middle, number, "from", a, b))
            sides[id(b), "top"].append((a.middle, number, "to", b, a))
        ports = {}
        for side in sides.values():
            side.sort(key=lambda port: port[:3])
            for place, (_, number, end, box, _) in enumerate(side):
                step = min(18, (box.width - 40) / len(side))
                ports[number, end] = box.middle + (place - (len(side) - 1) / 2) * step
        # A slab is as wide as its floor: straight lines from the other end.
        for side in sides.values():
            for _, number, end, box, other in side:
                if box.slab and not other.slab:
                    ports[number, end] = ports[number, "to" if end == "from" else "from"]
        return ports

    def course(self, number: int) -> list[float]:
        a, b = self.ways[number]
        course = [self.ports[number, "from"]]
        goal = self.ports[number, "to"]
        for row in self.rows[a.row + 1 : b.row]:
            if row.boxes[0].slab:
                course.append(course[-1])
                continue
            gaps = [box.left - GAP / 2 for box in row.boxes[1:]]
            gaps += [ROOMS[0] - GAP / 2, ROOMS[1] + GAP / 2 - 6]
            gap = min(gaps, key=lambda x: abs(x - course[-1]) + 0.6 * abs(x - goal))
            used = row.passing[gap]
            row.passing[gap] += 1
            course.append(gap + (used + 1) // 2 * 6 * (-1 if used % 2 else 1))
        return [*course, goal]

    def gutters(self, number: int) -> list[int]:
        a, b = self.ways[number]
        return [a.row] if a.row == b.row else list(range(a.row + 1, b.row + 1))

    def find_lanes(self) -> list[int]:
        """Where two would lie on each other they take two lanes, but those that lead to one end share theirs."""
        spans = defaultdict(list)
        for number, course in enumerate(self.courses):
            for gutter, x, next_x in zip(self.gutters(number), course, course[1:], strict=False):
                if x != next_x:
                    spans[gutter].append((abs(x - next_x), min(x, next_x), max(x, next_x), number))
        counts = [0] * (len(self.rows) + 1)
        for gutter, found in spans.items():
            lanes: list[list[tuple[float, float]]] = []
            for _, start, end, number in sorted(found):
                free = next(
                    (
                        lane
                        for lane, taken in enumerate(lanes)
                        if all(end + 6 < other_start or other_end + 6 < start for other_start, other_end in taken)
                    ),
                    len(lanes),
                )
                if free == len(lanes):
                    lanes.append([])
                lanes[free].append((start, end))
                self.lanes[number, gutter] = free
            counts[gutter] = len(lanes)
        return counts

    def gutter_height(self, gutter: int) -> float:
        return 20 + LANE * max(0, self.lane_count[gutter] - 1)

    def paths(self) -> list[str]:
        found = []
        for a, b in self.beside:
            y = a.top + 17
            found.append(f"M{a.left:g} {y:g}H{b.left + b.width + 6:g}")
        for number, (a, b) in enumerate(self.ways):
            points = [(self.courses[number][0], a.top if a.row == b.row else a.top + a.height)]
            for gutter, next_x in zip(self.gutters(number), self.courses[number][1:], strict=False):
                lane = self.lanes.get((number, gutter))
                if lane is not None:
                    y = self.rows[gutter].top - 12 - LANE * lane
                    points += [(points[-1][0], y), (next_x, y)]
            points.append((points[-1][0], b.top - 6))
            found.append(rounded(points))
        return found


def rounded(points: list[tuple[float, float]]) -> str:
    """A way of straight lines, its corners rounded."""
    parts = [f"M{points[0][0]:g} {points[0][1]:g}"]
    for (x0, y0), (x, y), (x2, y2) in zip(points, points[1:], points[2:], strict=False):
        before = min(RADIUS, (abs(x - x0) + abs(y - y0)) / 2)
        after = min(RADIUS, (abs(x2 - x) + abs(y2 - y)) / 2)
        start = (x - before * sign(x - x0), y - before * sign(y - y0))
        end = (x + after * sign(x2 - x), y + after * sign(y2 - y))
        parts.append(f"L{start[0]:g} {start[1]:g}Q{x:g} {y:g} {end[0]:g} {end[1]:g}")
    return "".join([*parts, f"L{points[-1][0]:g} {points[-1][1]:g}"])


def sign(number: float) -> int:
    return (number > 0) - (number < 0)
