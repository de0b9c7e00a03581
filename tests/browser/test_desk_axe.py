"""axe finds nothing on any page of the desk, and nothing sticks out: light and dark, telephone and desk, in pairs."""

import json

import pytest

from .people import WIDTHS, Person

GROUPS = 6
PAIRS = (("light", WIDTHS[0]), ("dark", WIDTHS[1])), (("dark", WIDTHS[0]), ("light", WIDTHS[1]))


@pytest.fixture(scope="module")
def desk(site) -> dict:
    """What desk_world.py made: addresses with who opens each, and sessions."""
    return json.loads(site.call("desk_world", "make"))


@pytest.mark.parametrize("group", range(GROUPS))
def test_the_pages_of_the_desk(browser, site, desk, group):
    """Each page in both themes and at both widths; from page to page the two are paired the other way round."""
    people: dict[str, Person] = {}
    for number, (name, address) in list(enumerate(desk["pages"]))[group::GROUPS]:
        if name not in people:
            context = browser.new_context(locale="en")
            context.add_cookies([{"name": "sessionid", "value": desk["sessions"][name], "url": site.address}])
            people[name] = Person(site, context.new_page(), name, "en")
        page = people[name].page
        assert page.goto(site.address + address).status == 200, address
        assert page.url == site.address + address
        for theme, width in PAIRS[number // GROUPS % 2]:
            page.emulate_media(color_scheme=theme)
            page.set_viewport_size({"width": width, "height": 900})
            people[name].finds_nothing_wrong()
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (address, width)
    for person in people.values():
        person.page.context.close()
