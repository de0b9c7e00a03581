"""How `make house` draws: a band for each area, boxes in rows, arrows between them.

Units are pixels of a drawing that is 1200 wide.
"""

from html import escape
from typing import TYPE_CHECKING

from house_arrows import GAP, ROOMS, Box, Router, Row, rounded

if TYPE_CHECKING:
    from house import Area

WIDTH = 1200
BAND = (16, 1124)
SENTENCE = 180
LINE = 14
IN_A_ROW = 5
TINTS = {
    "home": ("#fdf3e3", "#b4690e"),
    "applications": ("#e9f1fb", "#1d5a9e"),
    "partners": ("#e8f5ec", "#1f7040"),
    "portal": ("#f0eef6", "#5b4a8a"),
}
STYLE = """
text { font-family: system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; font-size: 12px; fill: #333a44 }
.room { font-size: 13.5px; font-weight: 700; fill: #16202c }
.title { font-size: 25px; font-weight: 700; fill: #16202c }
.area { font-size: 19px; font-weight: 700 }
.floor { font-size: 12px; font-weight: 600; letter-spacing: .04em }
.box { fill: #fff; stroke-width: 1.2 }
.wiring { fill: none; stroke-dasharray: 4 3 }
.arrow { fill: none; stroke-width: 1.3 }
"""


def text_width(text: str, size: float = 12) -> float:
    """About what a wide sans-serif font takes."""
    widths = {**dict.fromkeys("fijlrt.,:;’'|!I()- ", 0.36), **dict.fromkeys("mwMW", 0.9)}
    return size * sum(widths.get(letter, 0.7 if letter.isupper() else 0.59) for letter in text)


