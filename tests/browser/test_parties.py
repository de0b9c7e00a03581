"""Parties and a signature by passkey, in a real browser, on a telephone and on a desk."""

import re

from playwright.sync_api import expect

from .test_signin import Authenticator


def test_pages_of_the_parties_and_a_signature_by_passkey(person, site):
    application, lead_party, joined, waiting = site.prepare("dak").split()
    lead = person("dak@gand.example").sign_in()
    page = lead.page
    Authenticator(lead)
    lead.looks_right(
        f"applications/{application}/",
        f"applications/{application}/summary/",
        f"applications/{application}/sections/parties/",
        f"applications/parties/{joined}/",
        f"applications/parties/{waiting}/",
        f"applications/parties/{lead_party}/sign/",
    )
    # Nobody signs before it is known who takes part: the waiting invitation is taken back.
    lead.go(f"applications/parties/{waiting}/")
    page.locator("button[formaction$='/invitation/withdraw/']").click()
    page.wait_for_url("**/sections/parties/")

    lead.go("account/passkeys/add/")
    page.locator("#passkey_add").click()
    expect(page).not_to_have_url(re.compile("passkeys/add"))
    lead.go(f"applications/parties/{lead_party}/sign/")
    page.locator("#ask_passkey").click()
    page.wait_for_url("**/sign/#sign")
    lead.finds_nothing_wrong()
    page.locator("#passkey_sign").click()
    page.wait_for_url(f"**/applications/{application}/")
    assert lead.errors == []

    lead.looks_right(f"applications/{application}/sections/who/")
    expect(page.locator("#reopens")).to_be_visible()
    # The other party is asked to lead.
    lead.go(f"applications/parties/{joined}/")
    page.locator("form[action$='/lead/offer/'] button").click()
    page.wait_for_url("**/sections/parties/")
    partner = person("city").sign_in()
    partner.looks_right(f"applications/parties/{joined}/lead/", f"applications/parties/{joined}/leave/")
    partner.go(f"applications/parties/{joined}/lead/")
    partner.page.locator("form[action$='/lead/'] button:not([formaction])").click()
    partner.page.wait_for_url(f"**/applications/{application}/")
    partner.go(f"applications/parties/{lead_party}/")
    expect(partner.page.locator("form[action$='/remove/'] button:not([formaction])")).to_be_visible()
    assert partner.errors == []
