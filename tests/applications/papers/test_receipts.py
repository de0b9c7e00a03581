"""The confirmation, which each party can keep, and the receipt; references that can be read out."""

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from applications.case import references
from applications.models import Application
from applications.parties import services as parties_services
from applications.workflow.transitions import APPLICATION
from partners.models import Capacity
from portal.models import Mail
from tests.clients import client_of
from tests.factories import (
    MembershipFactory,
    UserFactory,
    attach_what_is_needed,
    complete_application,
    sign,
    submitted_application,
)
from tests.readers import language_of, poppler


@pytest.fixture
def consortium(db):
    """Submitted by two parties, whose people read different languages."""
    lead = MembershipFactory(capacity=Capacity.REPRESENTATIVE, user__first_name="Ada")
    partner = MembershipFactory(
        capacity=Capacity.REPRESENTATIVE,
        organisation__letter_language="fr",
        user__language="fr",
        user__first_name="Léa",
    )
    application = complete_application(lead, support_division="Even shares.")
    party = parties_services.invite(application, lead.user, name="P", email=partner.user.email, language="fr")
    parties_services.accept(party, partner.user, partner.organisation, stay=False, guidance=True)
    attach_what_is_needed(Application.objects.get(pk=application.pk))
    for member in (lead, partner):
        fresh = Application.objects.get(pk=application.pk)
        own = next(found for found in fresh.joined_parties if found.organisation_id == member.organisation_id)
        sign(own, member.user, member.capacity)
    application = APPLICATION.fire("submit", Application.objects.get(pk=application.pk), lead.user)
    return application, lead, partner


def test_each_party_gets_a_mail_and_can_come_back_to_the_confirmation(consortium):
    application, lead, partner = consortium
    for member in (lead, partner):
        mail = Mail.objects.get(to=member.user.email, key__contains=":submitted:")
        assert mail.language == member.user.language
        assert application.reference in mail.subject
    address = reverse("applications:submitted", args=[application.uuid])
    APPLICATION.fire("begin_review", application, UserFactory(groups=["Officers"]))
    for member in (lead, partner):
        body = client_of(member.user).get(address).content.decode()
        assert application.reference in body
        assert reverse("applications:receipt", args=[application.uuid, 1]) in body
    # Where one is not signed in, it leads through signing in and back.
    assert address in Client().get(address)["Location"]


def test_the_receipt_holds_content_time_reference_signatories_and_hashes(consortium):
    application, lead, partner = consortium
    version = application.versions.get()
    Application.objects.filter(pk=application.pk).update(experience="Changed afterwards.")
    response = client_of(partner.user).get(reverse("applications:receipt", args=[application.uuid, 1]))
    assert response["Content-Type"] == "application/pdf"
    assert language_of(response.content) == application.language
    assert "Tagged:          yes" in poppler("pdfinfo", response.content)
    text = " ".join(poppler("pdftotext", response.content, "-layout").split())
    assert "Changed afterwards." not in text
    for part in ("Ten years with newcomers.", application.reference, str(version.submitted_at.year)):
        assert part in text
    assert version.content_hash in text
    for member in (lead, partner):
        assert member.user.first_name in text
        assert member.organisation.name in text
    assert {signature["content"] in text for signature in version.content["signatures"]} == {True}
    assert [signature["capacity"] for signature in version.content["signatures"]] == ["representative"] * 2


def test_nobody_else_gets_the_receipt_and_there_is_none_of_what_was_not_submitted(consortium):
    application, lead, _partner = consortium
    address = reverse("applications:receipt", args=[application.uuid, 1])
    assert client_of(MembershipFactory().user).get(address).status_code == 404
    assert client_of(UserFactory(groups=["Officers"])).get(address).status_code == 404
    assert client_of(lead.user).get(address.replace("receipt-1", "receipt-2")).status_code == 404


# ── References ────────────────────────────────────────────────────────────────────────────────────────────────────────
@given(st.integers(0, 5), st.sampled_from(references.ALPHABET), st.integers(0, 4))
def test_one_wrong_character_or_two_swapped_are_noticed(place, other, swapped):
    reference = references.new_reference(2027)
    assert references.is_well_formed(reference)
    assert not references.is_mistyped(reference.lower())
    code = list(reference[-6:])
    if code[place] != other:
        assert references.is_mistyped(f"HV-2027-{''.join([*code[:place], other, *code[place + 1 :]])}")
    code[swapped], code[swapped + 1] = code[swapped + 1], code[swapped]
    if "".join(code) != reference[-6:]:
        assert references.is_mistyped(f"HV-2027-{''.join(code)}")


def test_the_desk_says_that_a_reference_was_mistyped(db):
    application = submitted_application(MembershipFactory(capacity=Capacity.REPRESENTATIVE))
    officer = client_of(UserFactory(groups=["Officers"], language="en"))
    last = application.reference[-1]
    wrong = application.reference[:-1] + next(found for found in references.ALPHABET if found != last)
    index = reverse("desk_applications:index")
    for typed, told in ((wrong, True), (application.reference, False), ("Ghent", False)):
        response = officer.get(index, {"q": typed})
        assert any("mistyped" in str(message) for message in response.context["messages"]) is told
