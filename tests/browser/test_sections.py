"""Each section in each state of it, over languages, sizes and colour schemes: nothing for axe, nothing sideways."""

import re
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from tests.hostile import image

from .people import WIDTHS
from .site import ROOT
from .test_reading import LANGUAGES, SCHEMES

# What is wrong in each section, and a text that two people may change.
WRONG = {
    "who": ("contact_email", "nobody"),
    "offer": ("household_sizes", "five"),
    "stay": ("dwellings-0-months", "3"),
    "guidance": ("guidance_hours", "many"),
    "cooperation": ("contacts-contact-email", "nobody"),
    "declaration": ("remarks", "x" * 5001),
}
TEXTS = {
    "who": "contact_function",
    "offer": "guide_languages",
    "stay": "next_home",
    "guidance": "guidance_team",
    "cooperation": "consultations",
    "declaration": "remarks",
}
SECTIONS = [*WRONG, "parties", "attachments"]
MADE = """
from django.utils import translation
from applications.answers import saving
from applications.parties import services as parties
from partners.models import Membership
from portal import clock
from tests.factories import complete_application
translation.activate("nl")
ngo = Membership.objects.get(user__email="ngo@demo.example")
city = Membership.objects.get(user__email="city@demo.example")
empty, fresh = (saving.begin(ngo.organisation, ngo.user, stay=True, guidance=True) for _number in range(2))
filled = complete_application(ngo, support_division="Even shares.")
joined = parties.invite_organisation(filled, ngo.user, city.organisation)
parties.accept(joined, city.user, city.organisation, stay=True, guidance=False)
# Submitted, as far as the form goes.
locked = complete_application(ngo)
type(locked).objects.filter(pk=locked.pk).update(
    state="submitted", reference="LOCKED", submitted_at=clock.now(), led_by=ngo.organisation
)
print("MADE", empty.uuid, fresh.uuid, filled.uuid, locked.uuid)
"""


@pytest.fixture(scope="module")
def made(site):
    shell = [sys.executable, "manage.py", "shell", "--no-imports", "-c", MADE]
    printed = subprocess.run(shell, cwd=ROOT, env=site.env, check=True, capture_output=True, text=True).stdout
    found = re.search(r"MADE (\S+) (\S+) (\S+) (\S+)", printed).groups()
    return dict(zip(("empty", "fresh", "filled", "locked"), found, strict=True))


def views(number: int, every: bool) -> list[tuple[str, str, int]]:
    """Language, scheme and width: all, or one for this number; each pair occurs over the sections and states."""
    combinations = [(language, scheme, width) for language in LANGUAGES for scheme in SCHEMES for width in WIDTHS]
    return combinations if every else [combinations[number * 5 % len(combinations)]]


def save(page, form: str = "form[data-autosave]") -> None:
    """Press the form's main button, and wait until the page that answers has come."""
    with page.expect_navigation():
        page.locator(f"{form} button.govuk-button").last.click()


def show(state: str, code: str, page, base: str, filled: str) -> None:
    """Bring the section into this state, on the page; `base` is the address in the language."""
    section = f"{base}/sections/{code}/"
    match state:
        case "done":
            page.goto(f"{base}/sections/{code}/check/")
        case "error" if code in WRONG:
            page.goto(section)
            name, value = WRONG[code]
            page.locator(f"[name='{name}']").fill(value)
            save(page)
            expect(page.locator(".govuk-error-summary")).to_be_visible()
        case "error" if code == "attachments":
            page.goto(section)
            wrong = {"name": "drawing.svg", "mimeType": "image/svg+xml", "buffer": b"<svg/>"}
            page.locator("input[type=file]").first.set_input_files(wrong)
            page.locator("main form button").first.click()
            expect(page.locator(".govuk-error-summary")).to_be_visible()
        case "conflict":
            page.goto(section)
            with page.context.expect_page() as opened:
                page.evaluate("address => void open(address)", section)
            other = opened.value
            for tab, text in ((other, "Theirs."), (page, "Mine.")):
                tab.locator(f"[name='{TEXTS[code]}']").fill(text + code + base[-40:-36])
                save(tab)
            other.close()
            expect(page.locator(".conflict")).to_be_visible()
        case _:
            page.goto(section)


STATES = {
    "empty": ("empty", SECTIONS),
    "filled": ("filled", SECTIONS),
    "error": ("empty", [*WRONG, "attachments"]),
    "conflict": ("filled", list(TEXTS)),
    "done": ("filled", SECTIONS),
    "locked": ("locked", SECTIONS),
}


