"""Organisations and their people on the running site, in Dutch and French: from the first sign-in to a handover."""

import re

import pytest
from playwright.sync_api import expect

from partners.enterprise_numbers import display
from tests.factories import enterprise_number

TOWNS = {"nl": ("Brugge", 501), "fr": ("Namur", 502)}


def sign_up(person, first: str, last: str) -> None:
    person.go("account/signup/")
    person.fill({"first_name": first, "last_name": last, "email": person.email})
    person.submit()
    person.page.wait_for_url("**/account/login/code/")
    code = person.site.code(person.email)
    person.page.get_by_role("textbox").fill(code)
    person.submit()
    person.page.wait_for_url("**/applications/")


def link_in_mail(person, subject: str, path: str) -> str:
    return re.search(
        rf"http\S+/{path}/\S+", person.site.mail(person.email, subject).get_body(("plain",)).get_content()
    )[0]


def fits(person) -> None:
    """axe finds nothing, and nothing is wider than the screen."""
    person.finds_nothing_wrong()
    width = person.page.viewport_size["width"]
    assert person.page.evaluate("document.documentElement.scrollWidth") <= width
    assert person.errors == []


@pytest.mark.parametrize(("language", "width"), [("nl", 1280), ("fr", 360)])
def test_from_the_first_sign_in_to_a_handover(person, language, width):
    town, number = TOWNS[language]
    manager = person(f"manager-{language}@town.example", language=language, width=width)
    sign_up(manager, "Manager", "One")
    fits(manager)

    # The organisation: its kind, its municipality, what the list knows of it, and who signs.
    manager.go("organisations/new/")
    manager.submit()
    fits(manager)
    manager.fill({"kind": "municipality"})
    manager.submit()
    fits(manager)
    manager.fill({"municipality": town, "enterprise_number": display(enterprise_number(number))[:-1] + "x"})
    manager.submit()
    fits(manager)
    manager.fill({"enterprise_number": "BE " + display(enterprise_number(number))})
    manager.submit()
    expect(manager.page.locator("[name=name]")).to_have_value(re.compile(town))
    fits(manager)
    manager.submit()
    manager.page.wait_for_url(re.compile(r"/organisations/[0-9a-f-]{36}/$"))
    fits(manager)
    organisation = manager.page.url
    manager.page.goto(f"{organisation}signing-rule/")
    fits(manager)
    manager.submit()
    expect(manager.page.locator("main")).not_to_contain_text(re.compile("niet bevestigd|pas encore confirmé"))

    # Alone, one cannot leave. A colleague is invited, joins, and takes over.
    manager.page.goto(f"{organisation}leave/")
    fits(manager)
    manager.page.goto(f"{organisation}invite/")
    manager.submit()
    fits(manager)
    colleague = person(f"colleague-{language}@town.example", language=language, width=width)
    manager.fill({"email": colleague.email, "roles": "contributor"})
    manager.submit()
    manager.sees(colleague.email)
    fits(manager)
    sign_up(colleague, "Colleague", "Two")
    link = link_in_mail(colleague, "U bent uitgenodigd|Vous êtes invité", "invitations")
    stranger = person("ngo", language=language, width=width).sign_in()
    stranger.page.goto(link)
    stranger.errors.clear()
    expect(stranger.page.locator("main form")).to_have_count(0)
    colleague.go("applications/")
    fits(colleague)
    colleague.go(link)
    fits(colleague)
    colleague.submit()
    colleague.sees(town)
    expect(colleague.page.locator(".working-for")).to_contain_text(town)

    manager.page.goto(f"{organisation}leave/")
    fits(manager)
    manager.submit()
    fits(manager)
    manager.page.get_by_role("radio").check()
    manager.submit()
    manager.page.wait_for_url("**/applications/")
    assert manager.page.goto(organisation).status == 404
    colleague.page.goto(f"{organisation}invite/")
    expect(colleague.page.locator("[name=email]")).to_be_visible()


@pytest.mark.parametrize(("language", "width"), [("nl", 320), ("fr", 1280)])
def test_someone_asks_to_join_and_is_let_in(person, language, width):
    asking = person(f"asking-{language}@town.example", language=language, width=width)
    sign_up(asking, "Asking", "Three")
    asking.go("organisations/new/non_profit/")
    asking.fill({"name": "Again", "enterprise_number": "0207.451.227"})
    asking.submit()
    fits(asking)
    expect(asking.page.locator("[name=name]")).to_have_value("Again")
    asking.leave_by(asking.page.locator("main .govuk-inset-text").get_by_role("link").first)
    fits(asking)
    asking.fill({"message": "Housing service."})
    asking.submit()
    asking.page.wait_for_url("**/applications/")

    city = person("city", language=language, width=width).sign_in()
    fits(city)
    city.leave_by(city.page.locator("#tasks + ul").get_by_role("link", name=re.compile("Asking Three")))
    fits(city)
    city.fill({"roles": "viewer"})
    city.submit()
    city.page.wait_for_url(re.compile(r"/organisations/[0-9a-f-]{36}/$"))
    asking.go("applications/")
    expect(asking.page.locator(".working-for")).to_contain_text("Stad Gent")


@pytest.mark.parametrize(("language", "width"), [("nl", 1280), ("fr", 320)])
def test_a_person_with_two_organisations_switches_by_the_keyboard(person, language, width):
    director = person("director", language=language, width=width).sign_in()
    bar = director.page.locator(".working-for")
    expect(bar).to_contain_text("Stad Gent")
    bar.get_by_role("link").last.focus()
    director.page.keyboard.press("Enter")
    director.page.wait_for_url("**/organisations/switch/")
    fits(director)
    director.page.get_by_label("OCMW Gent").focus()
    director.page.keyboard.press("Space")
    director.page.keyboard.press("Enter")
    director.page.wait_for_url("**/applications/")
    expect(bar).to_contain_text("OCMW Gent")
    fits(director)


@pytest.mark.parametrize(("language", "width"), [("nl", 320), ("fr", 1280)])
def test_the_other_pages_of_an_organisation(person, language, width):
    city = person("city", language=language, width=width).sign_in()
    city.go("organisations/new/group/")
    fits(city)
    city.go("applications/")
    city.leave_by(city.page.locator(".working-for").get_by_role("link", name="Stad Gent"))
    organisation = city.page.url
    for path in ("change/", "signatories/", "absence/"):
        city.page.goto(organisation + path)
        fits(city)
    city.page.goto(f"{organisation}absence/")
    city.fill({"first_day": "2031-07-09", "last_day": "2031-07-01"})
    city.submit()
    fits(city)
    city.fill({"last_day": "2031-07-20"})
    city.submit()
    city.sees("2031")
    fits(city)
    city.leave_by(city.page.locator("form[action*=absences] button"))
    city.leave_by(city.page.locator(".people__row a").nth(1))
    city.page.locator("[name=paper]").set_input_files({"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"no"})
    city.submit()
    fits(city)
    city.leave_by(city.page.locator("main p > a.govuk-link").last)
    fits(city)
