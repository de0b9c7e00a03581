"""The team: who gets a new application by rule, who is away, who stands in, and handing over."""

from datetime import timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from applications.models import Application, AssignmentRule
from applications.review import assignment
from applications.review import services as review_services
from portal import clock
from portal.audit import log
from portal.models import Absence, Mail
from portal.models.absence import covers
from portal.staff import absences
from portal.workflow import Refused
from tests.clients import client_of
from tests.factories import UserFactory, application_in_review, submitted_application
from tests.races import at_once
from tests.seen import dossier_read

pytestmark = [pytest.mark.django_db, pytest.mark.each_database("applications.review.assignment")]
EAST_FLANDERS = "40000"
DAY = timedelta(days=1)


def rule(officer, province="", language="", order=1):
    return AssignmentRule.objects.create(province=province, language=language, officer=officer, order=order)


def absent(user, deputy, first=0, last=9):
    today = clock.today()
    days = {"first_day": today + first * DAY, "last_day": today + last * DAY}
    return absences.keep(Absence(user=user, deputy=deputy, **days), user)


# ── By rule ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_the_rule_that_fits_best_names_the_officer(lead, officers):
    catch_all, by_language, by_both = officers
    application = submitted_application(lead)
    assert application.assignee is None
    assert assignment.whom_the_rules_name(application) is None
    rule(catch_all)
    rule(by_language, language="nl")
    assert assignment.whom_the_rules_name(application) == by_language
    of_province = rule(catch_all, province=EAST_FLANDERS)
    assert assignment.whom_the_rules_name(application) == catch_all
    best = rule(by_both, province=EAST_FLANDERS, language="nl", order=2)
    first = rule(by_language, province=EAST_FLANDERS, language="nl", order=1)
    assert assignment.whom_the_rules_name(application) == by_language
    review_services.recuse(application, by_language, reason="work")
    assert assignment.whom_the_rules_name(application) == by_both
    by_both.groups.clear()
    assert assignment.whom_the_rules_name(application) == catch_all
    AssignmentRule.objects.filter(pk__in=[best.pk, first.pk, of_province.pk]).delete()
    rule(by_both, province="10000")
    assert assignment.whom_the_rules_name(application) == catch_all


def work_of(user) -> set[Application]:
    """What stands in the inbox under one's own work."""
    page = client_of(user).get(reverse("desk_applications:index"), {"work": "mine"})
    return {Application.objects.get(pk=row.pk) for row in page.context["object_list"]}


def test_a_submission_goes_to_the_officer_of_the_rule_and_to_the_deputy_of_an_absent_one(lead, officers):
    first, second, third = officers
    rule(first)
    application = submitted_application(lead)
    assert Application.objects.get().assignee == first
    assert log.entries_of(application).last().action == "assigned"
    absent(first, second)
    absent(second, third)
    other = submitted_application(lead)
    assert Application.objects.get(pk=other.pk).assignee == third
    # What the absent have is under the work of who acts for them.
    assert work_of(third) == {application, other}
    assert work_of(second) == set()
    assert work_of(first) == {application}
    with clock.standing_at(clock.now() + 30 * DAY):
        assert work_of(third) == {other}
    review_services.recuse(application, third, reason="work")
    assert work_of(third) == {other}
    page = client_of(second).get(reverse("desk_applications:inspect", args=[application.pk])).content.decode()
    assert str(first) in page
    assert str(second) in page


def test_deputies_in_a_circle_leave_it_to_the_team(lead, officers, settings):
    first, second, third = officers
    rule(first)
    absent(first, second, 0, 9)
    absent(second, first, 0, 12)
    application = submitted_application(lead)
    assert application.assignee is None
    assert Mail.objects.filter(to=settings.TEAM_EMAIL, key__startswith="notice:new_for_team").count() == 1
    assert third.notices.get().kind == "new_for_team"


PEOPLE = st.integers(1, 8)


@given(st.dictionaries(PEOPLE, PEOPLE), PEOPLE)
def test_a_chain_of_deputies_ends_with_someone_who_is_there_or_goes_round(absent_now, person):
    found = absences.present(person, absent_now)
    passed = [person]
    while passed[-1] in absent_now and passed.count(passed[-1]) == 1:
        passed.append(absent_now[passed[-1]])
    assert found not in absent_now
    assert (found is None) == (passed[-1] in absent_now)
    assert found in (None, passed[-1])


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 6)), max_size=6), st.integers(0, 20), st.integers(0, 8))
def test_whether_days_are_covered_is_whether_each_day_is(spans, first, length):
    today = clock.today()
    found = [Absence(first_day=today + a * DAY, last_day=today + (a + b) * DAY) for a, b in spans]
    last = first + length
    each = all(any(a <= day <= a + b for a, b in spans) for day in range(first, last + 1))
    assert covers(found, today + first * DAY, today + last * DAY) == each


