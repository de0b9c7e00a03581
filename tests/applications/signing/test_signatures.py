"""Signing: what an edit reopens and who is told before, exactly what is read, and a passkey in place of a code."""

import hashlib
import json
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from fido2 import cbor
from fido2.cose import CoseKey
from fido2.utils import websafe_decode

from applications.answers import saving
from applications.change_requests import services as change_requests_services
from applications.models import Application, Signature
from applications.parties import services as parties_services
from applications.questionnaire.questions import BY_CODE
from applications.signing import coverage
from partners.models import Capacity, Organisation
from portal import clock
from tests.applications.common import fresh
from tests.clients import client_of
from tests.factories import (
    MembershipFactory,
    OrganisationFactory,
    UserFactory,
    application_in_review,
    attach_what_is_needed,
    complete_application,
    sign,
)
from tests.passkeys import SoftPasskey
from tests.readers import language_of, poppler
from tests.seen import seen

pytestmark = pytest.mark.django_db


@pytest.fixture
def party(application):
    return application.joined_parties[0]


def address(name: str, about, *more) -> str:
    return f"/en{reverse(f'applications:{name}', args=[about.uuid, *more])[3:]}"


# ── What an edit reopens ──────────────────────────────────────────────────────────────────────────────────────────────
def test_before_saving_one_reads_which_signatures_are_reopened_and_after_it_again(application, party, lead):
    page = address("section", application, "who")
    client = client_of(lead.user)
    assert 'id="reopens"' not in client.get(page).content.decode()
    sign(party, lead.user, lead.capacity)
    text = client.get(page).content.decode()
    assert str(lead.user) in text.split('id="reopens"')[1]
    answers = {"contact_name": "Someone else", "contact_function": "C", "contact_email": "a@town.example"}
    answer = client.post(page, {**answers, **seen(client, page)}, follow=True)
    assert str(lead.user) in answer.content.decode().split("is saved")[1].split("</main")[0]
    assert len(coverage.missing_signatures(fresh(application))) == 1


def test_signed_after_the_form_was_opened_the_first_save_asks_and_loses_nothing(application, party, lead):
    page = address("section", application, "who")
    client = client_of(lead.user)
    carried = seen(client, page)
    sign(party, lead.user, lead.capacity)
    answers = {"contact_name": "Someone else", "contact_function": "C", "contact_email": "a@town.example"}
    asked = client.post(page, {**answers, **carried})
    text = asked.content.decode()
    assert (asked.status_code, 'id="reopens"' in text, 'value="Someone else"' in text) == (409, True, True)
    assert fresh(application).contact_name == "Contact of the town"
    confirmed = re.search(r'name="reopens_seen" value="([^"]*)"', text)[1]
    assert client.post(page, {**answers, "reopens_seen": confirmed}).status_code == 302
    assert fresh(application).contact_name == "Someone else"


def test_saving_the_same_again_reopens_nothing_and_asks_nothing(application, party, lead):
    sign(party, lead.user, lead.capacity)
    answers = {"remarks": "", "declared": "on"}
    assert client_of(lead.user).post(address("section", application, "declaration"), answers).status_code == 302
    assert coverage.missing_signatures(fresh(application)) == []


def test_only_signatures_that_cover_the_section_are_named(application, lead):
    partner = MembershipFactory(capacity=Capacity.REPRESENTATIVE)
    joined = parties_services.invite_organisation(application, lead.user, partner.organisation)
    parties_services.accept(joined, partner.user, partner.organisation, stay=False, guidance=True)
    parties_services.set_all_aims(
        application, lead.user, {fresh(application).joined_parties[0]: {"stay": True, "guidance": False}}
    )
    Application.objects.filter(pk=application.pk).update(support_division="Even shares.")
    attach_what_is_needed(fresh(application))
    for found in fresh(application).joined_parties:
        person = lead if found.is_lead else partner
        sign(found, person.user, person.capacity)
    client = client_of(lead.user)
    for code, names in (("stay", [lead]), ("guidance", [partner]), ("offer", [lead, partner])):
        notice = client.get(address("section", application, code)).content.decode().split('id="reopens"')[1]
        named = [person for person in (lead, partner) if str(person.user) in notice.split("</ul>")[0]]
        assert named == names


def test_a_requested_change_says_it_too(lead):
    officer = UserFactory(groups=["Officers"])
    application = application_in_review(lead, officer)
    change_requests_services.ask(application, officer, asked={"5.2": "Sure?"}, due_on=clock.today())
    page = address("section", application, "guidance")
    client = client_of(lead.user)
    assert client.post(page, {"guidance_hours": "12"}).status_code == 409
    assert client.post(page, {"guidance_hours": "12", **seen(client, page)}).status_code == 302
    assert len(coverage.missing_signatures(fresh(application))) == 1
    # A first submission that is repeated does not send the change.
    answer = client.post(address("submit", application), {"what": "submit"})
    assert answer["Location"].endswith("/submitted/")
    assert fresh(application).state == "changes_requested"


# ── One person, two parties ───────────────────────────────────────────────────────────────────────────────────────────
def test_a_director_of_two_parties_signs_once_for_each():
    town = OrganisationFactory(kind=Organisation.Kind.MUNICIPALITY)
    centre = OrganisationFactory(kind=Organisation.Kind.PCSW)
    lead = MembershipFactory(organisation=town, capacity=Capacity.GENERAL_DIRECTOR)
    MembershipFactory(organisation=centre, user=lead.user, capacity=Capacity.GENERAL_DIRECTOR)
    application = complete_application(lead, support_division="Even shares.")
    joined = parties_services.invite_organisation(application, lead.user, centre)
    parties_services.accept(joined, lead.user, centre, stay=True, guidance=True)
    for party in fresh(application).joined_parties:
        sign(party, lead.user, Capacity.GENERAL_DIRECTOR)
    given = list(Signature.objects.values_list("party__organisation__kind", "capacity"))
    assert given == [("municipality", "general_director"), ("pcsw", "general_director")]
    # The same content, and yet neither stands for the other.
    assert Signature.objects.values("content_hash").distinct().count() == 1
    waiting = coverage.missing_signatures(fresh(application))
    assert [(party.organisation, capacity != Capacity.GENERAL_DIRECTOR) for party, capacity in waiting] == [
        (town, True),
        (centre, True),
    ]


