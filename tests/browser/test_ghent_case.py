"""The Ghent case on the running site: three partners apply, Fedasil asks for a change, decides, and they stand."""

import re

from playwright.sync_api import expect

from tests.factories import small_pdf

from .site import wait_until

STEPS = ("pcsw", "bank", "school", "health_insurance", "doctor", "integration", "language", "work", "leisure")
ANSWERS = {
    "who": {
        "contact_name": "Team asiel en vluchtelingen",
        "contact_function": "Coördinator",
        "contact_email": "team@gent.example",
    },
    "offer": {
        "household_sizes": "5",
        "straight_on_arrival": "True",
        "second_year": "True",
        "available_from_day": "1",
        "available_from_month": "3",
        "available_from_year": "2027",
        "adapted_home": "False",
        "guide_languages": "Nederlands, Frans, Arabisch",
    },
    "stay": {
        "dwellings-0-secured": "secured",
        "dwellings-0-kind": "house",
        "dwellings-0-municipality": "Gent",
        "dwellings-0-bedrooms": "3",
        "dwellings-0-persons": "5",
        "dwellings-0-rent": "1.050,00",
        "dwellings-0-months": "24",
        "dwellings-0-adapted": "False",
        "next_home": "Samen met de dienst wonen.",
    },
    "guidance": {
        "guidance_team": "Een maatschappelijk werker en omarmers.",
        "guidance_hours": "8",
        "experience": "Tien jaar met nieuwkomers.",
        "volunteers": "True",
        "volunteers_insured": "True",
        "volunteers_informed": "True",
        **{f"steps-{step}-who": "Maatschappelijk werker" for step in STEPS},
    },
    "cooperation": {
        "feedback_rhythm": "monthly",
        "contacts-contact-name": "Coördinator van het team",
        "contacts-contact-email": "team@gent.example",
        "consultations": "Elke maand met school en OCMW.",
        "evaluation": "half_yearly",
        "support_division": "Thope voor de woning, het OCMW voor de begeleiding.",
    },
    "declaration": {"declared": "on"},
}
TOTAL = "€\u00a022.000"


def answer(person, application: str, code: str) -> None:
    person.page.goto(f"{application}sections/{code}/")
    person.finds_nothing_wrong()
    answers = {**ANSWERS[code]}
    if code == "declaration":
        person.page.get_by_role("checkbox").check()
        answers = {}
    person.fill(answers)
    person.press("Bewaar en ga verder")
    person.sees("Bewaard. Dit deel is volledig.")


def give_papers(person, application: str) -> None:
    """Choose three files, send them, and wait until the virus check is done."""
    page = person.page
    page.goto(f"{application}sections/attachments/")
    person.finds_nothing_wrong()
    for kind in ("statutes", "representation", "budget"):
        file = {"name": f"{kind}.pdf", "mimeType": "application/pdf", "buffer": small_pdf(kind)}
        page.locator(f"[name^='{kind}-']").set_input_files(file)
    page.locator("main form button").first.click()
    wait_until("the virus check", lambda: page.reload() and page.locator(".files__preview").count() >= 3)
    person.finds_nothing_wrong()


def join(person, aim: str) -> None:
    person.sign_in()
    invitation = person.site.mail(person.email, r"Stad Gent nodigt uw organisatie uit")
    link = re.search(r"http\S+/invitations/\S+", invitation.get_body(("plain",)).get_content())[0]
    person.go(link)
    person.finds_nothing_wrong()
    person.page.get_by_role("radio").check()
    person.fill({"aims": aim})
    person.press("Neem deel")
    person.sees("Uw organisatie neemt deel.")


