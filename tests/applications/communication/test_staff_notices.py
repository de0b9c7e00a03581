"""Notices: who is told of what, by which way, and what a notice does not tell."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse

from applications.case import handling_time
from applications.change_requests import services as change_requests_services
from applications.communication import messages, staff_notices
from applications.models import Application
from applications.review import assignment
from applications.review import services as review_services
from applications.workflow.transitions import APPLICATION
from partners.models import Capacity
from portal import clock
from portal.audit import log
from portal.models import Absence, Mail, Notice, NoticeChoice
from portal.staff import absences, notices
from tests.clients import client_of
from tests.factories import (
    MembershipFactory,
    UserFactory,
    application_in_review,
    review_assigned,
    reviewed,
    submitted_application,
)
from tests.races import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.each_database("applications.communication.staff_notices")]


@pytest.fixture
def officers(db):
    return [UserFactory(groups=["Officers"], language="en") for _number in range(3)]


@pytest.fixture
def dossier(lead, officers):
    """In review, looked after by the first, whose notices begin now."""
    application = application_in_review(lead, officers[0])
    assignment.assign_to(application, officers[0], officers[0])
    Notice.objects.all().delete()
    Mail.objects.all().delete()
    return application


def kinds(user) -> list[str]:
    return list(user.notices.order_by("pk").values_list("kind", flat=True))


def mails_to(user) -> int:
    return Mail.objects.filter(to=user.email).count()


def write(dossier, lead, text="A secret question"):
    return messages.send(dossier, lead.user, text, party=dossier.joined_parties[0])


def test_who_looks_after_it_is_told_and_who_stands_in_but_nobody_who_keeps_out(dossier, lead, officers):
    first, second, third = officers
    write(dossier, lead)
    assert (kinds(first), mails_to(first)) == (["message"], 1)
    today = clock.today()
    absences.keep(Absence(user=first, deputy=second, first_day=today, last_day=today), first)
    write(dossier, lead)
    assert (kinds(first), kinds(second), kinds(third)) == (["message"] * 2, ["message"], [])
    assert second.notices.get().stands_in_for == first
    assert str(first) in Mail.objects.get(to=second.email).text
    review_services.recuse(dossier, second, reason="work")
    write(dossier, lead)
    assert kinds(second) == ["message"]
    # What one was told before one withdrew is gone: list, number, link and mail.
    client = client_of(second)
    assert notices.unread(second) == 0
    assert dossier.reference not in client.get(reverse("desk_notices")).content.decode()
    assert client.get(reverse("desk_notice", args=[second.notices.get().pk])).status_code == 404
    assert not any("secret" in mail.subject + mail.text + mail.html for mail in Mail.objects.all())


def test_nobody_is_told_of_what_one_did_oneself(dossier, officers):
    first, second, _third = officers
    assignment.assign_to(dossier, second, second)
    assert kinds(second) == []
    assignment.assign_to(dossier, second, first)
    assert kinds(first) == ["assigned"]


def test_the_team_gets_the_mail_where_nobody_can_be_reached(lead, officers, settings):
    application = submitted_application(lead)
    team = Mail.objects.filter(to=settings.TEAM_EMAIL)
    assert team.count() == 1
    assert [kinds(officer) for officer in officers] == [["new_for_team"]] * 3
    write(application, lead)
    assert team.count() == 2
    APPLICATION.fire("withdraw", application, lead.user)
    assert team.count() == 3
    draft_is_nobodys = Notice.objects.exclude(about_id=application.pk)
    assert not draft_is_nobodys.exists()


def test_nothing_is_told_of_reviews_before_all_are_done(dossier, officers):
    first, second, third = officers
    decider, other = (UserFactory(groups=["Deciders"], language="en") for _number in range(2))
    other_power = staff_notices.powers_today().filter(user=other)
    other_power.update(valid_until=clock.today() - timedelta(days=1))
    for officer in (second, third):
        review_assigned(dossier, officer)
    assignment.assign_to(dossier, second, first)
    Notice.objects.all().delete()
    before = Mail.objects.count()
    reviewed(dossier, second, done=False)
    reviewed(dossier, second)
    assert Notice.objects.count() == 0
    assert Mail.objects.count() == before
    reviewed(dossier, third)
    assert kinds(decider) == kinds(first) == ["reviews_complete"]
    assert kinds(other) == kinds(second) == kinds(third) == []
    for user in (decider, first):
        page = client_of(user).get(reverse("desk_notices")).content.decode()
        assert dossier.reference in page
        for reviewer in (second, third):
            assert reviewer.last_name not in page
            assert not Mail.objects.filter(to=user.email, text__contains=reviewer.last_name).exists()


def test_where_reviews_differ_the_reviewers_are_told_and_when_settled_the_deciders(dossier, officers):
    _first, second, third = officers
    decider = UserFactory(groups=["Deciders"])
    for officer in (second, third):
        review_assigned(dossier, officer)
    reviewed(dossier, second)
    reviewed(dossier, third, "decline", 0)
    assert kinds(second)[-1] == "reviews_differ"
    assert kinds(decider) == []
    review_services.settle(dossier, third, advice="approve", reasons="We talked.")
    assert kinds(decider) == ["reviews_complete"]


def test_when_the_last_open_review_is_taken_back_the_others_are_complete(dossier, officers):
    decider = UserFactory(groups=["Deciders"])
    reviews = [review_assigned(dossier, officer) for officer in officers]
    for officer in officers[:2]:
        reviewed(dossier, officer)
    assert kinds(decider) == []
    review_services.take_back(dossier, officers[0], reviews[2])
    assert kinds(decider) == ["reviews_complete"]


def test_what_comes_later(dossier, lead, officers, settings):
    first, second, _third = officers
    review_assigned(dossier, second)
    Notice.objects.all().delete()
    change_requests_services.ask(dossier, first, asked={"5.2": "How many?"}, due_on=clock.today())
    with clock.standing_at(clock.now() + timedelta(days=2)):
        call_command("run_due", verbosity=0)
    assert kinds(first) == ["request_missed"]
    for request in Application.objects.get().change_requests.all():
        change_requests_services.cancel(request, first, reason="Found it.")
    with clock.standing_at(clock.now() + handling_time.term() + timedelta(days=1)):
        assert staff_notices.look_after_overdue() == 1
        assert staff_notices.look_after_overdue() == 0
    APPLICATION.fire("withdraw", Application.objects.get(), lead.user)
    assert kinds(first) == ["request_missed", "overdue", "withdrawn"]
    assert kinds(second) == ["withdrawn"]


def test_a_mail_that_did_not_arrive_is_told_and_a_notice_s_own_is_told_to_no_party(dossier, lead, officers):
    from portal.mail import outbox

    write(dossier, lead)
    own = Mail.objects.get(to=officers[0].email)
    outbox.give_up(own, Mail.State.BOUNCED, "5.1.1")
    assert kinds(officers[0]) == ["message"]
    assert not outbox.undelivered(dossier).exists()
    messages.send(dossier, officers[1], "An answer.")
    outbox.give_up(Mail.objects.filter(to=lead.user.email).last(), Mail.State.BOUNCED, "5.1.1")
    assert kinds(officers[0]) == ["message", "mail_undelivered"]


# ── Ways ──────────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_each_one_chooses_how_one_is_told(dossier, lead, officers):
    first = officers[0]
    client, page = client_of(first), reverse("desk_notice_choices")
    shown = client.get(page).context["form"]
    usual = {name: field.initial for name, field in shown.fields.items()}
    assert client.post(page, usual | {"message": "desk"}).status_code == 302
    assert NoticeChoice.objects.get().kind == "message"
    write(dossier, lead)
    assert (kinds(first), mails_to(first)) == (["message"], 0)
    assert client.post(page, usual | {"message": "pigeon"}).context["form"].errors
    client.post(page, usual)
    assert not NoticeChoice.objects.exists()
    write(dossier, lead)
    assert mails_to(first) == 1


def test_the_list_is_read(dossier, lead, officers, django_assert_max_num_queries):
    first = officers[0]
    client, page = client_of(first), reverse("desk_notices")
    write(dossier, lead)
    client.get(page)
    with django_assert_max_num_queries(40) as before:
        assert "(1)" in client.get(page).content.decode()
    for _number in range(4):
        write(dossier, lead)
    with django_assert_max_num_queries(len(before)):
        assert "(5)" in client.get(page).content.decode()
    notice = first.notices.first()
    opened = client.get(reverse("desk_notice", args=[notice.pk]))
    assert opened.url == reverse("desk_applications:inspect", args=[dossier.pk])
    assert notices.unread(first) == 4
    other = first.notices.last()
    client_of(officers[1]).post(reverse("desk_notices_read"), {"notice": other.pk})
    assert notices.unread(first) == 4
    client.post(reverse("desk_notices_read"), {"notice": other.pk})
    assert notices.unread(first) == 3
    client.post(reverse("desk_notices_read"))
    assert notices.unread(first) == 0


def test_one_mail_each_morning_where_something_is_new(dossier, lead, officers):
    first = officers[0]
    notices.choose(first, {"message": "digest"})
    # 6:30 and 7:00 in Belgium, in winter.
    early, morning = (datetime(2027, 1, 11, 5 + later, 30 * (1 - later), tzinfo=UTC) for later in (0, 1))

    def run(moment):
        with clock.standing_at(moment):
            notices.send_digests()
            notices.send_digests()
        return mails_to(first)

    with clock.standing_at(early - timedelta(hours=5)):
        write(dossier, lead)
        write(dossier, lead)
    assert run(early) == 0
    assert run(morning) == 1
    with clock.standing_at(morning + timedelta(minutes=1)):
        write(dossier, lead)
    assert run(morning + timedelta(hours=5)) == 1
    assert run(morning + timedelta(days=1)) == 2
    assert run(morning + timedelta(days=2)) == 2
    mail = Mail.objects.filter(to=first.email).first()
    assert mail.language == "en"
    assert mail.text.count(dossier.reference) == 2
    # Read in the desk, or about what one withdrew from: nothing is new.
    with clock.standing_at(morning + timedelta(days=2, hours=1)):
        write(dossier, lead)
        notices.mark_read(first.notices.all())
    assert run(morning + timedelta(days=3)) == 2
    with clock.standing_at(morning + timedelta(days=3, hours=1)):
        write(dossier, lead)
        review_services.recuse(dossier, first, reason="work")
    assert run(morning + timedelta(days=4)) == 2


def test_two_processes_in_the_morning_send_one_mail(own_transactions):
    officer = UserFactory(groups=["Officers"])
    lead = MembershipFactory(capacity=Capacity.REPRESENTATIVE)
    submitted_application(lead)
    assert kinds(officer) == ["new_for_team"]
    morning = datetime.combine(clock.today() + timedelta(days=1), datetime.min.time(), UTC) + timedelta(hours=9)

    def run():
        with clock.standing_at(morning):
            return notices.send_digests()

    assert sum(at_once(4, run)) == 1
    assert mails_to(officer) == 1
    assert log.last_number(Application.objects.get()) > 0
