"""`make house`: docs/house.svg, the rooms and what they import, read from the sources.

Floors follow the contracts in pyproject.toml. Of several ways from one room to another the drawing keeps the longest
(transitive reduction), and between the four areas it keeps one arrow a pair.
"""

import ast
import sys
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from graphlib import TopologicalSorter
from pathlib import Path

import grimp

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.append(str(ROOT))

TARGET = ROOT / "docs" / "house.svg"
AREAS = {
    "home": "What visitors read: pages, tools, search, information sessions",
    "applications": "An application, from its first answer to Fedasil’s decision",
    "partners": "Organisations, their people, what they receive, partnerships",
    "portal": "What every part stands on, and the settings",
}
# Which room begins a floor, from the ground up. What comes between belongs to the floor below it.
FLOORS = {
    "home": {"chart": "pieces", "models": "models", "approval": "pages", "calculator": "pages", "forms": "pages"},
    "applications": {
        "models": "models",
        "questionnaire": "rules",
        "workflow": "tables",
        "parties": "verbs",
        "pages": "pages",
        "desk": "desk",
    },
    "partners": {
        "signals": "basics",
        "models": "models",
        "permissions": "rules",
        "workflow": "tables",
        "people": "verbs",
        "pages": "pages",
        "desk": "desk",
    },
    "portal": {"text": "basics", "model_fields": "models", "audit": "engine", "mail": "services", "checks": "web"},
}
# Django and Wagtail find these by name; nothing else imports them.
WIRING = frozenset(
    {"apps", "management", "migrations", "root_urls", "settings", "templatetags", "urls", "wagtail_hooks", "wsgi"}
)
# A longer first sentence ends at its colon or semicolon.
LONG = 92


@dataclass(frozen=True)
class Area:
    name: str
    sentence: str
    wiring: list[str]
    # From the ground up: name of the floor, its rooms with their sentences.
    floors: list[tuple[str, dict[str, str]]]
    # From a room to one below it that it imports.
    arrows: list[tuple[str, str]]


def read_areas() -> tuple[list[Area], list[tuple[str, str]]]:
    """The four areas from the top down, and which imports which."""
    graph = grimp.build_graph(*AREAS, exclude_type_checking_imports=True, cache_dir=None)
    imports = {
        (place(module), place(imported))
        for module in graph.modules
        for imported in graph.find_modules_directly_imported_by(module)
    }
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    layers = {each["containers"][0]: each["layers"] for each in contracts["contracts"] if each.get("containers")}
    areas = []
    for area, sentence in AREAS.items():
        rooms = {name for name in (place(module)[1] for module in graph.modules if place(module)[0] == area) if name}
        inside = {room: set() for room in rooms - WIRING}
        for (above, room), (below, imported) in imports:
            if above == below == area and room != imported and {room, imported} <= inside.keys():
                inside[room].add(imported)
        order = by_contract(layers[area], inside) if area in layers else by_depth(inside)
        areas.append(Area(area, sentence, sorted(rooms & WIRING), floors(area, order), reduced(inside)))
    between = sorted({(above, below) for (above, _), (below, _) in imports if above != below})
    return areas, between


def place(module: str) -> tuple[str, str]:
    """Area and room of a module."""
    area, _, rest = module.partition(".")
    return area, rest.partition(".")[0]


def by_contract(layers: list[str], rooms: Iterable[str]) -> list[list[str]]:
    """The rooms of each layer, from the ground up."""
    found = [[room for room in layer.replace(" ", "").split("|") if room in rooms] for layer in reversed(layers)]
    return [layer for layer in found if layer]


def by_depth(imports: dict[str, set[str]]) -> list[list[str]]:
    """Where no contract says it: each room right above the highest that it imports."""
    depth: dict[str, int] = {}
    for room in TopologicalSorter(imports).static_order():
        depth[room] = 1 + max((depth[each] for each in imports[room]), default=-1)
    return [sorted(room for room in depth if depth[room] == level) for level in range(max(depth.values()) + 1)]


def floors(area: str, layers: list[list[str]]) -> list[tuple[str, dict[str, str]]]:
    """The layers put together to the floors that FLOORS names, each room with its sentence."""
    found: list[tuple[str, dict[str, str]]] = []
    for layer in layers:
        name = next((FLOORS[area][room] for room in layer if room in FLOORS[area]), None)
        if name and (not found or found[-1][0] != name):
            found.append((name, {}))
        found[-1][1].update({room: sentence(area, room) for room in layer})
    return found


def sentence(area: str, room: str) -> str:
    """What a room says of itself first."""
    path = ROOT / area / room / "__init__.py"
    if not path.exists():
        path = ROOT / area / f"{room}.py"
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    if not docstring:
        sys.exit(f"{path.relative_to(ROOT)} does not say what it is: it needs a docstring")
    first = " ".join(docstring.split("\n\n")[0].split()).split(". ")[0].rstrip(".")
    first = first.replace("`", "").replace("'", "’")
    return first.replace("; ", ": ").split(": ")[0] if len(first) > LONG else first


def reduced(imports: dict[str, set[str]]) -> list[tuple[str, str]]:
    """The arrows without those that lead where a longer way leads too."""

    def reached(room: str) -> Iterator[str]:
        for each in imports[room]:
            yield each
            yield from reached(each)

    beyond = {room: {far for each in imports[room] for far in reached(each)} for room in imports}
    return sorted((room, each) for room in imports for each in imports[room] - beyond[room])


def drawing() -> str:
    from house_drawing import draw

    return draw(*read_areas())


if __name__ == "__main__":
    TARGET.write_text(drawing(), encoding="utf-8")
