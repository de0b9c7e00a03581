"""The site's tools in a real browser, in each state: nothing for axe, keyboard alone, with and without scripts."""

import re

import pytest
from playwright.sync_api import expect

from home.content.source import fixed_id

SESSION = fixed_id("demo/session")
STATES = [
    "calculator/",
    "calculator/?household_sizes=5%2C+3&straight_on_arrival=True&second_year=True",
    "calculator/?household_sizes=0&straight_on_arrival=True",
    "calculator/?size_1=12&arrival_1=direct&size_2=3&arrival_2=later&years=2&with=12d-3l.1",
    "check/",
    "check/?kind=municipality&legal=yes&partners=alone&partners=pcsw",
    "check/?kind=municipality&legal=yes&stay=in_hand&guidance=ourselves&cooperation=yes&partners=alone",
    "check/?kind=non_profit&legal=unsure&stay=not_yet&guidance=others&cooperation=talk_first&partners=pcsw",
    "check/?kind=group&legal=informal&stay=not_yet&guidance=volunteers&cooperation=yes&partners=alone",
    "search/",
    "search/?q=woning",
    "search/?q=zwembad",
    "interest/",
    "interest/received/",
    f"sessions/{SESSION}/register/",
    f"sessions/{SESSION}/registered/",
]
COOKIES_FOR = ("interest/", f"sessions/{SESSION}/register/")


@pytest.mark.parametrize("number", range(len(STATES)))
def test_each_state_of_each_tool(person, number):
    languages = ("nl", "fr", "de", "en")
    for width, scheme, step in ((320, "light", 0), (1280, "dark", 1), (320, "dark", 2), (1280, "light", 3)):
        visitor = person("visitor", language=languages[(number + step) % 4], width=width)
        visitor.page.emulate_media(color_scheme=scheme)
        visitor.go(STATES[number])
        visitor.finds_nothing_wrong()
        assert visitor.page.evaluate("document.documentElement.scrollWidth") <= width
        cookies = [cookie["name"] for cookie in visitor.page.context.cookies()]
        assert cookies == (["csrftoken"] if STATES[number] in COOKIES_FOR else [])
        assert visitor.errors == []


def test_the_estimate_follows_while_one_answers(person):
    visitor = person("visitor")
    visitor.go("calculator/")
    visitor.fill({"size_1": "5", "arrival_1": "direct", "years": "2"})
    expect(visitor.page.locator(".estimate__total")).to_have_text("€\u00a022.000")
    visitor.fill({"years": "1"})
    expect(visitor.page.locator(".estimate__total")).to_have_text("€\u00a019.000")
    assert "years=1" in visitor.page.url


def test_the_estimate_comes_without_a_script_and_by_the_keyboard(browser, site):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 700})
    page = context.new_page()
    page.goto(f"{site.address}/fr/calculator/")
    page.locator("[name=size_1]").focus()
    page.keyboard.type("5")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.locator("[name=years]").last.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.locator(".estimate__total")).to_have_text("22\u00a0000\u00a0€")
    expect(page.locator("#estimate")).to_be_focused()
    assert page.title().startswith("22\u00a0000\u00a0€")
    context.close()


def test_a_search_by_the_keyboard_leads_to_an_answer(person):
    visitor = person("visitor", width=360)
    visitor.go("")
    visitor.page.locator("details.menu summary").focus()
    visitor.page.keyboard.press("Enter")
    visitor.page.get_by_role("link", name="Zoeken").focus()
    visitor.page.keyboard.press("Enter")
    visitor.page.get_by_label("Wat zoekt u?").focus()
    visitor.page.keyboard.type("wie betaald de huur")
    visitor.page.keyboard.press("Enter")
    visitor.page.get_by_role("link", name="Wie betaalt de huur?").focus()
    visitor.page.keyboard.press("Enter")
    visitor.page.wait_for_url("**/vragen-en-antwoorden/?open=*#q*")
    expect(visitor.page.locator("details.question:target")).to_have_attribute("open", "")


