"""Bad input by HTTP: a clear message or 404, what was typed is kept, and nothing changed."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from applications.answers import saving
from applications.case import references
from applications.models import Application, Decision, DecisionPower, Signature, SignatureCode, Version
from applications.parties import services as parties_services
from applications.parties import signatures
from applications.questionnaire.questions import BY_CODE
from applications.signing import coverage
from partners.models import Capacity, Membership, Organisation
from portal import clock
from portal.audit import log
from portal.models import Mail
from portal.workflow import Refused
from tests.clients import client_of
from tests.factories import (
    MembershipFactory,
    OrganisationFactory,
    UserFactory,
    mailed_code,
    prepared,
    released,
    reviewed,
    sign,
    submitted_application,
)
from tests.seen import dossier_read

pytestmark = [pytest.mark.django_db, pytest.mark.each_database("applications.models.functions")]


def section_url(application, code):
    return reverse("applications:section", args=[application.uuid, code])


# ── The organisation ──────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("number", "message"),
    [
        ("0207.451.228", "laatste twee cijfers"),
        ("0207.451.200", "laatste twee cijfers"),
        ("0207.451.298", "laatste twee cijfers"),
        ("0207.451.299", "laatste twee cijfers"),
        ("2207.451.227", "tien cijfers"),
        ("12", "tien cijfers"),
        ("Ghent", "tien cijfers"),
        ("", "Vul het ondernemingsnummer in"),
    ],
)
def test_a_wrong_enterprise_number_is_told_at_its_field_and_the_rest_is_kept(number, message):
    data = {"name": "Een naam om te bewaren", "enterprise_number": number}
    response = client_of(UserFactory()).post("/nl/organisations/new/non_profit/", data)
    page = response.content.decode()
    assert response.status_code == 200
    assert 'value="Een naam om te bewaren"' in page
    assert f'value="{number}"' in page or not number
    assert 'href="#id_enterprise_number"' in page
    assert message in page
    assert not Organisation.objects.exists()


def test_an_organisation_registers_once(lead):
    data = {
        "name": "Again",
        "enterprise_number": lead.organisation.enterprise_number,
        "municipality": lead.organisation.municipality_id,
        "letter_language": "nl",
    }
    response = client_of(UserFactory()).post("/nl/organisations/new/non_profit/", data)
    assert f"/nl/organisations/{lead.organisation.uuid}/join/" in response.content.decode()
    assert Organisation.objects.count() == 1


# ── The sections ──────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("code", "field", "typed"),
    [
        ("offer", "household_sizes", "five"),
        ("offer", "household_sizes", "0"),
        ("offer", "household_sizes", "5, 99"),
        ("offer", "household_sizes", "1 " * 51),
        ("offer", "available_from_day", "31/31/2027"),
        ("stay", "dwellings-0-months", "11"),
        ("stay", "dwellings-0-months", "twaalf"),
        ("guidance", "guidance_hours", "0"),
        ("guidance", "guidance_hours", "99999999999999999999"),
        ("who", "contact_email", "no address"),
    ],
)
def test_a_wrong_answer_is_told_at_its_field_and_saves_nothing(lead, application, code, field, typed):
    before = Application.objects.values().get(pk=application.pk)
    response = client_of(lead.user).post(section_url(application, code), {field: typed})
    page = response.content.decode()
    assert response.status_code == 200
    name = field.removesuffix("_day")
    assert f'id="id_{name}_error"' in page
    assert f'href="#id_{name}{"_0" if name != field else ""}"' in page
    assert typed.strip() in page
    assert Application.objects.values().get(pk=application.pk) == before


def test_unfinished_work_is_saved(lead, application):
    response = client_of(lead.user).post(section_url(application, "guidance"), {"guidance_team": "Wij"}, follow=True)
    assert "niet volledig" in response.content.decode()
    application.refresh_from_db()
    assert (application.guidance_team, application.guidance_hours) == ("Wij", None)


def test_someone_elses_application_is_not_found(application):
    stranger = client_of(MembershipFactory().user)
    for name in ("application", "summary", "submit", "withdraw", "submitted", "parties"):
        url = reverse(f"applications:{name}", args=[application.uuid])
        assert stranger.get(url).status_code == 404
        assert stranger.post(url).status_code == 404
    assert stranger.post(section_url(application, "who"), {"contact_name": "x"}).status_code == 404
    application.refresh_from_db()
    assert (application.state, application.contact_name) == ("draft", "Contact of the town")


def test_a_party_answers_only_the_sections_of_its_aims(application, lead):
    partner = MembershipFactory()
    party = parties_services.invite(application, lead.user, name="P", email=partner.user.email, language="nl")
    parties_services.accept(party, partner.user, partner.organisation, stay=False, guidance=True)
    client = client_of(partner.user)
    assert client.get(section_url(application, "guidance")).status_code == 200
    assert client.get(section_url(application, "cooperation")).status_code == 200
    assert client.get(section_url(application, "stay")).status_code == 403
    assert client.post(section_url(application, "offer"), {"household_sizes": "1"}).status_code == 403


# ── Parties ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_an_invitation_is_for_the_invited_address_only(application, lead):
    party = parties_services.invite(application, lead.user, name="P", email="someone@else.example", language="nl")
    other = MembershipFactory()
    url = reverse("applications:accept_invitation", args=[party.uuid])
    response = client_of(other.user).post(url, {"organisation": other.organisation_id})
    assert response.status_code == 403
    party.refresh_from_db()
    assert party.state == "invited"


def test_an_organisation_takes_part_once(application, lead):
    colleague = MembershipFactory(organisation=lead.organisation)
    party = parties_services.invite(application, lead.user, name="P", email=colleague.user.email, language="nl")
    url = reverse("applications:accept_invitation", args=[party.uuid])
    response = client_of(colleague.user).post(url, {"organisation": lead.organisation_id})
    assert "neemt al deel" in response.content.decode()
    party.refresh_from_db()
    assert party.state == "invited"


def test_nobody_joins_with_an_organisation_that_is_not_theirs(application, lead):
    user, foreign = UserFactory(), OrganisationFactory()
    party = parties_services.invite(application, lead.user, name="P", email=user.email, language="nl")
    url = reverse("applications:accept_invitation", args=[party.uuid])
    client_of(user).post(url, {"organisation": foreign.pk})
    party.refresh_from_db()
    assert (party.state, party.organisation) == ("invited", None)


def test_a_waiting_invitation_keeps_the_application_from_being_submitted(application, lead):
    parties_services.invite(application, lead.user, name="P", email="late@town.example", language="nl")
    response = client_of(lead.user).post(reverse("applications:submit", args=[application.uuid]))
    assert response.status_code == 409
    assert "Partijen en doelen" in response.content.decode(), "where the invitation can be withdrawn"


# ── Signatures ────────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def party(application):
    return application.joined_parties[0]


def mail_code(party, user):
    return client_of(user).post(reverse("applications:mail_signing_code", args=[party.uuid]))


def sign_by_code(party, user, code):
    return client_of(user).post(reverse("applications:sign_by_code", args=[party.uuid]), {"code": code})


def test_no_signature_without_a_code(party, lead):
    response = sign_by_code(party, lead.user, "ABCDEF")
    assert response.status_code == 409
    assert "Vraag een nieuwe" in response.content.decode()
    assert not Signature.objects.exists()


def test_a_wrong_code_does_not_sign_and_five_end_the_code(party, lead):
    signatures.send_code(party, lead.user, lead.capacity)
    code = mailed_code(lead.user)
    for _try in range(signatures.ATTEMPTS):
        assert sign_by_code(party, lead.user, "WRONG3").status_code == 409
    response = sign_by_code(party, lead.user, code)
    assert response.status_code == 409
    assert not Signature.objects.exists()


def test_a_code_ends_after_ten_minutes(party, lead):
    signatures.send_code(party, lead.user, lead.capacity)
    code = mailed_code(lead.user)
    with clock.standing_at(clock.now() + timedelta(minutes=10, seconds=1)):
        assert sign_by_code(party, lead.user, code).status_code == 409
    assert not Signature.objects.exists()


def test_a_code_counts_for_the_content_that_was_read(application, party, lead):
    signatures.send_code(party, lead.user, lead.capacity)
    code = mailed_code(lead.user)
    saving.save_section(application, BY_CODE["who"], lead.user, {"contact_name": "Someone else"})
    response = sign_by_code(party, lead.user, code)
    assert response.status_code == 409
    assert not Signature.objects.exists()


def test_a_code_of_another_person_does_not_sign(party, lead):
    colleague = MembershipFactory(organisation=lead.organisation, capacity=Capacity.REPRESENTATIVE)
    signatures.send_code(party, colleague.user, colleague.capacity)
    assert sign_by_code(party, lead.user, mailed_code(colleague.user)).status_code == 409
    assert not Signature.objects.exists()


def test_a_code_signs_once(party, lead):
    signatures.send_code(party, lead.user, lead.capacity)
    code = mailed_code(lead.user)
    assert sign_by_code(party, lead.user, f" {code.lower()} ").status_code == 302
    with pytest.raises(Refused):
        signatures.sign(party, lead.user, lead.capacity, code)
    assert Signature.objects.count() == 1


def test_the_code_is_kept_nowhere_in_clear(party, lead):
    signatures.send_code(party, lead.user, lead.capacity)
    code = mailed_code(lead.user)
    assert code not in str(SignatureCode.objects.values().get())
    assert Mail.objects.latest("pk").sensitive


def test_someone_without_the_capacity_cannot_sign(party, lead):
    Membership.objects.filter(pk=lead.pk).update(capacity="")
    assert mail_code(party, lead.user).status_code == 403
    assert not SignatureCode.objects.exists()


def test_an_incomplete_application_cannot_be_signed(application, party, lead):
    Application.objects.filter(pk=application.pk).update(guidance_hours=None)
    assert mail_code(party, lead.user).status_code == 409
    assert not SignatureCode.objects.exists()


def test_an_edit_reopens_the_signature_and_undoing_it_restores_it(application, party, lead):
    sign(party, lead.user, lead.capacity)
    assert coverage.missing_signatures(application) == []
    section = BY_CODE["who"]
    saving.save_section(application, section, lead.user, {"contact_name": "Someone else"})
    fresh = Application.objects.get(pk=application.pk)
    assert len(coverage.missing_signatures(fresh)) == 1
    saving.save_section(application, section, lead.user, {"contact_name": "Contact of the town"})
    assert coverage.missing_signatures(Application.objects.get(pk=application.pk)) == []


# ── Submitting and deciding ───────────────────────────────────────────────────────────────────────────────────────────
def test_an_unsigned_party_keeps_the_application_from_being_submitted(application, lead):
    response = client_of(lead.user).post(reverse("applications:submit", args=[application.uuid]))
    assert response.status_code == 409
    assert "handtekeningen ontbreken" in response.content.decode()
    application.refresh_from_db()
    assert (application.state, application.reference) == ("draft", None)
    assert not Version.objects.exists()


def test_a_second_submit_changes_nothing(lead):
    application = submitted_application(lead)
    mails, entries = Mail.objects.count(), log.entries_of(application).count()
    response = client_of(lead.user).post(reverse("applications:submit", args=[application.uuid]), {"what": "submit"})
    assert response["Location"] == reverse("applications:submitted", args=[application.uuid])
    assert (Mail.objects.count(), log.entries_of(application).count()) == (mails, entries)
    assert Version.objects.count() == 1


def test_a_submitted_application_is_not_edited(lead):
    application = submitted_application(lead)
    client_of(lead.user).post(section_url(application, "who"), {"contact_name": "Too late"})
    application.refresh_from_db()
    assert application.contact_name == "Contact of the town"


def desk(user, name, application, **data):
    return client_of(user).post(
        reverse(f"desk_applications:{name}", args=[application.pk]), dossier_read(application) | data
    )


def test_a_decision_waits_for_the_reviews(in_review, officer):
    reviewed(in_review, officer)
    response = desk(officer, "prepare_decision", in_review, outcome="approve", reasons_nl="Yes.", contact=officer.pk)
    assert response.status_code == 200
    assert "2" in response.content.decode()
    assert not Decision.objects.exists()


def test_a_reviewer_does_not_decide(in_review, officer):
    both = UserFactory(groups=["Officers", "Deciders"])
    for person in (officer, both):
        reviewed(in_review, person)
    decision = prepared(in_review, both)
    response = client_of(both).post(reverse("desk_decisions:release", args=[decision.pk]))
    assert response.headers["Location"] == "/admin/"  # Wagtail's way of refusing
    with pytest.raises(PermissionDenied):
        released(decision, both)
    assert Decision.objects.get().state == "prepared"


def test_a_power_to_decide_ends(in_review, officer):
    decider = UserFactory(groups=["Deciders"])
    for person in (officer, UserFactory(groups=["Officers"])):
        reviewed(in_review, person)
    DecisionPower.objects.update(valid_until=clock.today() - timedelta(days=1))
    decision = prepared(in_review, decider, "decline")
    response = client_of(decider).post(reverse("desk_decisions:release", args=[decision.pk]))
    assert response.headers["Location"] == "/admin/"
    assert Decision.objects.get().state == "prepared"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"ask-5.2": ""}, "__all__"),
        ({"ask-5.2": "", "ask-2.1": "Who?"}, "__all__"),
        ({"due_on": "2020-01-01"}, "due_on"),
        ({"due_on": ""}, "due_on"),
    ],
)
def test_a_change_request_is_whole(in_review, officer, change, field):
    data = {"ask-5.2": "How many?", "due_on": str(date(2099, 1, 1)), **change}
    response = desk(officer, "send_request", in_review, **data)
    assert response.status_code == 200
    assert response.context["form"].errors.keys() == {field}
    in_review.refresh_from_db()
    assert in_review.state == "in_review"


def test_a_draft_is_not_seen_at_the_desk(application, officer):
    assert client_of(officer).get(reverse("desk_applications:inspect", args=[application.pk])).status_code == 404
    assert "demo" not in client_of(officer).get(reverse("desk_applications:index")).content.decode()


# ── References ────────────────────────────────────────────────────────────────────────────────────────────────────────
LETTER = st.sampled_from(references.ALPHABET)


@given(st.text(LETTER, min_size=5, max_size=5), st.integers(0, 5), LETTER)
def test_a_reference_with_one_slip_is_not_well_formed(text, place, slip):
    right = text + references.check_character(text)
    assert references.is_well_formed(f"HV-2027-{right}")
    wrong = right[:place] + slip + right[place + 1 :]
    assert references.is_well_formed(f"HV-2027-{wrong}") == (wrong == right)


@given(st.text(LETTER, min_size=5, max_size=5), st.integers(0, 4))
def test_a_reference_with_two_neighbours_swapped_is_not_well_formed(text, place):
    right = text + references.check_character(text)
    wrong = right[:place] + right[place + 1] + right[place] + right[place + 2 :]
    assert references.is_well_formed(f"HV-2027-{wrong}") == (wrong == right)


def test_a_new_reference_is_well_formed():
    assert references.is_well_formed(references.new_reference(2027))
