"""Changes that give or take power: asked for by one person, confirmed by another, logged and told."""

from datetime import timedelta
from io import StringIO

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from applications.models import DecisionPower, ReviewRule
from partners.models import Capacity
from portal import clock, jobs
from portal.audit import hash_chain, log
from portal.confirmations import services as confirmations_services
from portal.confirmations.kinds import KINDS
from portal.models import ConfirmationRequest, LogEntry, Mail, User
from portal.staff import account_changes
from portal.workflow import NotAllowed, Refused
from tests.at_desk import client_at_desk
from tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrators() -> list[User]:
    return [UserFactory(groups=["Administrators"], language="en") for _number in range(3)]


@pytest.fixture
def first(administrators):
    return administrators[0]


@pytest.fixture
def second(administrators):
    return administrators[1]


@pytest.fixture
def officer():
    return UserFactory(groups=["Officers"], language="en")


def edit(client, user: User, **changed):
    """What the page of an account sends, with some of it changed."""
    data = {
        "email": user.email,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "language": user.language,
        "groups": list(user.groups.values_list("pk", flat=True)),
        "is_active": "on" if user.is_active else "",
        "reason": "As agreed on the telephone.",
        **changed,
    }
    return client.post(reverse("wagtailusers_users:edit", args=[user.pk]), data)


def groups_with(user: User, *names: str) -> list[int]:
    """What the page sends for an account that is to have these groups too."""
    return [
        *user.groups.values_list("pk", flat=True),
        *Group.objects.filter(name__in=names).values_list("pk", flat=True),
    ]


def press(client, step: str, request: ConfirmationRequest, **data):
    return client.post(reverse(f"desk_confirmations:{step}", args=[request.pk]), data)


def mailed(step: str) -> set[str]:
    return set(Mail.objects.filter(key__regex=rf"^confirmation:\d+:{step}:[^:]*$").values_list("to", flat=True))


def actions(subject) -> list[str]:
    return [entry.action for entry in log.entries_of(subject)]


# ── At the desk ───────────────────────────────────────────────────────────────────────────────────────────────────────
def test_groups_change_when_another_administrator_confirms(administrators, first, second, officer):
    edit(client_at_desk(first), officer, groups=groups_with(officer, "Deciders"))
    asked = ConfirmationRequest.objects.get()
    assert account_changes.groups_of(officer) == ["Officers"]
    assert mailed("needed") == {person.email for person in administrators} - {first.email}
    assert mailed("ask:concerned") == {officer.email}
    assert press(client_at_desk(first), "confirm", asked).status_code == 302
    assert account_changes.groups_of(officer) == ["Officers"], "confirmed by who asked for it"

    page = client_at_desk(second).get(reverse("desk_confirmations:inspect", args=[asked.pk])).content.decode()
    assert "Deciders, Officers" in page
    press(client_at_desk(second), "confirm", asked)
    assert account_changes.groups_of(officer) == ["Deciders", "Officers"]
    entry = log.entries_of(officer).last()
    assert (entry.action, entry.actor) == ("account_groups", second)
    assert entry.data["from"] == {"groups": ["Officers"]}
    assert entry.data["to"] == {"groups": ["Deciders", "Officers"]}
    assert actions(asked) == ["ask", "confirm"]
    assert mailed("confirm") == {person.email for person in administrators} - {second.email}
    assert mailed("confirm:concerned") == {officer.email}
    assert list(hash_chain.breaks()) == []


def test_the_address_of_a_chair_changes_by_two_and_both_addresses_are_told(first, second):
    chair = MembershipFactory(capacity=Capacity.CHAIR).user
    old, new = chair.email, "new.chair@town.example"
    edit(client_at_desk(first), chair, email="New.Chair@town.example")
    asked = ConfirmationRequest.objects.get()
    chair.refresh_from_db()
    assert chair.email == old
    assert mailed("ask:concerned") == {old, new}
    # The new address may be a stranger's.
    assert old not in Mail.objects.get(to=new).text
    assert new in Mail.objects.get(to=old).text
    press(client_at_desk(second), "confirm", asked)
    chair.refresh_from_db()
    assert chair.email == new
    assert mailed("confirm:concerned") == {old, new}
    kept = str(list(LogEntry.objects.values_list("data", flat=True)))
    assert old not in kept
    assert new not in kept


@pytest.mark.parametrize("field", ["is_superuser", "is_staff", "user_permissions", "password1"])
def test_what_nobody_may_be_given_is_refused_with_all_that_was_sent(first, officer, field):
    response = edit(client_at_desk(first), officer, **{field: "1", "first_name": "Other", "is_active": ""})
    assert field in response.content.decode()
    before = (officer.first_name, officer.is_active)
    officer.refresh_from_db()
    assert (officer.first_name, officer.is_active) == before
    assert not ConfirmationRequest.objects.exists()


