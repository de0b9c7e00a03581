"""A Walloon municipality, its CPAS and an ASBL on the running site, in French: from the invitations to a withdrawal."""

import re

from playwright.sync_api import expect

MUNICIPALITY, PCSW, ASBL = "Commune de Gembloux (exemple)", "CPAS de Gembloux (exemple)", "ASBL Toit (exemple)"
INVITED = "Votre organisation est invitée"


def someone(person, name: str, **kwargs):
    return person(f"{name}@gembloux.example", language="fr", **kwargs)


def invite_by_mail(lead, name: str, email: str) -> None:
    lead.fill({"name": name, "email": email})
    lead.submit("form:has([name=with_aims])")
    lead.sees(email)


def test_the_gembloux_case(person, site):
    application = f"{site.address}/fr/applications/{site.prepare('gembloux')}/"
    lead, cpas, abri, toit = (someone(person, name) for name in ("commune", "cpas", "abri", "toit"))
    lead.sign_in()
    lead.looks_right()

    # One is invited as a registered organisation, one by mail; that one declines, and another comes in its place.
    lead.page.goto(f"{application}sections/parties/")
    lead.fill({"wanted": PCSW})
    lead.submit("form:has([name=with_aims])")
    lead.sees("Nous avons envoyé une invitation")
    invite_by_mail(lead, "ASBL Abri (exemple)", abri.email)
    lead.looks_right()
    cpas.join(INVITED, "guidance")
    abri.open_invitation(INVITED)
    abri.fill({"reason": "Nos logements sont occupés."})
    abri.page.locator("form[action$='/decline/'] button").click()
    abri.page.wait_for_url(re.compile("/applications/$"))
    lead.page.reload()
    expect(lead.page.locator("#endings")).to_contain_text("Nos logements sont occupés.")
    invite_by_mail(lead, ASBL, toit.email)
    lead.looks_right()
    toit.join(INVITED, "stay")
    toit.looks_right()
    toit.give_papers(application, "statutes", "representation", "accounts")
    lead.page.goto(f"{application}sections/parties/")
    for aim in lead.page.locator("form:has([name=with_aims]) fieldset").first.get_by_role("checkbox").all():
        aim.uncheck()
    lead.submit("form:has([name=with_aims])")
    lead.page.wait_for_url(application)

    # The text for the council, in French and without names of people.
    lead.page.goto(application)
    lead.leave_by(lead.page.locator("a[href$='/council/']"))
    lead.looks_right()
    for form, beginning in (("docx", b"PK"), ("pdf", b"%PDF")):
        with lead.page.expect_download() as download:
            lead.page.locator(f"main a[href$='.{form}']").first.click()
        assert download.value.path().read_bytes().startswith(beginning)

    # Two capacities for each public body, one director for both; what waits is said to everyone.
    mayor, director, chair = (someone(person, name).sign_in() for name in ("bourgmestre", "directeur", "presidente"))
    chair.open_signing(application, PCSW)
    chair.looks_right()
    # One code signs for both.
    for signatory, name in ((mayor, MUNICIPALITY), (director, MUNICIPALITY), (chair, PCSW), (toit, ASBL)):
        signatory.sign(application, name)
    toit.looks_right()
    lead.page.goto(f"{application}submit/")
    lead.looks_right()
    lead.submit()
    lead.page.wait_for_url(f"{application}submitted/")
    lead.looks_right()
    reference = lead.page.locator(".govuk-panel strong").inner_text()
    for partner in (lead, cpas, toit):
        mail = site.mail(partner.email, reference)
        assert mail["content-language"] == "fr"

    # Fedasil asks two things of the CPAS alone; it answers one, which reopens its signatures, and that one is sent.
    officer = person("officer").sign_in().enter_second_code()
    dossier = officer.take_up(reference)
    officer.ask(dossier, {"5.1": "Qui remplace ces personnes ?", "5.2": "Et le premier mois ?"}, party=PCSW)
    site.mail(cpas.email, rf"Action requise.*{reference}")
    cpas.page.goto(application)
    cpas.looks_right()
    cpas.page.goto(f"{application}sections/guidance/")
    expect(cpas.page.locator("#reopens li")).to_have_count(2)
    cpas.looks_right()
    cpas.fill({"guidance_hours": "14"})
    cpas.submit("form[data-autosave]")
    cpas.page.wait_for_url(application)
    cpas.looks_right()
    for signatory in (director, chair):
        signatory.sign(application, PCSW)
    lead.page.goto(f"{application}submit/")
    lead.looks_right()
    lead.submit()
    lead.page.wait_for_url(f"{application}submitted/")
    lead.page.goto(application)
    lead.sees("Qui remplace ces personnes ?")
    lead.looks_right(f"{application}requests/")
    officer.page.goto(dossier)
    officer.sees("14")

    # The lead withdraws it, says why, and begins anew with the same answers.
    lead.page.goto(f"{application}withdraw/")
    lead.looks_right()
    lead.fill({"reason": "Le logement a été vendu."})
    lead.submit()
    lead.page.wait_for_url(application)
    lead.sees("Le logement a été vendu.")
    lead.looks_right()
    site.mail(toit.email, "Retirée")
    officer.page.goto(dossier)
    officer.sees("Le logement a été vendu.")
    lead.page.goto(f"{application}copy/")
    lead.looks_right()
    lead.submit()
    lead.page.wait_for_url(re.compile(rf"/applications/(?!{application.split('/')[-2]})[0-9a-f-]{{36}}/$"))
    lead.looks_right()
    copied = lead.page.url
    lead.page.goto(f"{copied}summary/")
    lead.sees("Deux assistants sociaux et six volontaires.")
    assert [error for one in (lead, cpas, abri, toit, mayor, director, chair) for error in one.errors] == []
