"""What signatories are told: that it is their turn, that a signature no longer counts, and who stands in for them."""

from datetime import timedelta

import pytest
from django.urls import reverse

from applications.answers import saving
from applications.attachments import services as attachments_services
from applications.change_requests import services as change_requests_services
from applications.models import Application, Party
from applications.parties import departures, lead_transfer
from applications.parties import services as parties_services
from applications.questionnaire.questions import BY_CODE
from applications.signing import coverage
from applications.workflow.transitions import APPLICATION
from partners.models import Capacity
from partners.organisations import services as organisations_services
from partners.people import services as people_services
from portal import clock
from portal.files.validation import judge
from portal.models import Mail
from tests.applications.common import fresh
from tests.factories import (
    MembershipFactory,
    UserFactory,
    application_in_review,
    attach_what_is_needed,
    complete_application,
    sign,
    small_pdf,
)

pytestmark = [pytest.mark.django_db, pytest.mark.each_database("applications.submission.signatory_mails")]
ASKED, AGAIN, LAPSED, DEPUTY = "signature_asked", "signature_again", "signature_lapsed", "signature_deputy"


def told(template: str) -> list[str]:
    """To whom this mail went, in the order in which it was queued."""
    return list(Mail.objects.filter(key__contains=f":{template}:").order_by("pk").values_list("to", flat=True))


def signatory(membership, capacity=Capacity.REPRESENTATIVE, **user):
    """A colleague who only signs."""
    return MembershipFactory(
        organisation=membership.organisation, manager=False, contributor=False, capacity=capacity, **user
    )


def save(application, actor, code="guidance", **answers):
    return saving.save_section(application, BY_CODE[code], actor, answers)


@pytest.fixture
def lead():
    return MembershipFactory()


@pytest.fixture
def partner():
    return MembershipFactory()


@pytest.fixture
def application(lead):
    return complete_application(lead, guidance_team="")


def signed_by_each(lead, *others):
    """A complete draft of these organisations, each signed by a colleague who only signs; and these colleagues."""
    application = complete_application(lead)
    for membership in others:
        joined = parties_services.invite_organisation(application, lead.user, membership.organisation)
        parties_services.accept(joined, membership.user, membership.organisation, stay=False, guidance=True)
    Application.objects.filter(pk=application.pk).update(support_division="Even shares.")
    attach_what_is_needed(fresh(application))
    signing_people = [signatory(membership) for membership in (lead, *others)]
    for party, person in zip(fresh(application).joined_parties, signing_people, strict=True):
        sign(party, person.user, person.capacity)
    Mail.objects.all().delete()
    return fresh(application), *signing_people


@pytest.fixture
def shared(lead, partner):
    return signed_by_each(lead, partner)


# ── It is their turn ──────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_signatory_is_told_once_when_it_can_be_signed_in_the_own_language_with_one_link(application, lead):
    signs = signatory(lead, user__language="de")
    save(application, lead.user, "offer", guide_languages="Arabic")
    assert told(ASKED) == []
    save(application, lead.user, guidance_team="A team.")
    for number in range(10):
        save(application, lead.user, "offer", guide_languages=f"Arabic and {number} more")
    assert told(ASKED) == [signs.user.email]
    mail = Mail.objects.get(to=signs.user.email)
    address = reverse("applications:sign", args=[application.joined_parties[0].uuid])
    assert (mail.language, mail.text.count("/applications/"), address[3:] in mail.text) == ("de", 1, True)
    assert mail.subject.startswith("[Handlung nötig]")


def test_each_party_is_told_when_its_own_sections_are_done(lead, partner):
    """Who does not guide does not wait for the guidance."""
    application = complete_application(lead, guidance_team="")
    joined = parties_services.invite_organisation(application, lead.user, partner.organisation)
    parties_services.accept(joined, partner.user, partner.organisation, stay=False, guidance=True)
    own, others = signatory(lead), signatory(partner)
    parties_services.set_all_aims(
        application, lead.user, {application.joined_parties[0]: {"stay": True, "guidance": False}}
    )
    attach_what_is_needed(fresh(application))
    save(application, lead.user, "cooperation", support_division="Even shares.")
    assert told(ASKED) == [own.user.email]
    save(application, partner.user, guidance_team="A team.")
    assert told(ASKED) == [own.user.email, others.user.email]


@pytest.mark.parametrize("how", ["invited", "given the capacity", "confirmed after elections"])
def test_who_comes_to_sign_later_is_told_too(lead, how):
    organisation = lead.organisation
    complete_application(lead)
    if how == "invited":
        someone = UserFactory()
        roles = {"capacity": Capacity.REPRESENTATIVE}
        people_services.accept(
            people_services.invite(organisation, lead.user, email=someone.email, language="nl", **roles), someone
        )
    elif how == "given the capacity":
        colleague = MembershipFactory(organisation=organisation)
        people_services.set_roles(colleague, lead.user, capacity=Capacity.REPRESENTATIVE)
        someone = colleague.user
    else:
        found = signatory(lead)
        organisations_services.ask_signatories(organisation, UserFactory(groups=["Officers"]))
        assert told(ASKED) == []
        people_services.confirm_signatories(organisation, lead.user, {found.pk})
        someone = found.user
    assert told(ASKED) == [someone.email]


def test_who_stands_in_for_an_absent_signatory_is_told(application, lead):
    signs, deputy = signatory(lead), MembershipFactory(organisation=lead.organisation)
    today = clock.today()
    people_services.set_absence(signs, today, today + timedelta(days=20), deputy)
    save(application, lead.user, guidance_team="A team.")
    assert (told(ASKED), told(DEPUTY)) == ([signs.user.email], [deputy.user.email])
    assert str(signs.user) in Mail.objects.get(key__contains=DEPUTY).text


