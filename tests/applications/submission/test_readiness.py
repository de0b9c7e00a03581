"""Who is waited for: one answer, on every page, in tasks and mails, and by the guard of submitting."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from applications.change_requests import services as change_requests_services
from applications.models import Application, Attachment, Intake
from applications.pages import my_page
from applications.parties import lead_transfer
from applications.parties import services as parties_services
from applications.submission.next_steps import next_steps
from applications.submission.readiness import Kind, awaited, blockers, waited_for
from applications.workflow.transitions import APPLICATION
from partners.models import Capacity
from portal import clock
from portal.models import Mail
from portal.workflow import Refused
from tests.applications.common import fresh
from tests.factories import MembershipFactory, UserFactory, attach_what_is_needed, complete_application, sign

pytestmark = pytest.mark.django_db
CLOSED = "Wij nemen nu geen aanvragen aan."


@pytest.fixture
def partner():
    return MembershipFactory(capacity=Capacity.REPRESENTATIVE)


@pytest.fixture
def application(lead, partner):
    """A draft of two organisations that lacks nothing."""
    application = complete_application(lead)
    joined = parties_services.invite_organisation(application, lead.user, partner.organisation)
    parties_services.accept(joined, partner.user, partner.organisation, stay=False, guidance=False)
    Application.objects.filter(pk=application.pk).update(support_division="Even shares.")
    attach_what_is_needed(fresh(application))
    for party, person in zip(fresh(application).joined_parties, (lead, partner), strict=True):
        sign(party, person.user, person.capacity)
    return fresh(application)


def close_intake(application, lead, partner):
    texts = {f"text_{language}": CLOSED for language in ("nl", "fr", "de", "en")}
    Intake.objects.create(state=Intake.State.CLOSED, valid_from=clock.now(), **texts)


def invite(application, lead, partner):
    parties_services.invite(application, lead.user, name="Third house", email="third@town.example", language="nl")


def offer_lead(application, lead, partner):
    lead_transfer.offer(fresh(application).joined_parties[1], lead.user)


def open_section(application, lead, partner):
    Application.objects.filter(pk=application.pk).update(guidance_team="")


def unsign(application, lead, partner):
    application.joined_parties[1].signatures.all().delete()


def unscan(application, lead, partner):
    Attachment.objects.filter(party=application.joined_parties[0], kind="accounts").update(state="waiting")


# What is done, what is waited for then, who is named for it, and words of each page and of no other state.
STATES = {
    "nothing": (None, set(), "", ("Klaar:",)),
    "the intake is closed": (close_intake, {Kind.INTAKE}, "Fedasil", ("Fedasil neemt nu geen aanvragen aan",)),
    "an invitation is open": (invite, {Kind.INVITATION}, "Third house", ("Third house",)),
    "the lead is offered": (offer_lead, {Kind.LEAD}, "partner", ("leiding",)),
    "a section is open": (open_section, {Kind.SECTIONS, Kind.SIGNATURE}, "lead", ("1 deel",)),
    "a signature is missing": (unsign, {Kind.SIGNATURE}, "partner", ("handtekeningen",)),
    "a file is not scanned": (unscan, {Kind.FILES}, "", ("viruscontrole",)),
}


@pytest.mark.parametrize("state", STATES)
def test_every_answer_to_who_is_waited_for_is_the_same(application, lead, partner, state):
    act, kinds, name, words = STATES[state]
    if act:
        act(application, lead, partner)
    name = {"lead": lead.organisation.name, "partner": partner.organisation.name}.get(name, name)
    now = fresh(application)
    assert {found.kind for found in blockers(now)} == kinds
    assert name in "".join(waited_for(now))

    client, page = Client(), {}
    client.force_login(lead.user)
    for where in ("application", "summary", "submit"):
        page[where] = client.get(reverse(f"applications:{where}", args=[now.uuid])).content.decode()
    page["my page"] = client.get(reverse("applications:list")).content.decode()
    ready = not kinds
    # Each page offers to submit, or says why not.
    assert ("Iedereen ondertekende. Dien de aanvraag nu in." in page["application"]) is ready
    assert ('id="waited-for"' in page["summary"]) is not ready
    assert (f"{now.uuid}/submit/" in page["my page"].split('id="tasks"')[-1].split("<h2")[0]) is ready
    assert ("Alles is er. Nadat u de aanvraag hebt ingediend" in page["submit"]) is ready
    for word in words:
        assert word in my_page.waits_for(now)
    assert "Klaar:" in my_page.waits_for(now) or not ready
    steps = next_steps(now)
    assert (steps[0].who == now.lead.name and len(steps) == 3) is ready
    if name:
        assert name in steps[0].who
        assert name in page["submit"]
        assert all(word in page["my page"] for word in words)
    # The guard agrees with what is said.
    if ready:
        assert APPLICATION.fire("submit", now, lead.user).state == "submitted"
    else:
        with pytest.raises(Refused) as refused:
            APPLICATION.fire("submit", now, lead.user)
        assert len(refused.value.messages) == len(kinds)


def test_who_is_invited_is_named_and_not_the_lead_whose_section_it_is(application, lead, partner):
    invite(application, lead, partner)
    assert waited_for(fresh(application)) == ["Third house: de uitnodiging beantwoorden"]


def test_signed_while_the_intake_is_closed_the_lead_reads_that_and_is_not_told_to_submit(application, lead, partner):
    signature = application.joined_parties[1].signatures.get()
    signature.delete()
    close_intake(application, lead, partner)
    sign(fresh(application).joined_parties[1], partner.user, partner.capacity)
    mail = Mail.objects.filter(to=lead.user.email, key__contains=":all_signed").latest("pk")
    assert (":all_signed_closed:" in mail.key, mail.subject.startswith("[")) == (True, False)


def test_an_offered_lead_that_is_refused_or_taken_back_leaves_the_draft_ready(application, lead, partner):
    offer_lead(application, lead, partner)
    lead_transfer.refuse(fresh(application).joined_parties[1], partner.user)
    assert blockers(fresh(application)) == []


def test_a_change_that_is_asked_of_one_party_waits_for_that_party_everywhere(application, lead, partner):
    officer = UserFactory(groups=["Officers"])
    APPLICATION.fire("submit", application, lead.user)
    APPLICATION.fire("begin_review", application, officer)
    asked, due_on = {"6.4": "When?"}, clock.today() + timedelta(days=9)
    party = fresh(application).joined_parties[1]
    change_requests_services.ask(fresh(application), officer, asked=asked, due_on=due_on, party=party)
    now = fresh(application)
    (found,) = awaited(now)
    assert (found.kind, found.whom, blockers(now)) == (Kind.REQUEST, (party.name,), [])
    assert (next_steps(now)[0].who, party.name in my_page.waits_for(now)) == (party.name, True)
