"""axe finds nothing on any page of the desk, and nothing sticks out: light and dark, telephone and desk, in pairs."""

import json
import subprocess
import sys

import pytest

from .people import WIDTHS, Person
from .site import ROOT

GROUPS = 6
PAIRS = (("light", WIDTHS[0]), ("dark", WIDTHS[1])), (("dark", WIDTHS[0]), ("light", WIDTHS[1]))


@pytest.fixture(scope="module")
def desk(site) -> dict:
    """What desk_world.py made: addresses with who opens each, and sessions."""
    code = "from tests.browser import desk_world; print(desk_world.make())"
    shell = [sys.executable, "manage.py", "shell", "--no-imports", "-c", code]
    printed = subprocess.run(shell, cwd=ROOT, env=site.env, check=True, capture_output=True, text=True).stdout
    return json.loads(printed.splitlines()[-1])


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
