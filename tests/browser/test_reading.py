"""The reading pages in a real browser: nothing for axe, nothing sideways or from elsewhere, no cookie, no script."""

import gzip
import re
import urllib.request

import pytest
from django.conf import settings
from playwright.sync_api import expect

from .people import WIDTHS

LANGUAGES = list(dict(settings.LANGUAGES))
# One page of each kind, by its Dutch address.
KINDS = [
    "",
    "wat-is-hervestiging/",
    "wat-is-hervestiging/de-weg-in-acht-stappen/",
    "wat-is-hervestiging/cijfers/",
    "wat-mag-een-partner-verwachten/klassiek-traject-en-partnerschap/",
    "wat-mag-een-partner-verwachten/wat-een-partner-ontvangt/",
    "het-verhaal-van-gent/",
    "partner-worden/voorbereiden/",
    "partner-worden/voorbeeldnota-voor-uw-raad/",
    "partner-worden/infosessies/webinar-18-april-2023/",
    "vragen-en-antwoorden/",
    "begrippen/",
    "nieuws/",
]
SCHEMES = ("light", "dark")
FIRST_VIEW_KB, FIRST_VIEW_REQUESTS = 60, 8
# Ten screens of text in one page, to be printed as one.
LONG_VIEW_KB = {"partner-worden/voorbereiden/": 70}
SMALLEST_TARGET = 24
# Of the first screen of a phone, which belongs to the text.
HIGHEST_HEADER = 120


def alternates(site, path: str) -> dict[str, str]:
    """The same page in each language."""
    with urllib.request.urlopen(f"{site.address}/nl/{path}") as response:
        links = re.findall(r'hreflang="(\w+)" href="([^"]+)"', response.read().decode())
    return dict(links)


def combinations(number: int, every: bool) -> list[tuple[str, str, int]]:
    """Language, colour scheme and width for the kind of this number: all, or so few that each pair still occurs."""
    if every:
        return [(language, scheme, width) for language in LANGUAGES for scheme in SCHEMES for width in WIDTHS]
    pairs = [("light", 320), ("dark", 1280), ("dark", 320), ("light", 1280)]
    return [(LANGUAGES[(number + step) % 4], *pair) for step, pair in enumerate(pairs)]


# What a person would see as broken: wider than the screen, a text cut off, or two texts over each other.
FLAWS = """() => {
    const flaws = [];
    const wide = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth > wide) flaws.push("scrolls sideways");
    const texts = [...document.querySelectorAll("h1, h2, h3, p, li > a, dt, dd, td, th, summary")].filter(
        (element) => element.checkVisibility() && !element.closest(".visually-hidden") && element.innerText.trim());
    for (const element of texts) {
        const box = element.getBoundingClientRect();
        if (box.right > wide + 1 || box.left < -1) flaws.push("off the screen: " + element.innerText.slice(0, 40));
        if (element.scrollWidth > element.clientWidth + 2 && getComputedStyle(element).overflowX !== "visible")
            flaws.push("cut off: " + element.innerText.slice(0, 40));
    }
    return flaws;
}"""
SMALL_TARGETS = """(least) => [...document.querySelectorAll("a, button, summary")].filter((element) => {
    const box = element.getBoundingClientRect();
    const alone = element.parentElement.innerText === element.innerText;
    const inline = getComputedStyle(element).display === "inline" && !alone;
    return element.checkVisibility() && box.top > 0 && !inline && (box.height < least || box.width < least);
}).map((element) => element.innerText + " " + element.getBoundingClientRect().height)"""


@pytest.mark.parametrize("number", range(len(KINDS)))
def test_each_kind_of_page(browser, site, person, pytestconfig, number):
    addresses = alternates(site, KINDS[number])
    visitor = person("visitor")
    for language, scheme, width in combinations(number, pytestconfig.getoption("--all")):
        page = visitor.page
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        page.goto(addresses[language])
        where = f"{page.url} {scheme} {width}"
        visitor.finds_nothing_wrong()
        assert page.evaluate(FLAWS) == [], where
        assert page.evaluate(SMALL_TARGETS, SMALLEST_TARGET) == [], where
    assert page.context.cookies() == []
    assert visitor.errors == []


