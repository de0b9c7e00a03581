"""The reading pages in a real browser: nothing for axe, nothing sideways, nothing from elsewhere, no cookie."""

import re
import urllib.request

import pytest

PAGES_IN = re.compile(r'href="(?:http://[^/"]+)?(/(?:nl|fr)/[^"#]*)"')
SERVICE = re.compile(r"^/\w+/(applications|account|organisations|start)/")


def reading_pages(site) -> list[str]:
    """All that a visitor reaches from the first page by links."""
    found, waiting = set(), ["/"]
    while waiting:
        path = waiting.pop()
        if path in found or SERVICE.match(path):
            continue
        found.add(path)
        with urllib.request.urlopen(site.address + path) as response:
            waiting += PAGES_IN.findall(response.read().decode())
    return sorted(found)


@pytest.mark.parametrize("width", [320, 1280])
def test_every_page_that_a_visitor_reaches(person, site, width):
    visitor = person("visitor", width=width)
    pages = reading_pages(site)
    assert len(pages) == 9  # the choice of languages, and four pages in each of two
    fetched = []
    visitor.page.on("request", lambda request: fetched.append(request.url))
    for path in pages:
        visitor.page.goto(site.address + path)
        visitor.finds_nothing_wrong()
        assert visitor.page.evaluate("document.documentElement.scrollWidth") <= width, path
    assert [url for url in fetched if not url.startswith(site.address)] == []
    assert visitor.page.context.cookies() == []
    assert visitor.errors == []


def test_the_skip_link_comes_first_and_leads_to_the_content(person):
    visitor = person("visitor")
    visitor.go("")
    visitor.page.keyboard.press("Tab")
    assert visitor.page.evaluate("document.activeElement.className") == "skip-link"
    visitor.page.keyboard.press("Enter")
    assert visitor.page.evaluate("document.activeElement.id") == "main"


def test_the_switcher_leads_to_the_same_page(person):
    visitor = person("visitor")
    visitor.go("wat-is-hervestiging/")
    visitor.page.get_by_role("navigation", name="Talen").get_by_role("link", name="FR").click()
    assert visitor.page.url.endswith("/fr/qu-est-ce-que-la-reinstallation/")
    assert visitor.page.locator("html").get_attribute("lang") == "fr"