def test_the_ghent_case(person, site):
    # The city begins, and asks the other two along.
    city = person("city").sign_in()
    city.sees("Mijn aanvragen")
    city.go("applications/start/")
    city.finds_nothing_wrong()
    city.page.get_by_label("Stad Gent").check()
    city.press("Begin")
    application = city.page.url
    city.sees("Nog niet ingediend")
    city.finds_nothing_wrong()
    for name, address in (("vzw Thope", "ngo@demo.example"), ("OCMW Gent", "ocmw@demo.example")):
        city.page.goto(f"{application}sections/parties/")
        city.fill({"name": name, "email": address})
        city.press("Stuur de uitnodiging")
        city.sees(f"We mailden een uitnodiging naar {address}.")
    city.finds_nothing_wrong()
    ngo, ocmw = person("ngo"), person("ocmw", width=360)
    join(ngo, "stay")
    join(ocmw, "guidance")

    # Everyone answers a part; the estimate stands beside the offer.
    for code in ("who", "offer", "cooperation", "declaration"):
        answer(city, application, code)
    answer(ngo, application, "stay")
    answer(ocmw, application, "guidance")
    give_papers(ngo, application)
    city.page.goto(application)
    city.sees(TOTAL)

    # A submit without signatures changes nothing and says whose are missing.
    city.press("Kijk na en dien in")
    city.page.locator("main").get_by_role("button").last.click()
    city.sees("deze handtekeningen ontbreken")

    # One general director signs for city and OCMW, each other signatory once.
    mayor, director, chair = person("mayor").sign_in(), person("director").sign_in(), person("chair").sign_in()
    for signatory, names in (
        (mayor, ["Stad Gent"]),
        (director, ["Stad Gent", "OCMW Gent"]),
        (chair, ["OCMW Gent"]),
        (ngo, ["vzw Thope"]),
    ):
        for name in names:
            signatory.page.goto(application)
            signatory.sign(f"Lees en onderteken voor {name}")
            signatory.sees(f"Ondertekend voor {name}.")
    city.page.goto(f"{application}submit/")
    city.finds_nothing_wrong()
    city.press("Dien in bij Fedasil")
    city.sees("Ingediend bij Fedasil")
    city.sees(TOTAL)
    city.finds_nothing_wrong()
    reference = city.page.locator(".govuk-panel strong").inner_text()
    for partner in (city, ngo, ocmw):
        confirmation = site.mail(partner.email, f"Ingediend: uw aanvraag {reference}")
        assert TOTAL in confirmation.get_body(("plain",)).get_content()

    # An officer finds it, reads it whole, takes it up, and asks for a change.
    officer = person("officer").sign_in().enter_second_code()
    officer.page.goto(f"{site.address}/admin/applications/")
    officer.follow(reference)
    dossier = officer.page.url
    officer.sees("Een maatschappelijk werker en omarmers.")
    officer.sees(TOTAL)
    officer.press("Begin de behandeling", "Begin the review")
    officer.follow("Vraag een wijziging")
    officer.page.locator("[name='ask-5.2']").fill("Hoeveel uren zijn er in de eerste maand?")
    officer.page.locator("[name=due_on]").fill("2099-01-31")
    officer.page.keyboard.press("Escape")
    officer.page.locator("#w-editor-form button[type=submit]").click()
    officer.sees("Hoeveel uren zijn er in de eerste maand?")
    officer.finds_nothing_wrong()
    officer.page.locator("button[name=action][value=send]").click()
    officer.sees("Hoeveel uren zijn er in de eerste maand?")

    # The change opens that question only, and reopens only the signatures that cover it.
    site.mail(ocmw.email, rf"Actie nodig.*{reference}")
    ocmw.page.goto(application)
    ocmw.sees("Hoeveel uren zijn er in de eerste maand?")
    ocmw.page.goto(f"{application}sections/guidance/")
    expect(ocmw.page.locator("main form input:not([type=hidden]), main form textarea")).to_have_count(1)
    ocmw.fill({"guidance_hours": "12"})
    ocmw.press("Bewaar en ga verder")
    city.page.goto(f"{application}submit/")
    expect(city.page.get_by_text("OCMW Gent: voorzitter")).to_be_visible()
    expect(city.page.get_by_text("OCMW Gent: algemeen directeur")).to_be_visible()
    expect(city.page.get_by_text("Stad Gent:")).to_have_count(0)
    for signatory in (director, chair):
        signatory.page.goto(application)
        signatory.sign("Lees en onderteken voor OCMW Gent")
    city.page.goto(f"{application}submit/")
    city.press("Stuur de wijziging naar Fedasil")
    site.mail(city.email, f"Ontvangen: de wijziging in aanvraag {reference}")

    # Two reviews, then someone with the power to decide approves.
    officer2 = person("officer2").sign_in().enter_second_code()
    for name in ("Officer", "Second officer"):
        officer.page.goto(dossier)
        officer.follow("Wijs een beoordelaar aan")
        officer.page.locator("[name=reviewer]").select_option(label=name)
        officer.page.locator("#w-editor-form button[type=submit]:not([name])").click()
        officer.sees("De beoordelaar is aangewezen.")
    for reviewer in (officer, officer2):
        reviewer.page.goto(dossier)
        reviewer.follow("Uw beoordeling")
        for score in reviewer.page.locator("[name^=score-][value='3']").all():
            score.check()
        reviewer.page.locator("[name=advice][value=approve]").check()
        reviewer.page.locator("[name=reasons]").fill("Een stevig aanbod.")
        reviewer.page.locator("#w-editor-form button[type=submit]:not([name])").click()
        reviewer.sees("Een stevig aanbod.")
    decider = person("decider").sign_in().enter_second_code()
    decider.page.goto(dossier)
    decider.page.get_by_role("link", name="Beslis", exact=True).click()
    decider.page.locator("[name=outcome][value=approve]").check()
    decider.page.locator("[name=reasons]").fill("De drie doelen zijn gedekt.")
    decider.page.locator("[name=contact]").select_option(label="Officer")
    decider.page.locator("#w-editor-form button[type=submit]").click()
    decider.sees("De drie doelen zijn gedekt.")
    decider.follow("Het partnerschap")
    decider.sees(TOTAL)

    # The partnership stands, and the applicants know.
    approval = site.mail(city.email, f"Goedgekeurd: aanvraag {reference}")
    assert TOTAL in approval.get_body(("plain",)).get_content()
    city.page.goto(application)
    city.sees("goedgekeurd")
    city.sees("Fedasil keurde de aanvraag goed.")
    city.finds_nothing_wrong()
    assert [error for someone in (city, ngo, ocmw, mayor) for error in someone.errors] == []