def test_interest_with_errors_then_sent_by_the_keyboard_alone(person):
    visitor = person("visitor", language="fr", width=360)
    visitor.go("interest/")
    page = visitor.page
    page.get_by_role("button", name="Envoyer").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    assert page.title().startswith("Erreur")
    visitor.finds_nothing_wrong()
    page.get_by_role("link", name="Écrivez le nom de votre organisation").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("Une commune intéressée")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("Namur")
    page.keyboard.press("Tab")
    page.keyboard.type("Personne de contact")
    page.keyboard.press("Tab")
    page.keyboard.type("contact@commune.example")
    moments = ("day", "month", "year", "part") * 3
    for _field in ("phone", "persons", "message", *moments, "send"):
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Envoyer")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Nous avons reçu votre message")
    assert visitor.site.mail("contact@commune.example", "votre marque d’intérêt")


def test_a_seat_with_a_calendar_file_and_given_back(person):
    visitor = person("visitor", language="de", width=320)
    visitor.go(f"sessions/{SESSION}/register/")
    visitor.leave_by(visitor.page.get_by_role("button", name="Jetzt anmelden"))
    visitor.finds_nothing_wrong()
    visitor.fill({"name": "Besuch", "email": "besuch@gemeinde.example"})
    visitor.leave_by(visitor.page.get_by_role("button", name="Jetzt anmelden"))
    expect(visitor.page.locator("h1")).to_have_text("Lesen Sie Ihre E-Mails")
    mail = visitor.site.mail("besuch@gemeinde.example", "Sie haben einen Platz")
    assert [part.get_content_type() for part in mail.iter_attachments()] == ["text/calendar"]
    visitor.page.goto(re.search(r"http://\S+/registrations/\S+", mail.get_body(("plain",)).get_content())[0])
    visitor.finds_nothing_wrong()
    visitor.leave_by(visitor.page.get_by_role("button", name="Meine Anmeldung zurückziehen"))
    expect(visitor.page.locator("main")).to_contain_text("Sie haben abgesagt")
    visitor.finds_nothing_wrong()


def test_the_map_and_its_list(person):
    for width, scheme in ((320, "dark"), (1280, "light")):
        visitor = person("visitor", width=width)
        visitor.page.emulate_media(color_scheme=scheme)
        visitor.go("het-verhaal-van-gent/onze-partners/")
        visitor.finds_nothing_wrong()
        expect(visitor.page.get_by_role("img", name="kaart van de provincies")).to_be_visible()
        expect(visitor.page.get_by_role("heading", name="Oost-Vlaanderen (1)")).to_be_visible()
        assert visitor.page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_page_as_pdf_that_is_not_ready_yet_then_is(person, site):
    address = f"pdf/{fixed_id('what-is-resettlement')}/"
    site.stop("worker")
    for language, width in (("nl", 320), ("fr", 1280), ("de", 320), ("en", 1280)):
        visitor = person("visitor", language=language, width=width)
        visitor.go(address)
        visitor.finds_nothing_wrong()
        visitor.leave_by(visitor.page.get_by_role("button").last)
        expect(visitor.page.locator(".govuk-error-summary")).to_be_visible()
        visitor.finds_nothing_wrong()
    visitor = person("visitor", language="fr", width=360)
    visitor.go("qu-est-ce-que-la-reinstallation/")
    visitor.page.get_by_role("link", name="Cette page en PDF").focus()
    visitor.page.keyboard.press("Enter")
    visitor.page.get_by_label("Votre adresse e-mail").focus()
    visitor.page.keyboard.type("reader@town.example")
    visitor.page.keyboard.press("Enter")
    visitor.page.wait_for_url("**/pdf/asked/")
    visitor.finds_nothing_wrong()
    site.start("worker")
    link = re.search(r"http\S+/pdf/\S+", site.mail("reader@town.example", "PDF").get_body(("plain",)).get_content())[0]
    answer = visitor.page.request.get(link)
    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")


def test_the_check_without_a_script_and_by_the_keyboard(browser, site):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 700})
    page = context.new_page()
    page.goto(f"{site.address}/en/check/")
    page.locator("[name=kind]").first.focus()
    for _question in ("kind", "legal", "stay", "guidance", "cooperation", "partners"):
        page.keyboard.press("Space")
        page.keyboard.press("Tab")
    for _other in ("municipality", "pcsw", "non_profit", "volunteers"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#result")).to_be_visible()
    expect(page.locator("#way-alone a")).to_have_attribute("href", "/en/applications/start/")
    context.close()
