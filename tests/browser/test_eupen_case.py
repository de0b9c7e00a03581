"""A municipality of the German-speaking community and its ÖSHZ on the running site, in German."""

import hashlib
import re
import zipfile

from playwright.sync_api import expect

from .test_signin import Authenticator

TOWN, PCSW = "Stadt Eupen (Muster)", "ÖSHZ Eupen (Muster)"


def someone(person, name: str, **kwargs):
    return person(f"{name}@eupen.example", language="de", **kwargs)


def sign_by_passkey(signatory, application: str) -> None:
    signatory.open_signing(application, TOWN)
    signatory.looks_right()
    signatory.page.locator("#ask_passkey").click()
    signatory.page.wait_for_url("**/sign/#sign")
    signatory.looks_right()
    signatory.page.locator("#passkey_sign").click()
    signatory.page.wait_for_url(application)


def test_the_eupen_case(person, site):
    application = f"{site.address}/de/applications/{site.prepare('eupen')}/"
    oeshz, stadt = someone(person, "oeshz").sign_in(), someone(person, "stadt", width=360)

    # The welfare centre began; the town takes part, and takes the lead over.
    oeshz.page.goto(f"{application}sections/parties/")
    oeshz.fill({"wanted": TOWN})
    oeshz.submit("form:has([name=with_aims])")
    oeshz.looks_right()
    stadt.join("Ihre Organisation ist zu einem Antrag eingeladen", "stay")
    oeshz.page.reload()
    oeshz.leave_by(oeshz.page.locator("main a[href*='/parties/']").filter(has_text=TOWN))
    oeshz.looks_right()
    oeshz.leave_by(oeshz.page.locator("form[action$='/lead/offer/'] button"))
    oeshz.sees(TOWN)
    stadt.page.goto(application)
    stadt.leave_by(stadt.page.locator("a[href$='/lead/']"))
    stadt.looks_right()
    stadt.page.locator("form[action$='/lead/'] button:not([formaction])").click()
    stadt.page.wait_for_url(application)
    stadt.looks_right()

    # The mayor signs by passkey. An answer changes afterwards: that is said before and after, and she signs again.
    mayor = someone(person, "buergermeisterin")
    Authenticator(mayor)
    mayor.sign_in()
    mayor.go("account/passkeys/add/")
    mayor.page.locator("#passkey_add").click()
    expect(mayor.page).not_to_have_url(re.compile("passkeys/add"))
    sign_by_passkey(mayor, application)
    stadt.page.goto(f"{application}sections/declaration/")
    expect(stadt.page.locator("#reopens li")).to_have_text([re.compile("Buergermeisterin.*Bürgermeister.*Stadt Eupen")])
    stadt.looks_right()
    stadt.fill({"remarks": "Die Wohnung liegt nahe der Schule."})
    stadt.submit("form[data-autosave]")
    stadt.sees("Buergermeisterin")
    stadt.looks_right()
    sign_by_passkey(mayor, application)
    director, president = (someone(person, name).sign_in() for name in ("direktor", "praesident"))
    # For both bodies with one code.
    director.sign(application, TOWN)
    director.sees(f"Für {PCSW} unterschrieben.")
    president.sign(application, PCSW)
    president.looks_right()

    # Submitted in German.
    stadt.page.goto(f"{application}submit/")
    stadt.looks_right()
    stadt.submit()
    stadt.page.wait_for_url(f"{application}submitted/")
    stadt.looks_right()
    reference = stadt.page.locator(".govuk-panel strong").inner_text()
    for partner in (stadt, oeshz):
        assert site.mail(partner.email, reference)["content-language"] == "de"

    # Fedasil asks, and asks no more: what was changed and not sent is as Fedasil has it, and is not lost.
    officer = person("officer2").sign_in().enter_second_code()
    dossier = officer.take_up(reference)
    officer.ask(dossier, {"3.6": "Spricht jemand Tigrinya?"})
    stadt.page.goto(application)
    stadt.looks_right()
    stadt.page.goto(f"{application}sections/offer/")
    stadt.fill({"guide_languages": "Deutsch, Tigrinya"})
    stadt.submit("form[data-autosave]")
    stadt.page.wait_for_url(application)
    officer.page.goto(dossier)
    officer.leave_by(officer.page.locator("a[href$='/cancel/']"))
    officer.fill({"reason": "Das hat sich erledigt."})
    officer.save_at_desk()
    officer.page.wait_for_url(dossier)
    site.mail(stadt.email, reference, len(site.mails(stadt.email, reference)) - 1)
    stadt.page.goto(f"{application}requests/")
    stadt.sees("Das hat sich erledigt.")
    stadt.sees("Deutsch, Tigrinya")
    stadt.looks_right()
    stadt.page.goto(f"{application}summary/")
    stadt.sees("Deutsch, Französisch, Arabisch")
    stadt.looks_right()

    # Everything in one file, each content as its checksum says.
    stadt.page.goto(application)
    with stadt.page.expect_download() as download:
        stadt.page.locator("a[href$='/download/']").click()
    with zipfile.ZipFile(download.value.path()) as everything:
        sums = dict(reversed(line.split("  ", 1)) for line in everything.read("SHA256SUMS").decode().splitlines())
        assert "versions/version-1.pdf" in sums
        assert set(sums) == set(everything.namelist()) - {"SHA256SUMS"}
        assert sums == {name: hashlib.sha256(everything.read(name)).hexdigest() for name in sums}

    # And the lead withdraws it.
    stadt.leave_by(stadt.page.locator("a[href$='/withdraw/']"))
    stadt.looks_right()
    stadt.fill({"reason": "Wir beginnen später neu."})
    stadt.submit()
    stadt.page.wait_for_url(application)
    stadt.sees("Wir beginnen später neu.")
    stadt.looks_right()
    officer.page.goto(dossier)
    officer.sees("Wir beginnen später neu.")
    assert [error for one in (oeshz, stadt, mayor, director, president) for error in one.errors] == []