# ── Absences ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_one_says_when_one_is_away_and_comes_back(officers):
    first, second, third = officers
    client, page = client_of(first), reverse("desk_absence")
    today = clock.today()
    sent = {"first_day": today.isoformat(), "last_day": (today + 5 * DAY).isoformat(), "deputy": second.pk}
    assert client.post(page, sent | {"last_day": (today - DAY).isoformat()}).context["form"].errors
    assert client.post(page, sent | {"deputy": first.pk}).context["form"].errors
    assert client.post(page, sent).status_code == 302
    assert client.post(page, sent | {"deputy": third.pk}).context["form"].errors, "touches the first"
    # A deputy who is there for a part of it will do.
    other = client_of(second)
    assert other.post(page, sent | {"deputy": first.pk}).context["form"].errors
    assert other.post(page, sent | {"deputy": first.pk, "last_day": (today + 6 * DAY).isoformat()}).status_code == 302
    absence = Absence.objects.get(user=first)
    assert client_of(third).post(reverse("desk_absence_end", args=[absence.pk])).status_code == 404
    assert client.post(reverse("desk_absence_end", args=[absence.pk])).status_code == 302
    assert absences.of(first) is None
    assert [entry.action for entry in log.entries_of(first)] == ["absence_set", "absence_ended"]


def test_administrators_keep_absences_and_rules(officers, lead):
    admin = client_of(UserFactory(groups=["Administrators"]))
    today = clock.today().isoformat()
    sent = {"user": officers[0].pk, "deputy": officers[1].pk, "first_day": today, "last_day": today}
    assert admin.post(reverse("desk_absences:add"), sent).status_code == 302
    absence = Absence.objects.get()
    assert admin.post(reverse("desk_absences:add"), sent).context["form"].errors
    edit = reverse("desk_absences:edit", args=[absence.pk])
    assert admin.post(edit, sent | {"deputy": officers[2].pk}).status_code == 302
    assert Absence.objects.get().deputy == officers[2]
    new = {"province": EAST_FLANDERS, "language": "", "officer": officers[0].pk, "order": 1}
    assert admin.post(reverse("desk_assignment_rules:add"), new).status_code == 302
    assert admin.post(reverse("desk_assignment_rules:add"), new).context["form"].errors
    assert str(officers[2]) in admin.get(reverse("desk_assignment_rules:index")).content.decode()
    assert admin.post(reverse("desk_absences:delete", args=[absence.pk])).status_code == 302
    assert not Absence.objects.exists()


def test_two_absences_at_once_and_one_of_them_is_kept(own_transactions):
    first, second = (UserFactory(groups=["Officers"]) for _number in range(2))
    results = at_once(4, lambda: absent(first, second))
    assert Absence.objects.count() == 1
    assert sum(isinstance(result, Absence) for result in results) == 1


# ── By hand ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_dossier_is_given_taken_and_given_back(lead, officers):
    first, second, _third = officers
    dossier = application_in_review(lead, first)
    client, page = client_of(first), reverse("desk_applications:give", args=[dossier.pk])
    absent(second, first)
    assert str(second) in client.get(page).content.decode()

    def press(name="give", **data):
        address = reverse(f"desk_applications:{name}", args=[dossier.pk])
        return client.post(address, data | dossier_read(dossier))

    assert press(officer=second.pk).status_code == 302
    assert Application.objects.get().assignee == second
    assert f"<strong>{second} (" in client.get(page).content.decode()
    press("take")
    assert Application.objects.get().assignee == first
    press("give_back")
    assert Application.objects.get().assignee is None
    assert press().context["form"].errors
    old = dossier_read(dossier)
    assignment.assign_to(dossier, second, second)
    again = client.post(reverse("desk_applications:take", args=[dossier.pk]), old)
    assert again.status_code == 409
    assert '<form method="post">' in again.content.decode()
    assert Application.objects.get().assignee == second


def test_all_open_dossiers_of_a_colleague_go_over(lead, officers):
    first, second, third = officers
    dossiers = [application_in_review(lead, third) for _number in range(3)]
    for dossier in dossiers:
        assignment.assign_to(dossier, third, first)
    review_services.recuse(dossiers[0], second, reason="work")
    review_services.recuse(dossiers[1], third, reason="work")
    client = client_of(third)
    done = client.post(reverse("desk_applications:hand_over"), {"giver": first.pk, "taker": second.pk}, follow=True)
    assert done.status_code == 200
    now = dict(Application.objects.values_list("pk", "assignee"))
    # Not to whom keeps out of it, and not by whom keeps out of it.
    assert [now[dossier.pk] for dossier in dossiers] == [first.pk, first.pk, second.pk]
    notice = second.notices.get(kind="assigned")
    assert notice.way == "digest"
    with pytest.raises(Refused):
        assignment.hand_over(third, first, first)
