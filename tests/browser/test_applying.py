"""From the first page of the form to the submission, every answer typed: an NGO alone, and a city with its OCMW."""

import re

import pytest
from playwright.sync_api import expect

from .test_ghent_case import ANSWERS

APPLICATION = re.compile(r"/applications/[0-9a-f-]{36}/$")
PAPERS = ("statutes", "representation", "accounts", "budget")
COMPLETE = {"nl": "is bewaard en volledig.", "fr": "est enregistrée et complète."}
HOME = {"nl": "Mechelen", "fr": "Wavre"}


def begin(someone) -> str:
    """On the page where one begins, with the only organisation that one works for; the address of the draft."""
    someone.go("applications/start/")
    someone.looks_right()
    if (choice := someone.page.get_by_role("radio")).count():
        choice.first.check()
    someone.submit()
    someone.page.wait_for_url(APPLICATION)
    return someone.page.url


def answer(someone, application: str, code: str, **more: str) -> None:
    """Type the answers to all that is asked, save, and be led on."""
    page = someone.page
    page.goto(f"{application}sections/{code}/")
    someone.looks_right()
    asked = {name: value for name, value in ANSWERS[code].items() if page.locator(f"[name='{name}']").count()}
    someone.fill({**asked, **more})
    # Not the first button of the section: that may add a dwelling.
    someone.leave_by(page.locator("form[data-autosave] .govuk-button-group button").first)
    wrong = page.locator(".govuk-error-summary, [role=alert]").all_inner_texts()
    assert not page.url.endswith((f"/sections/{code}/", "/check/")), f"{page.url}: {wrong}"
    someone.looks_right()
    someone.sees(COMPLETE[someone.language])


def take_on(lead, application: str, *aims: str) -> None:
    lead.page.goto(f"{application}sections/parties/")
    form = lead.page.locator("form:has([name=with_aims])").first
    # Its own fieldset stands first; those of the others stay as they are.
    for box in form.locator("fieldset").first.get_by_role("checkbox").all():
        box.set_checked(box.get_attribute("value") in aims)
    form.locator("button:not([formaction])").click()
    lead.page.wait_for_url(re.compile("/(parties|applications/[0-9a-f-]{36})/$"))


def submit(lead, site, application: str) -> None:
    lead.page.goto(f"{application}submit/")
    lead.looks_right()
    lead.submit()
    lead.page.wait_for_url(f"{application}submitted/")
    lead.looks_right()
    assert site.mail(lead.email, lead.page.locator(".govuk-panel strong").inner_text())


@pytest.mark.parametrize(("language", "width"), [("nl", 360), ("fr", 1280)])
def test_an_organisation_alone_stops_and_goes_on_elsewhere(person, site, language, width):
    email = site.prepare("alone", language)
    nest = person(email, language=language, width=width).sign_in()
    nest.looks_right()
    application = begin(nest)
    take_on(nest, application, "stay", "guidance")
    answer(nest, application, "who")
    nest.page.goto(f"{application}sections/guidance/")
    team = nest.page.locator("[name=guidance_team]")
    # A browser counts an emoji twice, the server once.
    team.fill("😀" * 4990)
    left = nest.page.locator(".govuk-form-group:has([name=guidance_team]) .govuk-character-count__status")
    expect(left).to_contain_text("10")
    team.press_sequentially("y" * 11)
    expect(left).to_have_class(re.compile("govuk-error-message"))
    nest.finds_nothing_wrong()
    team.fill("")
    with nest.page.expect_response(lambda answer: "Drie" in (answer.request.post_data or "")):
        team.fill("Drie vrijwilligers")
    nest.page.context.close()

    # At another device: from the first page after signing in to where one stopped, and on to the end.
    again = person(email, language=language, width=1280 + 360 - width).sign_in()
    again.page.locator("a.govuk-button[href*='/applications/']").first.click()
    again.page.wait_for_url(application)
    again.looks_right()
    again.page.locator("a[href$='/sections/guidance/']").click()
    expect(again.page.locator("[name=guidance_team]")).to_have_value("Drie vrijwilligers")
    expect(again.page.locator("#kept")).to_be_visible()
    answer(again, application, "guidance")
    answer(again, application, "offer")
    answer(again, application, "stay", **{"dwellings-0-municipality": HOME[language]})
    answer(again, application, "cooperation")
    # Alone, nobody asks how the support is divided.
    again.page.goto(f"{application}sections/cooperation/")
    expect(again.page.locator("[name=support_division]")).to_have_count(0)
    answer(again, application, "declaration")
    again.page.goto(f"{application}sections/attachments/")
    kinds = {box.get_attribute("name").partition("-")[0] for box in again.page.locator("input[type=file]").all()}
    again.give_papers(application, *(kind for kind in PAPERS if kind in kinds))
    again.page.goto(application)
    again.sign(application, "Nest")
    again.looks_right()
    submit(again, site, application)
    assert again.errors == []


@pytest.mark.parametrize(("language", "width"), [("nl", 1280), ("fr", 360)])
def test_a_city_and_its_welfare_centre(person, site, language, width):
    domain = site.prepare("town", language)
    city, ocmw, mayor, director, chair = (
        person(f"{name}@{domain}", language=language, width=width)
        for name in ("stad", "ocmw", "mayor", "director", "chair")
    )
    city.sign_in()
    application = begin(city)
    city.page.goto(f"{application}sections/parties/")
    city.fill({"wanted": f"OCMW/CPAS {language} (voorbeeld/exemple)"})
    city.submit("form:has([name=with_aims])")
    city.looks_right()
    ocmw.join("Uw organisatie is uitgenodigd|Votre organisation est invitée", "guidance")
    take_on(city, application, "stay")
    for code in ("who", "offer"):
        answer(city, application, code)
    answer(city, application, "stay", **{"dwellings-0-municipality": HOME[language]})
    answer(ocmw, application, "guidance")
    for code in ("cooperation", "declaration"):
        answer(city, application, code)
    city.page.goto(f"{application}summary/")
    city.looks_right()
    # The director signs for both with one code.
    for signatory, name in ((mayor, "Stad/Ville"), (director, "Stad/Ville"), (chair, "OCMW/CPAS")):
        signatory.sign_in()
        signatory.open_signing(application, name)
        signatory.looks_right()
        signatory.sign(application, name)
    submit(city, site, application)
    assert [error for one in (city, ocmw, mayor, director, chair) for error in one.errors] == []