def wrapped(text: str, width: float) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and text_width(longer) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def rows_of(area: "Area") -> list[Row]:
    """From the top down. A room alone on its floor is a slab across it, with its sentence beside its name."""
    rows = []
    for floor, rooms in area.floors:
        names = list(rooms)
        count = -(-len(names) // IN_A_ROW)
        size, more = divmod(len(names), count)
        for number in range(count):
            chosen = [names.pop(0) for _ in range(size + (number < more))]
            width = (ROOMS[1] - ROOMS[0] - GAP * (len(chosen) - 1)) / len(chosen)
            slab = len(chosen) == 1
            boxes = [
                Box(
                    name,
                    [rooms[name]] if slab else wrapped(rooms[name], width - 20),
                    ROOMS[0] + index * (width + GAP),
                    width,
                    slab,
                )
                for index, name in enumerate(chosen)
            ]
            height = 30 if slab else 32 + LINE * max(len(box.lines) for box in boxes)
            rows.insert(0, Row(floor if number == count - 1 else "", boxes, height=height))
    for number, row in enumerate(rows):
        for index, box in enumerate(row.boxes):
            box.row, box.index, box.height = number, index, row.height
    return rows


def text(x: float, y: float, words: str, kind: str = "", **attributes: str) -> str:
    more = "".join(f' {name.replace("_", "-")}="{value}"' for name, value in attributes.items())
    return f'<text x="{x:g}" y="{y:g}"{f" class={chr(34)}{kind}{chr(34)}" if kind else ""}{more}>{escape(words)}</text>'


def path_element(way: str, area: str, stroke: str = "") -> str:
    """A line with a dot where it begins and a head where it ends, so that it may pass behind boxes."""
    return f'<path d="{way}"{stroke} marker-start="url(#from-{area})" marker-end="url(#to-{area})"/>'


def draw_area(area: "Area", top: float) -> tuple[list[str], float]:
    """The band of one area, and where it ends."""
    tint, ink = TINTS[area.name]
    rows = rows_of(area)
    router = Router(rows, area.arrows)
    y = top + 40
    wiring_top = y
    y += 24
    for number, row in enumerate(rows):
        y += router.gutter_height(number) if number else max(14, router.gutter_height(0) if router.lane_count[0] else 0)
        row.top = y
        for box in row.boxes:
            box.top = y
        y += row.height
    bottom = y + 14
    width = ROOMS[1] - ROOMS[0]
    parts = [
        f'<rect x="{BAND[0]}" y="{top:g}" width="{BAND[1] - BAND[0]}" height="{bottom - top:g}" rx="8" fill="{tint}"/>',
        f'<rect x="{BAND[0]}" y="{top:g}" width="6" height="{bottom - top:g}" rx="3" fill="{ink}"/>',
        text(34, top + 28, area.name, "area", style=f"fill:{ink}"),
        text(SENTENCE, top + 28, area.sentence),
        f'<rect class="wiring" x="{ROOMS[0]}" y="{wiring_top:g}" width="{width}" height="24" rx="4" stroke="{ink}"/>',
        text(34, wiring_top + 16, "wiring", "floor", style=f"fill:{ink}"),
        text(ROOMS[0] + 12, wiring_top + 16, "found by name: " + ", ".join(area.wiring)),
        f'<g class="arrow" stroke="{ink}">',
        *(path_element(path, area.name) for path in router.paths()),
        "</g>",
    ]
    for row in rows:
        if row.floor:
            parts.append(text(34, row.top + 20, row.floor, "floor", style=f"fill:{ink}"))
        for box in row.boxes:
            parts.append(
                f'<rect class="box" x="{box.left:g}" y="{box.top:g}" width="{box.width:g}" height="{box.height:g}" '
                f'rx="5" stroke="{ink}"/>'
            )
            parts.append(text(box.left + 11, box.top + 20, box.name, "room"))
            if box.slab:
                parts.append(text(box.left + 22 + text_width(box.name, 14.5), box.top + 20, box.lines[0]))
            else:
                parts += [text(box.left + 11, box.top + 37 + LINE * n, line) for n, line in enumerate(box.lines)]
    return parts, bottom


def draw(areas: list["Area"], between: list[tuple[str, str]]) -> str:
    parts: list[str] = []
    spans: dict[str, tuple[float, float]] = {}
    top = 104.0
    for area in areas:
        drawn, bottom = draw_area(area, top)
        parts += drawn
        spans[area.name] = (top, bottom)
        top = bottom + 14
    height = top + 30
    order = [area.name for area in areas]
    shaft = []
    pairs = sorted(between, key=lambda pair: (order.index(pair[0]), order.index(pair[1])))
    for number, (above, below) in enumerate(pairs):
        start = spans[above][0] + 30 + 12 * order.index(below)
        end = spans[below][0] + 14 + 9 * order.index(above)
        x = BAND[1] + 62 - 9 * number
        way = rounded([(BAND[1], start), (x, start), (x, end), (BAND[1] + 6, end)])
        shaft.append(path_element(way, above, f' stroke="{TINTS[above][1]}"'))
    markers = "".join(
        f'<marker id="to-{name}" viewBox="0 0 7 8" refX="1" refY="4" markerWidth="7" markerHeight="8" '
        f'markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0 7 4 0 8Z" fill="{ink}"/></marker>'
        f'<marker id="from-{name}" viewBox="0 0 6 6" refX="3" refY="3" markerWidth="6" markerHeight="6" '
        f'markerUnits="userSpaceOnUse"><circle cx="3" cy="3" r="2.5" fill="{ink}"/></marker>'
        for name, (_, ink) in TINTS.items()
    )
    said = " ".join(
        f"{area.name}: " + "; ".join(f"{floor}: {', '.join(rooms)}" for floor, rooms in reversed(area.floors)) + "."
        for area in areas
    )
    size = f'viewBox="0 0 {WIDTH} {height:g}" width="{WIDTH}" height="{height:g}"'
    head = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-labelledby="title desc">',
        '<title id="title">The house: the rooms of the portal and what they import</title>',
        '<desc id="desc">'
        + escape(
            "Four areas, one below the other. Each imports those below it, never one above. In each area rooms stand "
            f"on floors, from the top down. {said}"
        )
        + "</desc>",
        f"<style>{STYLE}</style><defs>{markers}</defs>",
        f'<rect width="{WIDTH}" height="{height:g}" fill="#fff"/>',
        f'<path d="M{BAND[0]} 96 {(BAND[0] + BAND[1]) / 2:g} 12 {BAND[1]} 96Z" fill="#f6dfc0"/>',
        text((BAND[0] + BAND[1]) / 2, 68, "The house", "title", text_anchor="middle"),
        text((BAND[0] + BAND[1]) / 2, 87, "An arrow leads from a room to one that it imports", text_anchor="middle"),
    ]
    foot = text(
        34,
        height - 16,
        "Where a longer way leads to the same room, the short arrow is left out, as are those of wiring. "
        "A line without a dot passes behind a box. Made from the imports by make house.",
    )
    return "\n".join([*head, *parts, '<g class="arrow">', *shaft, "</g>", foot, "</svg>"]) + "\n"
