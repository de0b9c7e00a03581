"""Parties and a signature by passkey, in a real browser, on a telephone and on a desk."""

import re
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from .site import ROOT
from .test_signin import Authenticator

WIDTHS = (360, 1280)
# An application of the demo organisation, complete, with a party that was asked to lead and an invitation that waits.
MADE = """
from django.utils import translation
from applications import leading, parties
from partners.models import Membership
from tests.factories import complete_application, sign
translation.activate("nl")
ngo = Membership.objects.get(user__email="ngo@demo.example")
city = Membership.objects.get(user__email="city@demo.example")
made = complete_application(ngo, support_division="Even shares.")
joined = parties.invite_organisation(made, ngo.user, city.organisation)
parties.accept(joined, city.user, city.organisation, stay=False, guidance=True)
waiting = parties.invite(made, ngo.user, name="OCMW", email="ocmw@demo.example", language="nl")
print("MADE", made.uuid, made.parties.get(is_lead=True).uuid, joined.uuid, waiting.uuid)
"""


@pytest.fixture
def made(site):
    """The application, the lead's party, the partner's, and the waiting invitation."""
    shell = [sys.executable, "manage.py", "shell", "--no-imports", "-c", MADE]
    printed = subprocess.run(shell, cwd=ROOT, env=site.env, check=True, capture_output=True, text=True).stdout
    return re.search(r"MADE (\S+) (\S+) (\S+) (\S+)", printed).groups()


def looked_at(someone, *addresses: str) -> None:
    """Nothing is wrong with these pages, and nothing sticks out of a telephone."""
    for width in WIDTHS:
        someone.page.set_viewport_size({"width": width, "height": 900})
        for address in addresses:
            someone.go(address)
            someone.finds_nothing_wrong()
            assert someone.page.evaluate("document.documentElement.scrollWidth") <= width, (address, width)


def test_pages_of_the_parties_and_a_signature_by_passkey(person, made):
    application, lead_party, joined, waiting = made
    lead = person("ngo").sign_in()
    page = lead.page
    Authenticator(lead)
    looked_at(
        lead,
        f"applications/{application}/",
        f"applications/{application}/summary/",
        f"applications/{application}/sections/parties/",
        f"applications/parties/{joined}/",
        f"applications/parties/{waiting}/",
        f"applications/parties/{lead_party}/sign/",
    )
    # The waiting invitation is taken back; the other party is asked to lead.
    lead.go(f"applications/parties/{waiting}/")
    page.locator("button[value='withdraw']").click()
    page.wait_for_url("**/sections/parties/")
    lead.go(f"applications/parties/{joined}/")
    page.locator("button[value='offer_lead']").click()
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

    looked_at(lead, f"applications/{application}/sections/who/")
    expect(page.locator("#reopens")).to_be_visible()
    partner = person("city").sign_in()
    looked_at(partner, f"applications/parties/{joined}/lead/", f"applications/parties/{joined}/leave/")
    partner.go(f"applications/parties/{joined}/lead/")
    partner.page.locator("button[name='take']").click()
    partner.page.wait_for_url(f"**/applications/{application}/")
    partner.go(f"applications/parties/{lead_party}/")
    expect(partner.page.locator("button[value='remove']")).to_be_visible()
    assert partner.errors == []