def travelled(answer) -> int:
    """Bytes on the way: sheets are compressed when collected, public pages as they go, fonts in themselves."""
    body = answer.body()
    is_compressed = answer.request.resource_type == "stylesheet" or answer.headers.get("content-encoding") == "gzip"
    return len(gzip.compress(body)) if is_compressed else len(body)


@pytest.mark.parametrize("path", KINDS)
def test_the_first_view_is_small_and_comes_from_here_alone(person, site, path):
    visitor = person("visitor", width=360)
    answers = []
    visitor.page.on("response", lambda answer: answers.append(answer))
    visitor.page.goto(f"{site.address}/nl/{path}", wait_until="networkidle")
    assert [answer.url for answer in answers if not answer.url.startswith(site.address)] == []
    assert [answer.url for answer in answers if answer.request.resource_type == "script"] == []
    assert len(answers) <= FIRST_VIEW_REQUESTS
    assert sum(travelled(answer) for answer in answers) <= LONG_VIEW_KB.get(path, FIRST_VIEW_KB) * 1024


@pytest.mark.parametrize("width", [320, 360])
def test_on_a_phone_the_header_is_low_and_its_menu_opens_without_a_script(browser, site, width):
    context = browser.new_context(viewport={"width": width, "height": 640}, java_script_enabled=False)
    page = context.new_page()
    for address in alternates(site, "").values():
        page.goto(address)
        assert page.locator("body > header").bounding_box()["height"] <= HIGHEST_HEADER, address
        page.locator(".menu summary").click()
        for link in page.locator(".menu a").all():
            expect(link).to_be_visible()
    context.close()


def test_the_skip_link_comes_first_and_leads_to_the_content(person):
    visitor = person("visitor")
    visitor.go("")
    visitor.page.keyboard.press("Tab")
    assert visitor.page.evaluate("document.activeElement.className") == "skip-link"
    visitor.page.keyboard.press("Enter")
    assert visitor.page.evaluate("document.activeElement.id") == "main"


def test_the_focus_is_seen_on_every_stop_of_the_keyboard(person):
    visitor = person("visitor")
    visitor.page.emulate_media(reduced_motion="reduce")
    visitor.go("vragen-en-antwoorden/")
    stops = 0
    while True:
        visitor.page.keyboard.press("Tab")
        focus = visitor.page.evaluate(
            """() => {
                const here = document.activeElement;
                if (here === document.body) return null;
                const style = getComputedStyle(here);
                const box = here.getBoundingClientRect();
                return {ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 3,
                        seen: box.width > 0 && box.top >= -1 && box.bottom <= innerHeight + 1};
            }"""
        )
        if focus is None:
            break
        assert focus == {"ring": True, "seen": True}
        stops += 1
    assert stops > 30


def test_a_question_opens_by_the_keyboard(person):
    visitor = person("visitor", language="fr")
    visitor.go("questions-et-reponses/")
    visitor.page.get_by_text("Qui paie le loyer ?").focus()
    summary = visitor.page.locator("summary", has_text="Qui paie le loyer")
    summary.focus()
    visitor.page.keyboard.press("Enter")
    visitor.sees("revenu d’intégration")


def test_the_switcher_leads_to_the_same_page(person):
    visitor = person("visitor")
    visitor.go("wat-is-hervestiging/")
    visitor.leave_by(visitor.page.get_by_role("navigation", name="Talen").get_by_role("link", name="FR"))
    assert visitor.page.url.endswith("/fr/qu-est-ce-que-la-reinstallation/")
    assert visitor.page.locator("html").get_attribute("lang") == "fr"


@pytest.mark.parametrize("width", [360, 1280])
def test_a_word_is_explained_in_place_by_the_keyboard(person, width):
    visitor = person("visitor", width=width)
    visitor.go("wat-is-hervestiging/")
    word = visitor.page.get_by_role("button", name="UNHCR")
    word.focus()
    visitor.page.keyboard.press("Enter")
    explanation = visitor.page.locator(".term__text:popover-open")
    expect(explanation).to_contain_text("Leidt hervestiging in de hele wereld")
    expect(explanation).to_be_in_viewport()
    visitor.finds_nothing_wrong()
    visitor.page.keyboard.press("Escape")
    expect(explanation).to_have_count(0)
    expect(word).to_be_focused()
