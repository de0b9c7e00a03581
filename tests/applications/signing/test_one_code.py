"""Who signs for a town and its OCMW: both contents on one page, one code, and two signatures of their own."""

import re

import pytest
from django.urls import reverse

from applications.answers import saving
from applications.models import Signature, SignatureCode
from applications.parties import services as parties_services
from applications.questionnaire.questions import BY_CODE
from applications.signing import coverage
from partners.models import Capacity, Organisation
from portal.models import LogEntry, Mail
from tests.applications.common import fresh
from tests.clients import client_of
from tests.factories import MembershipFactory, OrganisationFactory, complete_application, mailed_code

pytestmark = pytest.mark.django_db
DIRECTOR = Capacity.GENERAL_DIRECTOR


@pytest.fixture
def lead():
    """The general director of a town and of its OCMW."""
    town, centre = (OrganisationFactory(kind=kind) for kind in (Organisation.Kind.MUNICIPALITY, Organisation.Kind.PCSW))
    director = MembershipFactory(organisation=town, capacity=DIRECTOR)
    MembershipFactory(organisation=centre, user=director.user, capacity=DIRECTOR)
    return director


@pytest.fixture
def parties(lead):
    """The town takes on the stay, its OCMW the guidance."""
    application = complete_application(lead, support_division="Even shares.")
    centre = Organisation.objects.get(kind=Organisation.Kind.PCSW)
    invited = parties_services.invite_organisation(application, lead.user, centre)
    parties_services.accept(invited, lead.user, centre, stay=False, guidance=True)
    chosen = {
        party: {"stay": party.is_lead, "guidance": not party.is_lead} for party in fresh(application).joined_parties
    }
    parties_services.set_all_aims(fresh(application), lead.user, chosen, seen=set())
    return fresh(application).joined_parties


def address(name: str, party) -> str:
    return "/en" + reverse(f"applications:{name}", args=[party.uuid])[3:]


def box(party) -> str:
    return f"{party.uuid}:{coverage.content_hash(party)}"


def signed(parties) -> list[bool]:
    return [party.signatures.filter(capacity=DIRECTOR).exists() for party in parties]


def test_one_page_shows_both_contents_and_what_differs(parties, lead):
    town, centre = parties
    page = client_of(lead.user).get(address("sign", town)).content.decode()
    for party in parties:
        assert coverage.content_hash(party) in page
    beside = page.split('class="signed-beside"')[1].split("</section>")[0]
    assert centre.name in beside
    # The common sections stand once, the guidance only below, the stay only above.
    assert page.count("1.1 Name of the contact person") == 1
    assert "5.1 Who guides" in beside
    assert "4.1 Which dwellings" not in beside
    # What is introduced by "as follows:" follows at once, and nothing that is signed stands below the end.
    assert beside.index("as follows:") < beside.index("5.1 Who guides")
    assert beside.index("5.1 Who guides") < beside.index("It does not cover section 4, A lasting stay.")
    assert page.index('class="signed-beside"') < page.index("This ends what you sign.")


def test_one_code_signs_for_both_each_bound_to_its_own_content(parties, lead):
    town, centre = parties
    client = client_of(lead.user)
    client.post(address("mail_signing_code", town), {"content": coverage.content_hash(town), "also": box(centre)})
    mail = Mail.objects.filter(key__startswith="signature-code:").get()
    for party in parties:
        assert party.name in mail.text
        assert coverage.content_hash(party) in mail.text
    page = client.get(address("sign", town)).content.decode()
    assert re.search(f'<input type="hidden" name="also" value="{box(centre)}">', page)
    client.post(
        address("sign_by_code", town),
        {"code": mailed_code(lead.user), "content": coverage.content_hash(town), "also": box(centre)},
    )
    given = {found.party: found for found in Signature.objects.all()}
    assert {party: found.content_hash for party, found in given.items()} == {
        party: coverage.content_hash(party) for party in parties
    }
    assert given[town].content_hash != given[centre].content_hash
    assert LogEntry.objects.filter(action="signed").count() == 2


def test_what_is_not_ticked_is_not_signed(parties, lead):
    town, centre = parties
    client = client_of(lead.user)
    client.post(address("mail_signing_code", town), {"content": coverage.content_hash(town)})
    code = {"code": mailed_code(lead.user), "content": coverage.content_hash(town)}
    # The code was mailed for the town alone: a box that is added to the form signs nothing.
    assert client.post(address("sign_by_code", town), {**code, "also": box(centre)}).status_code == 409
    assert signed(parties) == [False, False]
    client.post(address("mail_signing_code", town), {"content": coverage.content_hash(town)})
    client.post(address("sign_by_code", town), {**code, "code": mailed_code(lead.user)})
    assert signed(parties) == [True, False]


def test_a_change_of_either_content_ends_the_code_for_both(parties, lead):
    town, centre = parties
    client = client_of(lead.user)
    sent = {"content": coverage.content_hash(town), "also": box(centre)}
    client.post(address("mail_signing_code", town), sent)
    changed = {"guidance_team": "Another team."}
    saving.save_section(fresh(town.application), BY_CODE["guidance"], lead.user, changed)
    answer = client.post(address("sign_by_code", town), {**sent, "code": mailed_code(lead.user)})
    assert answer.status_code == 409
    assert signed(parties) == [False, False]


def test_nobody_signs_for_a_party_whose_signatory_is_someone_else(parties, lead):
    town, centre = parties
    lead.user.memberships.filter(organisation=centre.organisation).update(capacity="")
    client = client_of(lead.user)
    assert "signed-beside" not in client.get(address("sign", town)).content.decode()
    answer = client.post(
        address("mail_signing_code", town), {"content": coverage.content_hash(town), "also": box(centre)}
    )
    assert answer.status_code == 409
    assert not SignatureCode.objects.exists()
