"""After the submission: requests and their answers, what comes next, the clock, withdrawing."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from applications.answers import saving
from applications.case.handling_time import handling_time
from applications.change_requests import services as change_requests_services
from applications.change_requests.presentation import RequestsShown
from applications.models import Application, ChangeRequest, ChangeRequestItem, Party
from applications.parties import services as parties_services
from applications.questionnaire.answers import answer
from applications.questionnaire.questions import BY_CODE, SECTIONS
from applications.versions.diff import differences
from applications.workflow.transitions import APPLICATION
from partners.models import Capacity
from partners.people.person import Person
from portal import clock
from portal.audit import log
from portal.models import LogNote, Mail
from portal.workflow import NotAllowed, Refused
from tests.applications.common import SOON, fresh, save, sign_again, url
from tests.clients import client_of
from tests.factories import (
    MembershipFactory,
    UserFactory,
    application_in_review,
    attach_what_is_needed,
    complete_application,
    sign,
    submitted_application,
)
from tests.races import at_once
from tests.seen import dossier_read

pytestmark = pytest.mark.django_db


def item(application, number):
    return ChangeRequestItem.objects.get(request__application=application, question=number)


# ── Requests ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_where_one_answers_stands_what_is_asked(asked, lead):
    page = client_of(lead.user).get(url("applications:section", asked.uuid, "guidance")).content.decode()
    assert "How many in the first month?" in page
    assert "Which others?" not in page


def test_some_answers_are_sent_and_the_rest_stays_open(asked, lead):
    save(asked, "guidance", lead.user, guidance_hours=14)
    sign_again(asked, lead)
    page = client_of(lead.user).get(url("applications:submit", asked.uuid)).content.decode()
    hours, languages = item(asked, "5.2"), item(asked, "3.6")
    assert f'value="{hours.pk}" checked' in page
    assert f'value="{languages.pk}" checked' not in page
    client_of(lead.user).post(url("applications:submit", asked.uuid), {"choose": "1", "items": [hours.pk]})
    now = fresh(asked)
    assert now.state == "changes_requested"
    assert now.versions.count() == 2
    hours.refresh_from_db()
    assert hours.answered_in.number == 2
    assert saving.unlocked_numbers(now, Person(lead.user)) == {"3.6"}
    save(now, "offer", lead.user, guide_languages="Dutch")
    sign_again(asked, lead)
    assert change_requests_services.send(fresh(asked), lead.user).state == "in_review"
    assert ChangeRequest.objects.get().state == "answered"
    versions = list(now.versions.all())
    assert [(found.number, found.before, found.after) for found in differences(versions[0], versions[2])] == [
        ("3.6", "Dutch, French, Arabic", "Dutch"),
        ("5.2", "10", "14"),
    ]
    assert differences(versions[2], fresh(asked)) == []


def test_nothing_chosen_or_something_that_is_no_longer_asked_is_not_sent(asked, lead, officer):
    with pytest.raises(Refused):
        change_requests_services.send(asked, lead.user, [])
    number = item(asked, "5.2").pk
    change_requests_services.cancel(asked.change_requests.get(), officer, reason="Found it.")
    with pytest.raises(NotAllowed):
        change_requests_services.send(asked, lead.user, [number])
    assert asked.versions.count() == 1


def test_only_the_named_party_and_the_lead_can_answer(lead, officer):
    application = complete_application(lead)
    people = {}
    for aim in ("stay", "guidance"):
        partner = MembershipFactory(capacity=Capacity.REPRESENTATIVE)
        party = parties_services.invite(application, lead.user, name="P", email=partner.user.email, language="nl")
        aims = {"stay": aim == "stay", "guidance": aim == "guidance"}
        people[aim] = partner, parties_services.accept(party, partner.user, partner.organisation, **aims)
    Application.objects.filter(pk=application.pk).update(support_division="Even.")
    attach_what_is_needed(fresh(application))
    for membership, party in [(lead, application.parties.get(is_lead=True)), *people.values()]:
        sign(Party.objects.get(pk=party.pk), membership.user, membership.capacity)
    APPLICATION.fire("submit", application, lead.user)
    APPLICATION.fire("begin_review", application, officer)
    guides, housing = people["guidance"][1], people["stay"][0]
    with pytest.raises(Refused):
        change_requests_services.ask(application, officer, asked={"4.2": "How?"}, due_on=SOON, party=guides)
    change_requests_services.ask(application, officer, asked={"6.4": "When?"}, due_on=SOON, party=guides)
    now = fresh(application)
    with pytest.raises(NotAllowed):
        save(now, "cooperation", housing.user, evaluation="yearly")
    assert client_of(housing.user).get(url("applications:section", now.uuid, "cooperation")).status_code == 302
    assert save(now, "cooperation", people["guidance"][0].user, evaluation="yearly").evaluation == "yearly"
    assert save(now, "cooperation", lead.user, evaluation="quarterly").evaluation == "quarterly"
    told = set(Mail.objects.filter(key__contains=":changes_requested_note:").values_list("to", flat=True))
    assert told == {housing.user.email, lead.user.email}


def test_a_cancelled_request_puts_back_what_was_not_sent_and_keeps_the_text(asked, lead, officer):
    save(asked, "guidance", lead.user, guidance_hours=14)
    page = client_of(officer).post(
        reverse("desk_applications:cancel_request", args=[asked.change_requests.get().pk]),
        {"reason": "Found it.", **dossier_read(asked)},
    )
    assert page.status_code == 302
    now = fresh(asked)
    assert (now.state, now.guidance_hours) == ("in_review", 10)
    request = ChangeRequest.objects.get()
    assert (request.state, request.reason) == ("cancelled", "Found it.")
    assert item(now, "5.2").unsent == "14"
    # The thread stays readable; the unsent text for the parties alone.
    assert not APPLICATION.allows("answer_changes", now, lead.user)
    shown = client_of(lead.user).get(url("applications:requests", asked.uuid, language="en")).content.decode()
    assert "Found it." in shown
    assert "What you had not sent" in shown
    desk = client_of(officer).get(reverse("desk_applications:inspect", args=[asked.pk])).content.decode()
    assert "Found it." in desk
    assert log.entries_of(asked).get(action="request_cancelled").data == {"request": request.pk, "put_back": ["5.2"]}


def test_one_of_two_requests_cancelled_leaves_the_other_open(asked, officer):
    change_requests_services.ask(asked, officer, asked={"6.4": "When?"}, due_on=SOON)
    with pytest.raises(Refused):
        change_requests_services.ask(asked, officer, asked={"6.4": "When?"}, due_on=SOON)
    first, second = asked.change_requests.all()
    change_requests_services.cancel(first, officer, reason="No.")
    assert fresh(asked).state == "changes_requested"
    change_requests_services.cancel(second, officer, reason="No.")
    assert fresh(asked).state == "in_review"
    with pytest.raises(Refused):
        change_requests_services.cancel(second, officer, reason="Again.")


def test_the_preview_shows_what_the_parties_will_see_and_sends_nothing(in_review, officer, lead):
    client, address = client_of(officer), reverse("desk_applications:request_changes", args=[in_review.pk])
    data = {"ask-5.2": "Only <in> the first month?", "text": "Dear all", "due_on": "2099-01-31"}
    data |= dossier_read(in_review)
    preview = client.post(address, data).content.decode()
    assert not ChangeRequest.objects.exists()
    client.post(f"{address}send/", data)
    seen = client_of(lead.user).get(url("applications:application", in_review.uuid)).content.decode()
    for page in (preview, seen):
        assert "Only &lt;in&gt; the first month?" in page
        assert "31 januari 2099" in page
        assert '<dd class="govuk-summary-list__value">10</dd>' in page
    again = client.post(f"{address}edit/", data)
    assert again.context["form"]["ask-5.2"].value() == data["ask-5.2"]


def test_reminders_once_a_notice_when_missed_and_more_time(asked, officer, lead):
    ChangeRequest.objects.update(due_on=clock.today() + timedelta(days=20))
    request, start = ChangeRequest.objects.get(), clock.now()

    def on_day(days):
        with clock.standing_at(start + timedelta(days=days)):
            call_command("run_due", verbosity=0)
            call_command("run_due", verbosity=0)
        return Mail.objects.filter(key__contains=":request_due:").count()

    assert [on_day(days) for days in (1, 12, 13, 15, 19, 20)] == [0, 0, 1, 1, 2, 2]
    assert not officer.notices.filter(kind="request_missed").exists()
    on_day(21)
    on_day(22)
    notice = officer.notices.get(kind="request_missed")
    assert Mail.objects.get(key=f"notice:{notice.pk}").to == officer.email
    assert fresh(asked).state == "changes_requested"
    with clock.standing_at(start + timedelta(days=22)):
        with pytest.raises(Refused):
            change_requests_services.extend(request, officer, due_on=request.due_on)
        address = reverse("desk_applications:extend_request", args=[request.pk])
        later = clock.today() + timedelta(days=30)
        assert client_of(officer).post(address, {"due_on": later.isoformat(), **dossier_read(asked)}).status_code in (
            302,
            200,
        )
        change_requests_services.extend(ChangeRequest.objects.get(), officer, due_on=later + timedelta(days=1))
    request.refresh_from_db()
    assert (request.missed, request.reminded) == (False, None)


def test_asked_late_there_is_no_reminder_for_days_that_were_never_left(in_review, officer):
    change_requests_services.ask(in_review, officer, asked={"5.2": "?"}, due_on=clock.today() + timedelta(days=3))
    call_command("run_due", verbosity=0)
    assert not Mail.objects.filter(key__contains=":request_due:").exists()


def test_cancelled_and_answered_at_once_only_one_of_them_happens(own_transactions):
    lead = MembershipFactory(capacity=Capacity.REPRESENTATIVE)
    officer = UserFactory(groups=["Officers"])
    application = application_in_review(lead, officer)
    change_requests_services.ask(application, officer, asked={"5.2": "?"}, due_on=SOON)
    request = ChangeRequest.objects.get()
    save(application, "guidance", lead.user, guidance_hours=14)
    sign_again(application, lead)
    verbs = [
        lambda: change_requests_services.cancel(ChangeRequest.objects.get(pk=request.pk), officer, reason="Found it."),
        lambda: change_requests_services.send(fresh(application), lead.user),
    ] * 2
    results = at_once(4, lambda: verbs.pop()())
    happened = [result for result in results if not isinstance(result, Refused)]
    assert len(happened) == 1
    now, request = fresh(application), ChangeRequest.objects.get()
    assert now.state == "in_review"
    answered = request.state == "answered"
    assert now.versions.count() == (2 if answered else 1)
    assert now.guidance_hours == (14 if answered else 10)
    assert Mail.objects.filter(key__contains=":changes_received:").exists() == answered


class OnlyWhatIsNamed(TestCase):
    """Whatever someone sends while changes are requested, only the questions that are named ever change."""

    @given(data=st.data())
    @settings(deadline=None, max_examples=25)
    def test_only_named_questions_change(self, data):
        lead = MembershipFactory(capacity=Capacity.REPRESENTATIVE)
        officer = UserFactory(groups=["Officers"])
        application = application_in_review(lead, officer)
        numbers = ["1.1", "3.6", "4.2", "5.2", "5.3", "6.3", "7.1"]
        named = data.draw(st.sets(st.sampled_from(numbers), min_size=1))
        change_requests_services.ask(application, officer, asked=dict.fromkeys(named, "?"), due_on=SOON)
        before = {number: found["answer"] for number, found in answers_of(fresh(application)).items()}
        client = client_of(lead.user)
        for code in data.draw(st.lists(st.sampled_from([section.code for section in SECTIONS]), max_size=4)):
            typed = {
                question.field: data.draw(st.sampled_from(["7", "Text", ""])) for question in BY_CODE[code].questions
            }
            client.post(url("applications:section", application.uuid, code), typed)
        after = {number: found["answer"] for number, found in answers_of(fresh(application)).items()}
        assert {number for number in after if after[number] != before[number]} <= named


def answers_of(application) -> dict:
    return {
        question.number: {"answer": answer(application, question)}
        for section in SECTIONS
        for question in section.asked(application)
    }


def test_what_comes_next_names_who_and_when(asked, lead):
    page = client_of(lead.user).get(url("applications:application", asked.uuid, language="en")).content.decode()
    steps = page.split('id="next-steps"')[1].split("</ol>")[0]
    assert steps.index(str(lead.organisation)) < steps.index("Fedasil")
    assert "2099" in steps
    assert RequestsShown(fresh(asked), Person(lead.user)).open


# ── The clock ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_the_clock_stands_still_while_the_applicant_has_it(lead, officer):
    start = clock.now()

    def on_day(days, verb):
        with clock.standing_at(start + timedelta(days=days)):
            verb()

    application = submitted_application(lead)
    on_day(3, lambda: APPLICATION.fire("begin_review", application, officer))
    on_day(5, lambda: change_requests_services.ask(application, officer, asked={"5.2": "?"}, due_on=SOON))
    on_day(9, lambda: change_requests_services.ask(application, officer, asked={"5.3": "?"}, due_on=SOON))
    for request in ChangeRequest.objects.all():
        on_day(30, lambda request=request: change_requests_services.cancel(request, officer, reason="No."))
    with clock.standing_at(start + timedelta(days=34)):
        now = fresh(application)
        assert handling_time(now).days in (8, 9)
        APPLICATION.fire("withdraw", application, lead.user)
    with clock.standing_at(start + timedelta(days=90)):
        assert handling_time(fresh(application)).days in (8, 9)


# ── Withdrawing ───────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("state", ["draft", "submitted", "in_review", "changes_requested"])
def test_it_can_be_withdrawn_before_the_decision_with_a_reason_beside_the_log(lead, officer, state):
    application = complete_application(lead) if state == "draft" else submitted_application(lead)
    if state in ("in_review", "changes_requested"):
        APPLICATION.fire("begin_review", application, officer)
    if state == "changes_requested":
        change_requests_services.ask(application, officer, asked={"5.2": "?"}, due_on=SOON)
    colleague = MembershipFactory(organisation=lead.organisation)
    client = client_of(lead.user)
    client.post(url("applications:withdraw", application.uuid), {"reason": "The house was sold."})
    now = fresh(application)
    assert (now.state, now.clock_started_at) == ("withdrawn", None)
    assert LogNote.objects.get().text == "The house was sold."
    assert "sold" not in str(log.entries_of(now).get(action="withdraw").data)
    assert "The house was sold." in client.get(url("applications:application", now.uuid)).content.decode()
    told = set(
        Mail.objects.filter(key__startswith="application:", key__contains=":withdrawn:").values_list("to", flat=True)
    )
    assert told == {lead.user.email, colleague.user.email}
    assert not ChangeRequest.objects.filter(state="open").exists()
    assert client.post(url("applications:withdraw", now.uuid)).status_code == 409