# ── Exactly what is signed ────────────────────────────────────────────────────────────────────────────────────────────
def test_page_and_pdf_show_exactly_what_is_covered_with_its_hash(application, party, lead):
    page = client_of(lead.user).get(address("sign", party)).content.decode()
    assert coverage.content_hash(party) in page
    served = client_of(lead.user).get(address("signed_content", party))
    assert (served["Content-Type"], "no-store" in served["Cache-Control"]) == ("application/pdf", True)
    text = "".join(poppler("pdftotext", served.content, "-raw").split())
    assert coverage.content_hash(party) in text
    assert "Contactofthetown" in text
    assert language_of(served.content) == application.language
    saving.save_section(application, BY_CODE["who"], lead.user, {"contact_name": "Someone else"})
    changed = poppler("pdftotext", client_of(lead.user).get(address("signed_content", party)).content, "-raw")
    assert coverage.content_hash(party) not in "".join(changed.split())


def test_one_signs_what_stands_on_the_page_that_one_opened(application, party, lead):
    client = client_of(lead.user)
    opened = coverage.content_hash(party)
    saving.save_section(application, BY_CODE["who"], lead.user, {"contact_name": "Someone else"})
    answer = client.post(address("mail_signing_code", party), {"content": opened})
    assert answer.status_code == 409


# ── By passkey ────────────────────────────────────────────────────────────────────────────────────────────────────────
def asked(client, party) -> dict:
    """The question on the page, once it was asked for."""
    client.post(address("ask_passkey", party))
    page = client.get(address("sign", party)).content.decode()
    found = re.search(r'<script id="passkey-data" type="application/json">(.*?)</script>', page)
    return json.loads(found[1])["request_options"]


def give(client, party, answer: dict):
    return client.post(address("sign_by_passkey", party), {"credential": json.dumps(answer)})


@pytest.fixture
def passkey(lead):
    found = SoftPasskey()
    found.kept_by(lead.user)
    return found


def test_a_passkey_signs_and_its_proof_can_be_checked_years_later(application, party, lead, passkey):
    client = client_of(lead.user)
    assert give(client, party, passkey.get(asked(client, party), lead.user)).status_code == 302
    signature = Signature.objects.get()
    assert (signature.method, signature.content_hash) == ("passkey", coverage.content_hash(party))
    # From what is kept alone: the challenge names person, party and content, and the key signed it.
    proof = signature.proof
    client_data, given = (websafe_decode(proof[name]) for name in ("client_data", "signature"))
    bound = f"{proof['nonce']}:{lead.user.pk}:{party.uuid}:{signature.content_hash}"
    assert websafe_decode(json.loads(client_data)["challenge"]) == hashlib.sha256(bound.encode()).digest()
    signed = websafe_decode(proof["authenticator_data"]) + hashlib.sha256(client_data).digest()
    CoseKey.parse(cbor.decode(websafe_decode(proof["public_key"]))).verify(signed, given)


def test_a_question_works_once_ten_minutes_and_for_this_content(application, party, lead, passkey):
    client = client_of(lead.user)
    late = passkey.get(asked(client, party), lead.user)
    with clock.standing_at(clock.now() + timedelta(minutes=10, seconds=1)):
        assert give(client, party, late).status_code == 409
    outdated = passkey.get(asked(client, party), lead.user)
    saving.save_section(application, BY_CODE["who"], lead.user, {"contact_name": "Someone else"})
    assert give(client, party, outdated).status_code == 409
    old, new = passkey.get(asked(client, party), lead.user), asked(client, party)
    assert give(client, party, old).status_code == 409
    assert give(client, party, passkey.get(new, lead.user)).status_code == 302
    saving.save_section(application, BY_CODE["who"], lead.user, {"contact_name": "Contact of the town"})
    assert give(client, party, passkey.get(new, lead.user)).status_code == 409
    assert Signature.objects.count() == 1


def test_anothers_passkey_another_party_and_nonsense_do_not_sign(application, party, lead, passkey):
    client = client_of(lead.user)
    other = MembershipFactory(organisation=lead.organisation, capacity=Capacity.REPRESENTATIVE)
    theirs = SoftPasskey()
    theirs.kept_by(other.user)
    question = asked(client, party)
    assert give(client, party, theirs.get(question, other.user)).status_code == 409
    assert give(client, party, {"id": "x"}).status_code == 409
    assert client.post(address("sign_by_passkey", party), {"credential": "nonsense"}).status_code == 409
    second = complete_application(lead)
    foreign = asked(client, second.joined_parties[0])
    assert give(client, party, passkey.get(foreign, lead.user)).status_code == 409
    tampered = passkey.get(question, lead.user)
    forged = SoftPasskey()
    forged.id = passkey.id
    assert give(client, party, {**forged.get(question, lead.user), "id": tampered["id"]}).status_code == 409
    assert not Signature.objects.exists()


def test_without_a_passkey_none_is_offered(party, lead):
    client = client_of(lead.user)
    assert 'id="ask_passkey"' not in client.get(address("sign", party)).content.decode()
    assert client.post(address("ask_passkey", party)).status_code == 409
