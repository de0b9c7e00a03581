"""Every block with content as extreme as it may be, in a real browser: nothing sideways, nothing cut off, axe 0."""

from itertools import product

import pytest

from tests.extremes import VARIANTS

from .extreme_world import KINDS
from .test_reading import FLAWS as FLAWS_OF_PAGES

# A wide table scrolls in itself.
FLAWS = FLAWS_OF_PAGES.replace(".visually-hidden", ".visually-hidden, .table table")

WIDTHS = (320, 1280, 1920)
SCHEMES = ("light", "dark")


def combinations(every: bool) -> list[tuple[str, str, int, str]]:
    """Variant, kind of page, width, scheme: all of them, or so few that each pair still occurs."""
    if every:
        return list(product(VARIANTS, KINDS, WIDTHS, SCHEMES))
    return [
        (variant, kind, WIDTHS[(row + column) % 3], SCHEMES[(row // 2 + column) % 2])
        for row, variant in enumerate(VARIANTS)
        for column, kind in enumerate(KINDS)
    ]


@pytest.fixture(scope="module")
def extreme_pages(site) -> dict[str, str]:
    addresses = site.call("extreme_world", "pages")
    yield addresses
    site.call("extreme_world", "remove", addresses)


def test_every_pair_occurs():
    for one, other in ((0, 1), (0, 2), (1, 2), (1, 3), (2, 3), (0, 3)):
        few, every = ({(row[one], row[other]) for row in combinations(all_of_them)} for all_of_them in (False, True))
        assert few == every


@pytest.mark.parametrize("variant", VARIANTS)
def test_every_block_fits(site, person, extreme_pages, pytestconfig, variant):
    visitor = person("visitor")
    for name, kind, width, scheme in combinations(pytestconfig.getoption("--all")):
        if name != variant:
            continue
        page = visitor.page
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        page.goto(site.address + extreme_pages[f"{variant}/{kind}"])
        where = f"{variant} {kind} {width} {scheme}"
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        assert page.evaluate(FLAWS) == [], where
        visitor.finds_nothing_wrong()
    assert visitor.errors == []
