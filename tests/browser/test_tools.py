"""The site's tools in a real browser, in each state: nothing for axe, keyboard alone, with and without scripts."""

import pytest
from playwright.sync_api import expect

STATES = [
    "calculator/",
    "calculator/?household_sizes=5%2C+3&straight_on_arrival=True&second_year=True",
    "calculator/?household_sizes=0&straight_on_arrival=True",
    "search/",
    "search/?q=woning",
    "search/?q=zwembad",
]


@pytest.mark.parametrize("number", range(len(STATES)))
def test_each_state_of_each_tool(person, number):
    languages = ("nl", "fr", "de", "en")
    for width, scheme, step in ((320, "light", 0), (1280, "dark", 1), (320, "dark", 2), (1280, "light", 3)):
        visitor = person("visitor", language=languages[(number + step) % 4], width=width)
        visitor.page.emulate_media(color_scheme=scheme)
        visitor.go(STATES[number])
        visitor.finds_nothing_wrong()
        assert visitor.page.evaluate("document.documentElement.scrollWidth") <= width
        assert visitor.page.context.cookies() == []
        assert visitor.errors == []


def test_the_estimate_follows_while_one_answers(person):
    visitor = person("visitor")
    visitor.go("calculator/")
    visitor.fill({"household_sizes": "5", "straight_on_arrival": "True", "second_year": "True"})
    expect(visitor.page.locator(".estimate__total")).to_have_text("€\u00a022.000")
    visitor.fill({"second_year": "False"})
    expect(visitor.page.locator(".estimate__total")).to_have_text("€\u00a019.000")
    assert "second_year=False" in visitor.page.url


def test_the_estimate_comes_without_a_script_and_by_the_keyboard(browser, site):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 700})
    page = context.new_page()
    page.goto(f"{site.address}/fr/calculator/")
    page.locator("[name=household_sizes]").focus()
    page.keyboard.type("5")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.locator(".estimate__total")).to_have_text("22\u00a0000\u00a0€")
    context.close()


def test_a_search_by_the_keyboard_leads_to_an_answer(person):
    visitor = person("visitor", width=360)
    visitor.go("")
    visitor.page.get_by_role("link", name="Zoeken").focus()
    visitor.page.keyboard.press("Enter")
    visitor.page.get_by_label("Wat zoekt u?").focus()
    visitor.page.keyboard.type("wie betaald de huur")
    visitor.page.keyboard.press("Enter")
    visitor.page.get_by_role("link", name="Wie betaalt de huur?").focus()
    visitor.page.keyboard.press("Enter")
    visitor.page.wait_for_url("**/vragen-en-antwoorden/#q*")
