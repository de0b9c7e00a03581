"""The Ghent case on the running site, in Dutch: three apply, Fedasil asks for a change, decides, and they stand."""

from playwright.sync_api import expect

from tests.ghent_answers import ANSWERS
from tests.readers import poppler

TOTAL = "€\u00a022.000"


def answer(person, application: str, code: str) -> None:
    person.page.goto(f"{application}sections/{code}/")
    person.looks_right()
    person.fill(ANSWERS[code])
    person.press("Bewaar en ga verder")
    person.sees("is bewaard en volledig.")


def test_the_ghent_case(person, site):
    # The city begins, and asks the other two along.
    city = person("city").sign_in()
    city.sees("Mijn aanvragen")
    city.go("applications/start/")
    city.looks_right()
    city.page.get_by_label("Stad Gent").check()
    city.press("Begin")
    application = city.page.url
    city.sees("Nog niet ingediend")
    city.looks_right()
    for name, address in (("vzw Thope", "ngo@demo.example"), ("OCMW Gent", "ocmw@demo.example")):
        city.page.goto(f"{application}sections/parties/")
        city.fill({"name": name, "email": address})
        city.press("Stuur de uitnodiging")
        city.sees(f"We mailden een uitnodiging naar {address}.")
    city.looks_right()
    ngo, ocmw = person("ngo"), person("ocmw", width=360)
    for partner, aim in ((ngo, "stay"), (ocmw, "guidance")):
        partner.join("Uw organisatie is uitgenodigd voor een aanvraag", aim)
        partner.sees("Uw organisatie neemt deel.")

    # Everyone answers a part; the estimate stands beside the offer.
    for code in ("who", "offer", "cooperation", "declaration"):
        answer(city, application, code)
    answer(ngo, application, "stay")
    answer(ocmw, application, "guidance")
    ngo.give_papers(application, "statutes", "representation", "budget")
    city.page.goto(application)
    city.sees(TOTAL)

    # A submit without signatures changes nothing and says whose are missing.
    city.press("Kijk na en dien in")
    city.looks_right()
    city.leave_by(city.page.locator("main").get_by_role("button").last)
    city.sees("deze handtekeningen ontbreken")

    # Who changes an answer after a signature reads before saving whose has to be given again, and so it is.
    mayor, director, chair = person("mayor").sign_in(), person("director").sign_in(), person("chair").sign_in()
    mayor.open_signing(application, "Stad Gent")
    mayor.looks_right()
    mayor.sign(application, "Stad Gent")
    mayor.sees("Ondertekend voor Stad Gent.")
    city.page.goto(f"{application}sections/who/")
    expect(city.page.locator("#reopens")).to_contain_text("City mayor, burgemeester (Stad Gent)")
    city.looks_right()
    city.fill({"contact_phone": "09 210 10 10"})
    city.press("Bewaar en ga verder")
    city.sees("City mayor")
    city.looks_right()

    # One general director signs for city and OCMW with one code, each other signatory alone.
    for signatory, name in ((mayor, "Stad Gent"), (director, "Stad Gent"), (chair, "OCMW Gent"), (ngo, "vzw Thope")):
        signatory.sign(application, name)
    director.sees("Ondertekend voor OCMW Gent.")
    city.page.goto(f"{application}submit/")
    city.looks_right()
    city.press("Dien in bij Fedasil")
    city.sees("Ingediend bij Fedasil")
    city.sees(TOTAL)
    city.looks_right()
    reference = city.page.locator(".govuk-panel strong").inner_text()
    for partner in (city, ngo, ocmw):
        confirmation = site.mail(partner.email, f"Ingediend: uw aanvraag {reference}")
        assert TOTAL in confirmation.get_body(("plain",)).get_content()
    receipt = city.page.request.get(f"{application}receipt-1.pdf").body()
    printed = poppler("pdftotext", receipt)
    for text in (reference, "City mayor", "Een maatschappelijk werker en omarmers."):
        assert text in printed

    # An officer finds it, reads it whole, takes it up, and asks for a change.
    officer = person("officer").sign_in().enter_second_code()
    dossier = officer.take_up(reference)
    officer.sees("Een maatschappelijk werker en omarmers.")
    officer.sees(TOTAL)
    asked = "Hoeveel uren zijn er in de eerste maand?"
    officer.ask(dossier, {"5.2": asked})
    officer.sees(asked)

    # The change opens that question only, and reopens only the signatures that cover it.
    site.mail(ocmw.email, rf"Actie nodig.*{reference}")
    ocmw.page.goto(application)
    ocmw.sees(asked)
    ocmw.looks_right()
    ocmw.page.goto(f"{application}sections/guidance/")
    expect(ocmw.page.locator("main form input:not([type=hidden]), main form textarea")).to_have_count(1)
    ocmw.fill({"guidance_hours": "12"})
    ocmw.press("Bewaar en ga verder")
    ocmw.page.wait_for_url(application)
    city.page.goto(f"{application}submit/")
    expect(city.page.get_by_text("OCMW Gent: voorzitter")).to_be_visible()
    expect(city.page.get_by_text("OCMW Gent: algemeen directeur")).to_be_visible()
    expect(city.page.get_by_text("Stad Gent:")).to_have_count(0)
    city.looks_right()
    for signatory in (director, chair):
        signatory.sign(application, "OCMW Gent")
    city.page.goto(f"{application}submit/")
    city.press("Stuur de wijziging naar Fedasil")
    site.mail(city.email, f"Ontvangen: de wijziging in aanvraag {reference}")
    city.looks_right(f"{application}requests/")

    # A message to the parties, and one back; a mail never says what stands in it.
    question, reply = "Mogen we op 3 maart langskomen?", "Dat mag, in de voormiddag."
    officer.page.goto(f"{dossier}messages/")
    officer.fill({"text": question})
    officer.save_at_desk()
    officer.sees(question)
    assert question not in site.mail(ocmw.email, f"bericht.*{reference}").get_body(("plain",)).get_content()
    ocmw.page.goto(f"{application}messages/")
    ocmw.sees(question)
    ocmw.fill({"text": reply})
    ocmw.submit("main form[data-autosave]")
    ocmw.sees(reply)
    ocmw.looks_right()
    officer.page.reload()
    officer.sees(reply)

    # Two reviews, then someone with the power to decide approves.
    officer2 = person("officer2").sign_in().enter_second_code()
    officer.page.goto(dossier)
    officer.follow("Wijs beoordelaars aan")
    for name in ("Officer", "Second officer"):
        officer.page.get_by_label(name, exact=True).check()
    officer.save_at_desk()
    officer.sees("Zij zijn gevraagd om te beoordelen.")
    for reviewer in (officer, officer2):
        reviewer.page.goto(dossier)
        reviewer.follow("Uw beoordeling")
        expect(reviewer.page.locator("[name=reasons]")).to_be_visible()
        for score in reviewer.page.locator("[name^=score-][value='3']").all():
            score.check()
        reviewer.page.locator("[name=advice][value=approve]").check()
        reviewer.page.locator("[name=reasons]").fill("Een stevig aanbod.")
        reviewer.save_at_desk()
        reviewer.page.wait_for_url(dossier)
        reviewer.sees("Een stevig aanbod.")
    decider = person("decider").sign_in().enter_second_code()
    decider.page.goto(dossier)
    decider.leave_by(decider.page.locator("a[href$='/decide/']"))
    decider.page.locator("[name=outcome][value=approve]").check()
    decider.page.locator("[name=reasons_nl]").fill("De drie doelen zijn gedekt.")
    decider.page.locator("[name=contact]").select_option(label="Officer")
    decider.save_at_desk()
    decider.sees("De drie doelen zijn gedekt.")
    decider.leave_by(decider.page.locator("form[action$='/release/'] button"))
    decider.page.wait_for_url(dossier)
    decider.sees("De drie doelen zijn gedekt.")
    decider.follow("Het partnerschap")
    decider.sees(TOTAL)

    # The partnership stands, and the applicants know.
    approval = site.mail(city.email, f"Goedgekeurd: aanvraag {reference}")
    assert TOTAL in approval.get_body(("plain",)).get_content()
    city.page.goto(application)
    city.sees("goedgekeurd")
    city.sees("Fedasil keurde de aanvraag goed.")
    city.looks_right()
    assert [error for someone in (city, ngo, ocmw, mayor, director) for error in someone.errors] == []