@pytest.mark.parametrize("state", STATES)
def test_each_section_in_each_state(person, site, made, pytestconfig, state):
    someone = person("ngo").sign_in()
    page = someone.page
    application, sections = STATES[state]
    for place, code in enumerate(sections):
        number = list(STATES).index(state) * len(SECTIONS) + place
        for language, scheme, width in views(number, pytestconfig.getoption("--all")):
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            show(state, code, page, f"{site.address}/{language}/applications/{made[application]}", made["filled"])
            someone.finds_nothing_wrong()
            where = f"{page.url} {state} {scheme} {width}"
            assert page.evaluate("document.documentElement.scrollWidth") <= width, where
            # Leave without a question about what is not saved.
            page.evaluate("window.onbeforeunload = null")
    assert someone.errors == []


def test_a_party_without_the_right_reads_and_does_not_change(person, site, made):
    """The city offers homes only: the guidance of the other is closed to its pen."""
    city = person("city").sign_in()
    base = f"applications/{made['filled']}"
    for number, (language, width) in enumerate([("nl", 320), ("fr", 1280), ("de", 320), ("en", 1280)]):
        city.language = language
        city.page.set_viewport_size({"width": width, "height": 900})
        city.page.emulate_media(color_scheme=SCHEMES[number % 2])
        for path in ("", "/summary", "/sections/stay", "/sections/attachments"):
            city.go(f"{base}{path}/")
            city.finds_nothing_wrong()
            assert city.page.evaluate("document.documentElement.scrollWidth") <= width
        assert city.page.goto(f"{site.address}/{language}/{base}/sections/guidance/").status == 403


def test_every_section_is_saved_without_a_script(browser, person, site, made):
    someone = person("ngo").sign_in()
    context = browser.new_context(
        java_script_enabled=False,
        viewport={"width": 320, "height": 900},
        storage_state=someone.page.context.storage_state(),
    )
    page = context.new_page()
    base = f"{site.address}/fr/applications/{made['fresh']}"
    for code, name in TEXTS.items():
        page.goto(f"{base}/sections/{code}/")
        page.locator(f"[name='{name}']").fill(f"Sans script : {code}")
        save(page)
        assert page.url == f"{base}/"
        page.goto(f"{base}/sections/{code}/")
        expect(page.locator(f"[name='{name}']")).to_have_value(f"Sans script : {code}")
    page.goto(f"{base}/sections/stay/")
    page.locator("button[name='dwellings-add']").click()
    expect(page.locator(".rows__row")).to_have_count(2)
    page.goto(f"{base}/sections/attachments/")
    picture = {"name": "statuts.png", "mimeType": "image/png", "buffer": image("PNG")}
    page.locator("input[type=file]").first.set_input_files(picture)
    page.locator("main form button").first.click()
    expect(page.get_by_role("link", name="statuts.png").or_(page.get_by_text("statuts.png")).first).to_be_visible()
    context.close()


def test_a_section_from_the_task_list_to_saved_with_the_keyboard_alone(person, site, made):
    someone = person("ngo", language="fr", width=360).sign_in()
    page = someone.page
    page.goto(f"{site.address}/fr/applications/{made['fresh']}/")

    def tab_to(selector: str, key: str = "Tab") -> None:
        for _step in range(80):
            page.keyboard.press(key)
            if page.evaluate("selector => document.activeElement.matches(selector)", selector):
                expect(page.locator(":focus")).to_be_in_viewport()
                return
        raise AssertionError(f"{selector} is not reached on {page.url}")

    tab_to("[href*='/sections/guidance/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sections/guidance/")
    tab_to("[name=guidance_team]")
    page.keyboard.type("Au clavier seul.")
    tab_to("[name=guidance_hours]")
    page.keyboard.type("beaucoup")
    page.keyboard.press("Enter")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    tab_to("[href='#id_guidance_hours']")
    page.keyboard.press("Enter")
    expect(page.locator("[name=guidance_hours]")).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type("12,0")
    tab_to("[name=volunteers]")
    page.keyboard.press("Space")
    tab_to("form[data-autosave] button.govuk-button:not([name])")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sections/guidance/check/")
    someone.sees("Au clavier seul.")
    someone.finds_nothing_wrong()
    tab_to("[href*='from=check'][href$='guidance_hours']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sections/guidance/?from=check#id_guidance_hours")
    expect(page.locator("[name=guidance_hours]")).to_have_value("12")
    assert someone.errors == []
