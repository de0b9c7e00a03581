"""A future rate is corrected until it is in force; one in force never changes; a backdated one takes two people."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from partners.models import Capacity, Rate
from partners.support import rates
from partners.support.estimate import amounts_on
from portal import clock
from portal.audit import hash_chain, log
from portal.confirmations import services as confirmations_services
from portal.models import ConfirmationRequest, LogEntry, Mail
from portal.workflow import Refused
from tests.at_desk import client_at_desk
from tests.factories import MembershipFactory, UserFactory, complete_application, submitted_application

pytestmark = [pytest.mark.django_db, pytest.mark.each_database("partners.support.rates", "portal.triggers")]
INDEX, ADD = reverse("desk_rates:index"), reverse("desk_rates:add")


@pytest.fixture
def administrators():
    return [UserFactory(groups=["Administrators"], language="en") for _number in range(2)]


@pytest.fixture
def clients(administrators):
    return [client_at_desk(administrator) for administrator in administrators]


def in_days(days: int) -> date:
    return clock.today() + timedelta(days=days)


def rate_from(day: date, **more) -> Rate:
    values = {"code": "stay_lump_sum", "amount": 3200, "source": "Decision", "source_date": date(2026, 11, 1)}
    return Rate.objects.create(valid_from=day, **values | more)


def typed(day: date, **more) -> dict:
    """What the form sends."""
    values = {"code": "stay_lump_sum", "amount": "3.200,50", "source": "Decision", "source_date": "2026-11-01"}
    return {**values, "valid_from": day.isoformat(), "reason": "", **more}


def send(client, address: str, data: dict):
    """Send the form, and send it again as the page that shows what changes does."""
    shown = client.post(address, data)
    if shown.status_code == 200:
        return shown, client.post(address, {**data, "seen": shown.context["seen"]})
    return shown, shown


def confirm(client, asked: ConfirmationRequest, page=None):
    """Press the button of the page of this request, which is opened now or was before."""
    page = page or client.get(reverse("desk_confirmations:inspect", args=[asked.pk]))
    seen = {"seen": page.context["consequences"].digest}
    return client.post(reverse("desk_confirmations:confirm", args=[asked.pk]), seen)


def actions(rate: Rate) -> list[str]:
    return [entry.action for entry in log.entries_of(rate)]


# ── Until it is in force ──────────────────────────────────────────────────────────────────────────────────────────────
def test_a_future_rate_is_added_corrected_and_removed_by_one_person_with_log_entries(clients, administrators):
    client = clients[0]
    client.post(ADD, typed(in_days(10)))
    rate = Rate.objects.get(valid_from=in_days(10))
    assert rate.amount == Decimal("3200.50")
    edit = reverse("desk_rates:edit", args=[rate.pk])
    assert edit in client.get(INDEX).content.decode()
    client.post(edit, typed(in_days(20), amount="3.100"))
    rate.refresh_from_db()
    assert (rate.amount, rate.valid_from) == (3100, in_days(20))
    client.post(reverse("desk_rates:delete", args=[rate.pk]))
    assert not Rate.objects.filter(pk=rate.pk).exists()
    entries = list(log.entries_of(rate))
    assert [entry.action for entry in entries] == ["added", "corrected", "removed"]
    assert {entry.actor for entry in entries} == {administrators[0]}
    assert entries[1].data["from"]["amount"] == "3200.50"
    assert entries[1].data["to"] | {"source": ""} == {
        "code": "stay_lump_sum",
        "amount": "3100.00",
        "valid_from": in_days(20).isoformat(),
        "source": "",
        "source_date": "2026-11-01",
    }
    assert "Decision" not in str(list(LogEntry.objects.values_list("data", flat=True)))
    assert list(hash_chain.breaks()) == []
    assert not ConfirmationRequest.objects.exists()


def test_who_is_no_administrator_changes_none(administrators):
    rate = rate_from(in_days(10))
    client = client_at_desk(UserFactory(groups=["Publishers", "Officers"]))
    client.post(reverse("desk_rates:delete", args=[rate.pk]))
    client.post(ADD, typed(in_days(20)))
    assert Rate.objects.filter(valid_from__gt=clock.today()).get() == rate


# ── In force ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_one_in_force_is_neither_edited_nor_removed(clients):
    rate = rate_from(in_days(0))
    for name in ("edit", "delete"):
        address = reverse(f"desk_rates:{name}", args=[rate.pk])
        assert address not in clients[0].get(INDEX).content.decode()
        for response in (
            clients[0].get(address, follow=True),
            clients[0].post(address, typed(in_days(5)), follow=True),
        ):
            assert response.redirect_chain[-1][0] == INDEX
            assert "in force" in response.content.decode()
    rate.refresh_from_db()
    assert (rate.amount, rate.valid_from) == (3200, in_days(0))
    assert actions(rate) == []


def test_one_that_came_into_force_while_its_page_was_open_is_not_changed(administrators):
    rate = rate_from(in_days(1))
    changed = Rate(pk=rate.pk, code=rate.code, amount=1, valid_from=in_days(9), source="x", source_date=in_days(0))
    with clock.standing_at(clock.midnight(in_days(1))):
        with pytest.raises(Refused):
            rates.correct(changed, administrators[0])
        with pytest.raises(Refused):
            rates.remove(rate, administrators[0])
    rate.refresh_from_db()
    assert rate.amount == 3200


@pytest.mark.parametrize("statement", ["UPDATE partners_rate SET amount = 1", "DELETE FROM partners_rate"])
def test_the_database_itself_lets_nobody_change_one_in_force(statement):
    future, begun = rate_from(in_days(1)), rate_from(in_days(0))
    with pytest.raises(DatabaseError, match="rate in force"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"{statement} WHERE id = {begun.pk}")
    with connection.cursor() as cursor:
        cursor.execute(f"{statement} WHERE id = {future.pk}")
    assert not Rate.objects.filter(pk=future.pk, amount=3200).exists()


def test_a_missing_trigger_is_a_system_check_error():
    drop = {"sqlite": "DROP TRIGGER {0}", "postgresql": "DROP TRIGGER {0} ON partners_rate"}[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(drop.format("partners_rate_no_update"))
    with pytest.raises(SystemCheckError, match=r"partners\.E001"):
        call_command("check", databases=["default"])
    rates.install_triggers()
    call_command("check", databases=["default"])


# ── Backdated ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_rate_from_today_counts_once_a_second_person_confirmed_it(clients, administrators):
    first, second = administrators
    shown, done = send(clients[0], ADD, typed(in_days(0), reason="The decision came late."))
    asked = ConfirmationRequest.objects.get()
    assert done.url == reverse("desk_confirmations:inspect", args=[asked.pk])
    assert amounts_on(clock.today())["stay_lump_sum"] == 3000
    assert "3,200.50" in Mail.objects.get(to=second.email).text
    confirm(clients[0], asked)
    assert amounts_on(clock.today())["stay_lump_sum"] == 3000, "confirmed by who asked for it"
    confirm(clients[1], asked)
    rate = Rate.objects.get(valid_from=in_days(0))
    assert rate.amount == Decimal("3200.50")
    entry = log.entries_of(rate).get()
    assert (entry.action, entry.actor) == ("added", second)
    assert entry.data["request"] == asked.pk
    assert list(hash_chain.breaks()) == []


def test_a_future_rate_that_is_to_count_at_once_takes_a_second_person_too(clients):
    rate = rate_from(in_days(10))
    send(clients[0], reverse("desk_rates:edit", args=[rate.pk]), typed(in_days(-3), reason="It counts already."))
    rate.refresh_from_db()
    assert rate.valid_from == in_days(10)
    confirm(clients[1], ConfirmationRequest.objects.get())
    rate.refresh_from_db()
    assert (rate.valid_from, rate.amount) == (in_days(-3), Decimal("3200.50"))
    assert actions(rate) == ["corrected", "backdated_rate"]


def test_a_request_for_a_rate_that_came_into_force_meanwhile_is_not_confirmed(administrators):
    rate = rate_from(in_days(1))
    after = rates.values_of(rate) | {"valid_from": in_days(0).isoformat()}
    asked = confirmations_services.ask("backdated_rate", rate, after, administrators[0], reason="At once.")
    with clock.standing_at(clock.midnight(in_days(1))), pytest.raises(Refused, match="sinds"):
        confirmations_services.confirm(asked, administrators[1])


@pytest.mark.parametrize("day", [0, -40])
def test_without_a_reason_it_is_not_asked_for(clients, day):
    shown, again = send(clients[0], ADD, typed(in_days(day)))
    assert "reason" in again.context["form"].errors
    assert not ConfirmationRequest.objects.exists()


def test_what_was_not_shown_is_not_asked_for(clients):
    sent = typed(in_days(0), reason="Late.", seen="something else")
    assert clients[0].post(ADD, sent).status_code == 200
    assert not ConfirmationRequest.objects.exists()


@pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("amount", "-5"),
        ("amount", "3.200,505"),
        ("amount", "99999999999"),
        ("valid_from", "that of the shipped rate"),
        ("source", ""),
    ],
)
def test_what_cannot_be_is_said_at_its_field(clients, administrators, language, field, value):
    profile = administrators[0].wagtail_userprofile
    profile.preferred_language = language
    profile.save()
    shipped = Rate.objects.get(code="stay_lump_sum")
    value = shipped.valid_from.isoformat() if field == "valid_from" else value
    response = clients[0].post(ADD, {**typed(in_days(9), reason="Late."), field: value})
    assert set(response.context["form"].errors) == {field}
    assert value in response.content.decode()


# ── Which dossiers change ─────────────────────────────────────────────────────────────────────────────────────────────
def test_both_people_see_which_open_dossiers_change_and_by_how_much(clients, django_assert_max_num_queries):
    lead, other = (MembershipFactory(capacity=Capacity.REPRESENTATIVE) for _number in range(2))
    open_one = submitted_application(lead, household_sizes=[5])
    open_other = submitted_application(other, household_sizes=[2, 1], second_year=False, straight_on_arrival=False)
    draft = complete_application(MembershipFactory())
    shown, asking = send(clients[0], ADD, typed(in_days(0), amount="3.100", reason="Late."))
    asked = ConfirmationRequest.objects.get()
    request = reverse("desk_confirmations:inspect", args=[asked.pk])
    for response in (shown, *(client.get(request) for client in clients)):
        page = response.content.decode()
        for part in (
            *(open_one.reference, "€22,000", "€22,500", "€500"),
            *(open_other.reference, "€9,000", "€9,300", "€300"),
            *("€31,000", "€31,800", "€800"),
            "One draft",
        ):
            assert part in page
        assert str(draft.lead) not in page
    with django_assert_max_num_queries(40):
        clients[1].get(request)
    for person in range(5):
        submitted_application(MembershipFactory(capacity=Capacity.REPRESENTATIVE), household_sizes=[1 + person])
    with django_assert_max_num_queries(40):
        clients[1].get(request)


def test_who_read_of_fewer_dossiers_does_not_confirm(clients):
    send(clients[0], ADD, typed(in_days(0), reason="Late."))
    asked = ConfirmationRequest.objects.get()
    page = clients[1].get(reverse("desk_confirmations:inspect", args=[asked.pk]))
    submitted_application(MembershipFactory(capacity=Capacity.REPRESENTATIVE))
    confirm(clients[1], asked, page)
    assert amounts_on(clock.today())["stay_lump_sum"] == 3000
    confirm(clients[1], asked)
    rate = Rate.objects.get(valid_from=in_days(0))
    assert log.entries_of(rate).get().data["estimates"] == {
        "offers": 1,
        "drafts": 0,
        "before": "22000.00",
        "after": "23002.50",
    }


def test_a_backdated_rate_that_a_later_one_replaced_changes_no_dossier(clients):
    application = submitted_application(MembershipFactory(capacity=Capacity.REPRESENTATIVE))
    rate_from(in_days(-5), amount=3000)
    shown, _asking = send(clients[0], ADD, typed(in_days(-9), reason="For the record."))
    assert application.reference not in shown.content.decode()
    assert "No open dossier gets" in shown.content.decode()


def test_officers_who_confirm_are_led_to_the_dossier_and_others_are_not(clients):
    application = submitted_application(MembershipFactory(capacity=Capacity.REPRESENTATIVE))
    address = reverse("desk_applications:inspect", args=[application.pk])
    data = typed(in_days(0), reason="Late.")
    assert address not in clients[0].post(ADD, data).content.decode()
    both = client_at_desk(UserFactory(groups=["Administrators", "Officers"]))
    assert address in both.post(ADD, data).content.decode()
