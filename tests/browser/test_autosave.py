"""Nothing typed is lost on the running site: server killed, network away, another device, two at once, signed out."""

import re

import pytest
from playwright.sync_api import expect

from .people import CLOCK

LANGUAGES = [("nl", 320), ("fr", 1280)]


def begin(person, language: str, width: int):
    """Someone of the city with a fresh draft, on its section on guidance; the person and the address."""
    city = person("city", language=language, width=width).sign_in()
    city.go("applications/start/")
    city.page.get_by_label("Stad Gent").check()
    city.page.locator("main form button").last.click()
    city.page.wait_for_url(re.compile(r"/applications/[0-9a-f-]{36}/$"))
    section = f"{city.page.url}sections/guidance/"
    city.page.goto(section)
    return city, section


def status(person):
    return person.page.locator("[data-autosave-status]")


def type_team(person, text: str) -> None:
    person.page.locator("[name=guidance_team]").press_sequentially(text)


def save(person) -> None:
    person.leave_by(person.page.locator("form[data-autosave] button.govuk-button").last)


def fits(person) -> None:
    person.finds_nothing_wrong()
    assert person.page.evaluate("document.documentElement.scrollWidth") <= person.page.viewport_size["width"]


def test_who_types_without_a_pause_is_kept_too(person):
    city, section = begin(person, "nl", 1280)
    city.page.locator("[name=guidance_team]").press_sequentially("Zonder adempauze. " * 5, delay=75)
    # Nothing waited for: the next thing is another device.
    other = person("city", language="nl", width=1280).sign_in()
    other.page.goto(section)
    expect(other.page.locator("[name=guidance_team]")).to_have_value(re.compile("Zonder adempauze"))


@pytest.mark.parametrize(("language", "width"), LANGUAGES)
def test_a_server_that_is_killed_while_one_types_loses_no_word(person, site, language, width):
    city, section = begin(person, language, width)
    type_team(city, "Een eerste zin. ")
    expect(status(city)).to_contain_text(CLOCK)
    site.kill("web")
    type_team(city, "Getypt zonder server.")
    expect(status(city)).to_have_attribute("role", "alert")
    fits(city)
    site.start("web")
    expect(status(city)).to_have_attribute("role", "status", timeout=30_000)
    fits(city)

    # Another device: what was typed is there, and can be saved there.
    other = person("city", language=language, width=width).sign_in()
    other.page.goto(section)
    field = other.page.locator("[name=guidance_team]")
    expect(field).to_have_value("Een eerste zin. Getypt zonder server.")
    expect(other.page.locator("#kept")).to_be_visible()
    fits(other)
    save(other)
    other.page.goto(section)
    expect(other.page.locator("#kept")).to_have_count(0)
    expect(field).to_have_value("Een eerste zin. Getypt zonder server.")


@pytest.mark.parametrize(("language", "width"), LANGUAGES)
def test_who_was_signed_out_finds_the_text_after_signing_in(person, language, width):
    city, section = begin(person, language, width)
    type_team(city, "Voor de pauze. ")
    expect(status(city)).to_contain_text(CLOCK)
    city.page.context.clear_cookies(name="sessionid")
    type_team(city, "Na de pauze.")
    expect(status(city)).to_have_attribute("role", "alert")
    fits(city)
    save(city)
    city.page.wait_for_url("**/account/login/**")
    fits(city)
    address = city.page.url
    city.go = lambda path: None  # already at the sign-in page, which knows where to lead
    assert "next=" in address
    city.sign_in(by_code=True)
    city.page.wait_for_url("**/sections/guidance/")
    expect(city.page.locator("[name=guidance_team]")).to_have_value("Voor de pauze. Na de pauze.")
    fits(city)


@pytest.mark.parametrize(("language", "width"), LANGUAGES)
def test_two_at_once_see_both_texts_and_choose(person, language, width):
    city, section = begin(person, language, width)
    other = person("city", language=language, width=width).sign_in()
    other.page.goto(section)
    other.fill({"guidance_team": "De tekst van de ander."})
    save(other)
    other.page.wait_for_url(re.compile(r"/applications/[0-9a-f-]{36}/$"))
    city.fill({"guidance_team": "Mijn tekst."})
    save(city)
    city.sees("De tekst van de ander.")
    expect(city.page.locator("[name=guidance_team]")).to_have_value("Mijn tekst.")
    fits(city)
    city.page.locator("[name^=stays-][value=theirs]").focus()
    city.page.keyboard.press("Space")
    save(city)
    city.page.wait_for_url(re.compile(r"/applications/[0-9a-f-]{36}/$"))
    city.page.goto(section)
    expect(city.page.locator("[name=guidance_team]")).to_have_value("De tekst van de ander.")


def test_without_a_script_a_wrong_answer_is_kept_for_the_next_time(browser, person):
    city, section = begin(person, "nl", 360)
    context = browser.new_context(java_script_enabled=False, storage_state=city.page.context.storage_state())
    page = context.new_page()
    page.goto(section.replace("guidance", "offer"))
    page.locator("[name=household_sizes]").fill("vijf")
    page.locator("form[data-autosave] button.govuk-button").last.click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    page.goto(section.replace("guidance", "offer"))
    expect(page.locator("[name=household_sizes]")).to_have_value("vijf")
    context.close()


@pytest.mark.parametrize(("language", "width"), LANGUAGES)
def test_saving_without_a_connection_loses_nothing(person, language, width):
    city, section = begin(person, language, width)
    city.page.context.set_offline(True)
    type_team(city, "Getypt zonder verbinding.")
    # The other button: one that is pressed twice in a second counts once.
    city.page.locator("form[data-autosave] button.govuk-button").first.click()
    expect(status(city)).to_have_attribute("role", "alert")
    assert city.page.url == section
    fits(city)
    city.page.context.set_offline(False)
    save(city)
    city.page.wait_for_url(re.compile(r"/applications/[0-9a-f-]{36}/$"))
    city.page.goto(section)
    expect(city.page.locator("#kept")).to_have_count(0)
    expect(city.page.locator("[name=guidance_team]")).to_have_value("Getypt zonder verbinding.")


def test_saving_while_the_server_is_away_loses_nothing(person, site):
    city, section = begin(person, "nl", 1280)
    site.kill("web")
    type_team(city, "Getypt zonder server.")
    # The other button: one that is pressed twice in a second counts once.
    city.page.locator("form[data-autosave] button.govuk-button").first.click()
    expect(status(city)).to_have_attribute("role", "alert")
    assert city.page.url == section
    site.start("web")
    save(city)
    city.page.goto(section)
    expect(city.page.locator("[name=guidance_team]")).to_have_value("Getypt zonder server.")


@pytest.mark.parametrize(("language", "width"), LANGUAGES)
def test_a_form_sent_without_a_connection_stays_as_it_is(person, language, width):
    someone = person("city", language=language, width=width).sign_in()
    someone.go("account/security/")
    first_name = someone.page.locator("[name=first_name]")
    first_name.fill("Getypt zonder verbinding")
    someone.page.context.set_offline(True)
    someone.page.locator("form:has([name=first_name]) button").click()
    expect(someone.page.locator("[data-offline]")).to_be_visible()
    expect(first_name).to_have_value("Getypt zonder verbinding")
    fits(someone)
    someone.page.context.set_offline(False)
    expect(someone.page.locator("[data-offline]")).to_be_hidden()
    someone.submit("form:has([name=first_name])")
    expect(first_name).to_have_value("Getypt zonder verbinding")
