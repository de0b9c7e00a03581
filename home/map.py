"""The map of partnerships: pure geometry for a server-rendered SVG, and the same as a list by province."""

import json
import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from django.conf import settings

from partners.models import PartnershipParty
from partners.models.municipality import Province

# How far a number keeps from a point, in units of the drawing.
STEP = 34
# As many points can bear the names of their municipalities; more of them say how many stand in each province.
FEW = 6


@dataclass(frozen=True)
class Area:
    """One province: its outline, and where its number of partnerships stands."""

    province: Province
    path: str
    x: int
    y: int
    number: int


@dataclass(frozen=True)
class Point:
    """The middle of a canton with this many partnerships."""

    x: int
    y: int
    number: int
    name: str

    @property
    def radius(self) -> int:
        return min(6 + self.number, 14)


@dataclass(frozen=True)
class Place:
    """One partnership: its municipality of today and its parties."""

    municipality: str
    parties: list[str]


@dataclass(frozen=True)
class Map:
    width: int
    height: int
    areas: list[Area]
    points: list[Point]
    places: list[tuple[Province, list[Place]]]

    @property
    def number(self) -> int:
        return sum(area.number for area in self.areas)

    @property
    def names_points(self) -> bool:
        return len(self.points) <= FEW

    @property
    def provinces(self) -> int:
        """How many provinces have one, Brussels counted with them."""
        return len(self.places)


@cache
def boundaries() -> dict:
    """The drawing as scripts/boundaries.py makes it."""
    return json.loads((settings.ASSETS_DIR / "vendor" / "map.json").read_text())


def free_place(x: int, y: int, points: Iterable[tuple[int, int]]) -> tuple[int, int]:
    """A place for a number near (x, y), away from the points where there is one."""
    for right, down in ((0, 0), (0, -STEP), (STEP, 0), (0, STEP), (-STEP, 0)):
        if all(math.hypot(x + right - px, y + down - py) > STEP for px, py in points):
            return x + right, y + down
    return x, y


def map_of(parties: Iterable[PartnershipParty]) -> Map:
    """Partnerships on the map, each where its leading party is; `parties` come by partnership, the lead first."""
    drawing = boundaries()
    numbers: Counter = Counter()
    points: Counter = Counter()
    names: dict[tuple[int, int], str] = {}
    places: dict[Province, list[Place]] = {}
    for _partnership, group in groupby(parties, key=lambda party: party.partnership):
        organisations = [party.organisation for party in group]
        municipality = organisations[0].municipality.today
        province = Province(municipality.province)
        numbers[province] += 1
        # A municipality newer than the boundaries has no point, and still stands in its province.
        if found := drawing["municipalities"].get(municipality.refnis):
            points[tuple(found)] += 1
            names[tuple(found)] = municipality.name
        place = Place(municipality.name, [str(organisation) for organisation in organisations])
        places.setdefault(province, []).append(place)
    areas = [
        Area(Province(code), area["path"], *free_place(area["x"], area["y"], points), numbers[code])
        for code, area in drawing["provinces"].items()
    ]
    return Map(
        drawing["width"],
        drawing["height"],
        areas,
        [Point(x, y, number, names[x, y]) for (x, y), number in sorted(points.items())],
        [
            (province, sorted(places[province], key=lambda place: place.municipality))
            for province in sorted(places, key=lambda found: str(found.label))
        ],
    )