def test_a_new_account_has_no_groups_until_they_are_confirmed(first, second):
    data = {"email": "new@fedasil.example", "first_name": "New", "last_name": "Officer", "language": "fr"}
    client = client_at_desk(first)
    client.post(
        reverse("wagtailusers_users:add"), {**data, "groups": groups_with(first), "reason": "She starts today."}
    )
    newcomer = User.objects.get(email="new@fedasil.example")
    assert account_changes.groups_of(newcomer) == []
    press(client_at_desk(second), "confirm", ConfirmationRequest.objects.get())
    assert account_changes.groups_of(newcomer) == ["Administrators"]


def test_an_account_is_closed_at_once_and_reopened_by_two(first, second, officer):
    session = UserSession.objects.create(user=officer, session_key="elsewhere", ip="192.0.2.1", user_agent="Firefox")
    edit(client_at_desk(first), officer, is_active="")
    officer.refresh_from_db()
    assert not officer.is_active
    assert not UserSession.objects.filter(pk=session.pk).exists()
    assert actions(officer) == ["account_closed"]
    assert officer.email in set(Mail.objects.filter(key__startswith="confirmation:closed").values_list("to", flat=True))
    edit(client_at_desk(first), officer, is_active="on")
    officer.refresh_from_db()
    assert not officer.is_active
    press(client_at_desk(second), "confirm", ConfirmationRequest.objects.get())
    officer.refresh_from_db()
    assert officer.is_active
    assert actions(officer) == ["account_closed", "account_reopened"]


def test_nobody_closes_the_own_account_or_confirms_the_own_powers(first, second):
    edit(client_at_desk(first), first, is_active="")
    first.refresh_from_db()
    assert first.is_active
    client_at_desk(first).post(
        reverse("desk_decision_powers:add"), {"user": second.pk, "valid_from": "2026-01-01", "reason": "She decides."}
    )
    asked = ConfirmationRequest.objects.get()
    press(client_at_desk(second), "confirm", asked)
    assert not DecisionPower.objects.exists()
    # But the person concerned may say no.
    press(client_at_desk(second), "refuse", asked, reason="I never asked for this.")
    asked.refresh_from_db()
    assert (asked.state, asked.answer) == ("refused", "I never asked for this.")
    assert mailed("refuse") >= {first.email}


def test_powers_to_decide_and_numbers_of_reviews_wait_for_a_second_person(first, second, officer):
    ours, theirs = client_at_desk(first), client_at_desk(second)
    ours.post(reverse("desk_decision_powers:add"), {"user": officer.pk, "valid_from": "2026-01-01", "reason": "Yes."})
    press(theirs, "confirm", ConfirmationRequest.objects.get(state="open"))
    power = DecisionPower.objects.get(user=officer)
    ends = {"valid_from": "2026-01-01", "valid_until": "2026-06-30", "reason": "She leaves."}
    ours.post(reverse("desk_decision_powers:edit", args=[power.pk]), ends)
    power.refresh_from_db()
    assert power.valid_until is None
    press(theirs, "confirm", ConfirmationRequest.objects.get(state="open"))
    power.refresh_from_db()
    assert str(power.valid_until) == "2026-06-30"
    ours.post(reverse("desk_review_rules:add"), {"valid_from": "2026-01-01", "reviews": "1", "reason": "Few people."})
    assert not ReviewRule.objects.exists()
    press(theirs, "confirm", ConfirmationRequest.objects.get(state="open"))
    assert ReviewRule.objects.get().reviews == 1


def test_the_list_asks_the_same_of_the_database_for_one_and_for_many(first, officer):
    client = client_at_desk(first)

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(reverse("desk_confirmations:index")).status_code == 200
        return len(queries)

    confirmations_services.ask("account_groups", officer, {"groups": []}, first, reason="He left.")
    client.get(reverse("desk_confirmations:index"))
    one = asked()
    for _number in range(9):
        confirmations_services.ask("account_groups", UserFactory(), {"groups": ["Editors"]}, first, reason="New.")
    assert asked() == one


# ── The rules ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_only_administrators_who_are_not_involved_confirm(administrators, officer):
    first, second, third = administrators
    asked = confirmations_services.ask(
        "account_groups", second, {"groups": ["Administrators", "Deciders"]}, first, reason="So."
    )
    for person in (first, second, officer):
        with pytest.raises(PermissionDenied):
            confirmations_services.confirm(asked, person)
    with pytest.raises(PermissionDenied):
        confirmations_services.ask("account_groups", officer, {"groups": ["Deciders"]}, officer, reason="I want to.")
    assert confirmations_services.confirm(asked, third).state == "confirmed"
    with pytest.raises(NotAllowed):
        confirmations_services.confirm(asked, third)


@pytest.mark.parametrize("involved", ["requested_by", "person"])
def test_the_database_refuses_who_is_involved(first, second, officer, involved):
    asked = confirmations_services.ask("account_groups", officer, {"groups": []}, first, reason="He left.")
    settled = {"state": "confirmed", "settled_at": clock.now(), "settled_by": getattr(asked, involved)}
    with pytest.raises(IntegrityError), transaction.atomic():
        ConfirmationRequest.objects.filter(pk=asked.pk).update(**settled)
    ConfirmationRequest.objects.filter(pk=asked.pk).update(**{**settled, "settled_by": second})


