"""A session that ends while someone types: warned before, and what was typed comes back, to that person alone."""

import re

import pytest
from django.conf import settings
from playwright.sync_api import expect

from .people import CLOCK
from .test_autosave import LANGUAGES, begin, fits, save, status, type_team

MINUTE = 60_000
AN_HOUR, TWELVE_HOURS = 60 * MINUTE, 12 * 60 * MINUTE
# The server writes down the last activity once a minute only (portal/accounts/session_timeout.py).
MORE_THAN_A_STEP = 120


def team(person):
    return person.page.locator("[name=guidance_team]")


def sign_in_again(person) -> None:
    """On the sign-in page where one stands, that knows where to lead."""
    assert "next=" in person.page.url
    person.go = lambda path: None
    person.sign_in(by_code=True)
    del person.go


@pytest.mark.parametrize(("language", "width"), LANGUAGES)
def test_one_is_warned_before_each_end(person, language, width):
    city, section = begin(person, language, width)
    idle, last = (city.page.locator(f"[data-autosave-{which}]") for which in ("warning", "last"))
    city.page.clock.install()
    city.page.goto(section)
    city.page.clock.run_for(AN_HOUR - 6 * MINUTE)
    expect(idle).to_be_empty()
    city.page.clock.run_for(2 * MINUTE)
    expect(idle).to_contain_text(CLOCK)
    fits(city)
    # A key is enough to stay; it is told to the server, and the hour begins anew.
    with city.page.expect_response(lambda answer: answer.request.method == "POST"):
        city.page.keyboard.press("Shift")
    expect(idle).to_be_empty()
    city.page.clock.run_for(AN_HOUR - 6 * MINUTE)
    expect(idle).to_be_empty()
    expect(last).to_be_empty()
    city.page.clock.fast_forward(TWELVE_HOURS - AN_HOUR - 53 * MINUTE)
    expect(last).to_contain_text(CLOCK)
    fits(city)


@pytest.mark.parametrize(("language", "width"), LANGUAGES)
def test_after_too_long_without_a_key_the_text_comes_back_to_the_same_person_alone(person, language, width):
    city, section = begin(person, language, width)
    type_team(city, "Voor de pauze. ")
    expect(status(city)).to_contain_text(CLOCK)
    city.was_away(settings.SESSION_IDLE + MORE_THAN_A_STEP)
    type_team(city, "Na de pauze.")
    expect(status(city)).to_have_attribute("role", "alert")
    save(city)
    city.page.wait_for_url("**/account/login/**")
    expect(city.page.locator("body")).not_to_contain_text("pauze")
    fits(city)

    # Someone else at the same browser gets nothing of it.
    other = person("ngo", language=language, width=width)
    other.page = city.page
    sign_in_again(other)
    expect(city.page.locator("body")).not_to_contain_text("pauze")
    city.page.goto(section)
    expect(city.page.locator("body")).not_to_contain_text("pauze")
    expect(team(city)).to_have_count(0)
    city.page.context.clear_cookies(name="sessionid")
    city.page.goto(section)
    sign_in_again(city)
    expect(team(city)).to_have_value(re.compile("^Voor de pauze. "))
    # Left alone once more; this time nobody comes in between.
    city.was_away(settings.SESSION_IDLE + MORE_THAN_A_STEP)
    team(city).fill("Helemaal anders.")
    save(city)
    city.page.wait_for_url("**/account/login/**")
    sign_in_again(city)
    city.page.wait_for_url("**/sections/guidance/")
    expect(team(city)).to_have_value("Helemaal anders.")
    fits(city)


@pytest.mark.parametrize("script", [True, False])
def test_at_the_absolute_end_the_sign_in_page_carries_the_text_through(browser, person, script):
    city, section = begin(person, "nl", 360)
    city.was_here(settings.SESSION_LONGEST - 60)
    context = browser.new_context(
        java_script_enabled=script, locale="nl", storage_state=city.page.context.storage_state()
    )
    city.page = context.new_page()
    city.page.goto(section)
    if script:
        expect(city.page.locator("[data-autosave-last]")).to_contain_text(CLOCK)
    team(city).fill("Getypt tot het einde.")
    city.was_here(120)
    save(city)
    city.page.wait_for_url("**/account/login/**")
    sign_in_again(city)
    city.page.wait_for_url("**/sections/guidance/")
    expect(team(city)).to_have_value("Getypt tot het einde.")
    context.close()


@pytest.mark.parametrize(("who", "language", "width"), [("officer", "nl", 360), ("officer2", "fr", 1280)])
def test_the_desk_warns_and_keeps_what_was_sent_too_late(site, person, who, language, width):
    officer = person(who, language=language, width=width)
    page, said = officer.page, officer.page.locator(".messages")
    # The app's code is needed further down, and opens only once.
    session = site.call("sessions", "begin", officer.email)
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": site.address}])
    page.clock.install()
    page.goto(f"{site.address}/admin/absence/")
    officer.was_away(settings.SESSION_IDLE - 4 * 60)
    page.clock.run_for(MINUTE + 1000)
    expect(said).to_contain_text(CLOCK)
    officer.finds_nothing_wrong()
    # A key is enough to stay.
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.keyboard.press("Shift")
    expect(said).not_to_contain_text(CLOCK)
    officer.was_away(settings.SESSION_IDLE + MORE_THAN_A_STEP)
    # The wrong way round, so that the form comes back as it was typed.
    page.locator("[name=first_day]").fill("2031-01-09")
    page.locator("[name=last_day]").fill("2031-01-05")
    page.locator("form:has([name=first_day]) button").last.click()
    page.wait_for_url("**/account/login/**")
    sign_in_again(officer)
    officer.enter_second_code()
    page.wait_for_url("**/admin/absence/")
    officer.finds_nothing_wrong()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("button", name=re.compile("Nu versturen|Envoyer maintenant")).click()
    expect(page.locator("[name=first_day]")).to_have_value("2031-01-09")