# ── A signature lapsed ────────────────────────────────────────────────────────────────────────────────────────────────
def test_when_a_third_party_leaves_each_signatory_is_told_why_and_what_to_do(lead, partner):
    third = MembershipFactory()
    application, *people_signing = signed_by_each(lead, partner, third)
    departures.leave(party_of(application, third), third.user)
    assert told(AGAIN) == [person.user.email for person in people_signing[:2]]
    for party, person in zip(fresh(application).joined_parties, people_signing[:2], strict=True):
        text = Mail.objects.get(to=person.user.email).text
        assert "Een organisatie vertrok" in text, "why"
        assert third.organisation.name in text
        assert text.count("/applications/") == 1, "one link, to sign"
        assert reverse("applications:sign", args=[party.uuid])[3:] in text


def test_an_hour_of_edits_lapses_a_signature_once_and_asks_for_it_again_once(shared, lead):
    application, own, others = shared
    for number in range(5):
        save(application, lead.user, guidance_team=f"Team {number}.")
    assert (told(AGAIN), told(LAPSED), told(ASKED)) == ([own.user.email, others.user.email], [], [])
    sign(fresh(application).joined_parties[0], own.user, own.capacity)
    save(application, lead.user, guidance_team="")
    assert told(LAPSED) == [own.user.email], "nothing to do before it is complete"
    for number in range(5):
        save(application, lead.user, guidance_team=f"Team {number} again.")
    assert told(ASKED) == [own.user.email]
    assert told(AGAIN) == [own.user.email, others.user.email]


def paper(application, lead, name="more.pdf"):
    return attachments_services.attach(
        application, lead.user, "accounts", application.joined_parties[0], judge(small_pdf(name), name)
    )


def party_of(application, membership) -> Party:
    return next(party for party in fresh(application).joined_parties if party.organisation == membership.organisation)


def take_the_lead(application, lead, partner):
    lead_transfer.offer(party_of(application, partner), lead.user)
    lead_transfer.take(party_of(application, partner), partner.user)


CHANGES = {
    "an answer": lambda application, lead, partner: save(application, lead.user, "offer", guide_languages="Dari"),
    "rows": lambda application, lead, partner: save(application, lead.user, "stay", dwellings=[]),
    "a file added": lambda application, lead, partner: paper(application, lead),
    "a file refused": lambda application, lead, partner: attachments_services.settle(paper(application, lead), "Eicar"),
    "aims": lambda application, lead, partner: parties_services.set_all_aims(
        application, lead.user, {party_of(application, lead): {"stay": True, "guidance": False}}
    ),
    "a party removed": lambda application, lead, partner: departures.remove(party_of(application, partner), lead.user),
    "the lead": take_the_lead,
    "the name of an organisation": lambda application, lead, partner: organisations_services.change(
        lead.organisation, lead.user, name="Under another name"
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_lapses_a_signature_tells_who_gave_it(shared, lead, partner, change):
    application, own, _others = shared
    CHANGES[change](application, lead, partner)
    assert coverage.missing_capacities(party_of(application, lead)), "it lapsed"
    assert own.user.email in told(AGAIN) + told(LAPSED)


def test_what_covers_another_party_only_lapses_nothing(shared, lead):
    application, own, others = shared
    parties_services.set_all_aims(
        application, lead.user, {application.joined_parties[0]: {"stay": True, "guidance": False}}
    )
    for party, person in zip(fresh(application).joined_parties, (own, others), strict=True):
        sign(party, person.user, person.capacity)
    Mail.objects.all().delete()
    save(application, lead.user, guidance_team="Another team.")
    assert told(AGAIN) == [others.user.email]


def test_nobody_is_mailed_what_one_did_oneself(lead):
    """Who lapses the own signature is told so on the page, before and after."""
    lead.capacity = Capacity.REPRESENTATIVE
    lead.save()
    application = complete_application(lead)
    sign(application.joined_parties[0], lead.user, lead.capacity)
    save(application, lead.user, guidance_team="Another team.")
    assert told(ASKED) + told(AGAIN) + told(LAPSED) == []


# ── What Fedasil asks of one party ────────────────────────────────────────────────────────────────────────────────────
def test_a_request_to_one_party_is_an_action_for_it_and_a_note_for_the_others(shared, lead, partner):
    application, *_signing = shared
    officer = UserFactory(groups=["Officers"])
    APPLICATION.fire("submit", application, lead.user)
    APPLICATION.fire("begin_review", application, officer)
    asked, due_on = {"5.1": "Who?"}, clock.today() + timedelta(days=9)
    change_requests_services.ask(
        fresh(application), officer, asked=asked, due_on=due_on, party=party_of(application, partner)
    )
    action = Mail.objects.get(key__contains=":changes_requested:")
    note = Mail.objects.get(key__contains=":changes_requested_note:")
    assert (action.to, action.subject.startswith("[Actie nodig]")) == (partner.user.email, True)
    assert (note.to, note.subject.startswith("[")) == (lead.user.email, False)
    assert partner.organisation.name in note.subject


def test_what_names_no_party_is_an_action_for_those_who_can_answer_it(lead):
    officer = UserFactory(groups=["Officers"])
    lead.capacity = Capacity.REPRESENTATIVE
    lead.save()
    application = application_in_review(lead, officer)
    change_requests_services.ask(application, officer, asked={"5.1": "Who?"}, due_on=clock.today() + timedelta(days=9))
    assert Mail.objects.get(key__contains=":changes_requested").to == lead.user.email