@pytest.mark.parametrize(
    "meanwhile",
    [
        lambda asked: asked.person.groups.clear(),
        lambda asked: asked.requested_by.groups.clear(),
        lambda asked: User.objects.filter(pk=asked.requested_by_id).update(is_active=False),
        lambda asked: ConfirmationRequest.objects.filter(pk=asked.pk).update(expires_at=clock.now()),
    ],
    ids=["the account changed", "the requester lost the right", "the requester is closed", "it expired"],
)
def test_what_is_no_longer_right_is_not_confirmed(first, second, officer, meanwhile):
    asked = confirmations_services.ask("account_groups", officer, {"groups": ["Deciders"]}, first, reason="So.")
    meanwhile(asked)
    with pytest.raises(Refused):
        confirmations_services.confirm(asked, second)
    assert "Deciders" not in account_changes.groups_of(officer)


def test_an_address_that_was_taken_meanwhile_is_not_confirmed(first, second, officer):
    asked = confirmations_services.ask("account_address", officer, {"email": "taken@town.example"}, first, reason="So.")
    UserFactory(email="taken@town.example")
    with pytest.raises(Refused):
        confirmations_services.confirm(asked, second)


def test_one_request_for_a_thing_is_open_at_a_time(first, second, officer):
    asked = confirmations_services.ask("account_groups", officer, {"groups": []}, first, reason="He left.")
    with pytest.raises(Refused):
        confirmations_services.ask("account_groups", officer, {"groups": ["Deciders"]}, second, reason="So.")
    with pytest.raises(PermissionDenied):
        confirmations_services.withdraw(asked, second)
    confirmations_services.withdraw(asked, first)
    confirmations_services.ask("account_groups", officer, {"groups": ["Deciders"]}, second, reason="So.")


def test_what_nobody_confirms_expires_by_itself(first, second, officer):
    asked = confirmations_services.ask("account_groups", officer, {"groups": []}, first, reason="He left.")
    jobs.run("requests that nobody confirmed")
    assert ConfirmationRequest.objects.get().state == "open"
    ConfirmationRequest.objects.update(expires_at=clock.now() - timedelta(minutes=1))
    assert jobs.run("requests that nobody confirmed") == 1
    asked.refresh_from_db()
    assert asked.state == "expired"
    assert actions(asked) == ["ask", "expire"]
    assert mailed("expire") >= {first.email, second.email}
    assert mailed("expire:concerned") == {officer.email}


def test_every_kind_can_be_read_in_every_language():
    for kind in KINDS.values():
        for language in ("nl", "fr", "de"):
            with translation.override("en"):
                english = str(kind.label)
            with translation.override(language):
                assert str(kind.label) != english, f"{kind.code} in {language}"


# ── On the server ─────────────────────────────────────────────────────────────────────────────────────────────────────
def test_the_first_administrator_is_made_on_the_server_and_no_other():
    call_command("make_administrator", "First@Fedasil.example", reason="Set-up.", stdout=StringIO())
    first = User.objects.get(email="first@fedasil.example")
    assert account_changes.groups_of(first) == ["Administrators"]
    assert actions(first) == ["account_made", "account_groups"]
    with pytest.raises(CommandError):
        call_command("make_administrator", "second@fedasil.example", reason="Faster.", stdout=StringIO())
    assert not User.objects.filter(email="second@fedasil.example").exists()
    call_command("make_administrator", "second@fedasil.example", reason="Ill.", emergency=True, stdout=StringIO())
    made = ConfirmationRequest.objects.get(person__email="second@fedasil.example")
    assert (made.state, made.answer) == ("server", "Ill.")
    assert mailed("carry_out") >= {first.email}


def test_an_emergency_is_carried_out_with_a_reason_and_told_to_all_administrators(administrators, first, officer):
    asked = confirmations_services.ask("account_groups", officer, {"groups": ["Deciders"]}, first, reason="So.")
    with pytest.raises(CommandError):
        call_command("confirm_on_server", str(asked.pk), stdout=StringIO())
    listed = StringIO()
    call_command("confirm_on_server", stdout=listed)
    assert f"{asked.pk} " in listed.getvalue()
    call_command("confirm_on_server", str(asked.pk), reason="All others are ill.", stdout=StringIO())
    assert account_changes.groups_of(officer) == ["Deciders"]
    assert mailed("carry_out") == {person.email for person in administrators}
    assert log.entries_of(asked).last().note.text == "All others are ill."


# ── At the lowest place ───────────────────────────────────────────────────────────────────────────────────────────────
def test_nobody_is_a_superuser_or_has_permissions_of_ones_own(officer):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=officer.pk).update(is_superuser=True)
    with pytest.raises(CommandError):
        call_command("createsuperuser", email="root@fedasil.example", interactive=False)
    permission = Permission.objects.get(codename="change_user")
    with pytest.raises(PermissionDenied), transaction.atomic():
        officer.user_permissions.add(permission)
    User.user_permissions.through.objects.create(user=officer, permission=permission)
    assert not User.objects.get(pk=officer.pk).has_perm("portal.change_user")
