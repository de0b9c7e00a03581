"""Information sessions: seats, the waiting list, and who is told what."""

import csv
import io
import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar
from openpyxl import load_workbook

from home.models import Registration, Session, SessionIndexPage, SessionPage
from home.sessions import services as sessions_services
from portal import clock
from portal.audit import log
from portal.models import Mail
from tests.factories import UserFactory
from tests.races import at_once

BRUSSELS = ZoneInfo("Europe/Brussels")
BEFORE = datetime(2030, 3, 1, 10, 0, tzinfo=BRUSSELS)


@pytest.fixture
def officer(db):
    return UserFactory(groups=["Officers"])


@pytest.fixture
def at_the_time():
    with clock.standing_at(BEFORE):
        yield


def planned(officer, seats=2, **fields) -> Session:
    fields = {"date": date(2030, 4, 10), "start_time": time(14), "end_time": time(15, 30), **fields}
    return sessions_services.plan(
        Session(name="Webinar", seats=seats, link="https://meet.example/1", **fields), officer
    )


def with_page(session: Session) -> SessionPage:
    index = SessionIndexPage.objects.get(locale__language_code="nl")
    page = SessionPage(title="Vragen over partnerschappen", slug="vragen", intro="Kom luisteren.", session=session)
    index.add_child(instance=page)
    page.save_revision().publish()
    return page


def come(session: Session, name: str, language="nl") -> Registration:
    return sessions_services.register(
        session, name=name, email=f"{name}@town.example", organisation="Town", needs="", language=language
    )


def states(session) -> dict[str, str]:
    return dict(session.registrations.values_list("name", "state"))


def mails(name: str) -> list[str]:
    return list(Mail.objects.filter(to=f"{name}@town.example").order_by("pk").values_list("subject", flat=True))


# ── Over the counter: what a reader does ─────────────────────────────────────────────────────────────────────────────
def post(session, language="nl", wait=10, **answers):
    """Open the form, take `wait` seconds, send it."""
    client = Client()
    address = f"/{language}/sessions/{session.uuid}/register/"
    opened = re.search(r'name="opened" value="([^"]+)"', client.get(address).content.decode())
    answers = {
        "name": "Visitor",
        "email": "Visitor@town.example",
        "opened": opened[1] if opened else "",
        "website": "",
        **answers,
    }
    with clock.standing_at(clock.now() + timedelta(seconds=wait)):
        return client.post(address, answers)


def test_registering_gives_a_seat_a_mail_and_a_calendar_file(officer, at_the_time):
    session = planned(officer)
    page = with_page(session)
    text = Client().get(page.url_path).content.decode()
    assert "nog 2 plaatsen" in text
    response = post(session)
    assert response.status_code == 302
    assert "Lees uw e-mail" in Client().get(response["Location"]).content.decode()
    mail = Mail.objects.get(to="visitor@town.example")
    assert mail.subject == "U hebt een plaats: Vragen over partnerschappen"
    assert "https://meet.example/1" in mail.text
    event = Calendar.from_ical(mail.calendar).walk("VEVENT")[0]
    assert event.decoded("dtstart") == datetime(2030, 4, 10, 14, 0, tzinfo=BRUSSELS)
    assert event.decoded("dtend") == datetime(2030, 4, 10, 15, 30, tzinfo=BRUSSELS)
    assert str(event["summary"]) == "Vragen over partnerschappen"
    own = re.search(r"http://\S+?(/nl/sessions/registrations/\S+)", mail.text)[1]
    assert "U hebt een plaats" in Client().get(own).content.decode()
    assert b"BEGIN:VEVENT" in Client().get(own + "session.ics").content
    Client().post(own)
    assert states(session) == {"Visitor": "cancelled"}
    assert Client().get(own + "session.ics").status_code == 404


def test_agenda_and_languages_stand_on_page_list_mail_and_in_the_calendar(officer, at_the_time):
    session = planned(officer, language="nl", second_language="fr")
    page = with_page(session)
    page.agenda = "14:00 Welcome\n\n14:10 Questions"
    page.save_revision().publish()
    registration = come(session, "anna")
    mail = Mail.objects.get(to=registration.email)
    shown = Client().get(page.url_path).content.decode()
    download = Client().get(reverse("session_calendar", args=[registration.uuid])).content.decode()
    assert "Nederlands / Frans" in Client().get(page.get_parent().specific.url_path).content.decode()
    for text in (shown, mail.text, mail.calendar.replace("\r\n ", ""), download.replace("\r\n ", "")):
        for said in ("Nederlands / Frans", "14:00 Welcome", "14:10 Questions"):
            assert said in text
    with pytest.raises(IntegrityError), transaction.atomic():
        Session.objects.filter(pk=session.pk).update(second_language="nl")


def test_who_is_registered_gets_the_same_answer_and_no_second_seat(officer, at_the_time):
    session = planned(officer)
    first, second = post(session), post(session, name="Again")
    assert first["Location"] == second["Location"]
    assert session.registrations.count() == 1
    assert Mail.objects.count() == 1


@pytest.mark.parametrize(
    ("wait", "answers", "said"),
    [
        (10, {"website": "http://spam.example"}, "leeg moet blijven"),
        (1, {}, "erg snel verstuurd"),
        (10, {"opened": "made up"}, "erg snel verstuurd"),
        (25 * 3600, {}, "erg snel verstuurd"),
        (10, {"needs": "www.a.example www.b.example http://c.example"}, "hoogstens twee"),
        (10, {"name": ""}, "Schrijf uw naam"),
        (10, {"email": "nobody"}, "geldig e-mailadres"),
        (10, {"needs": "x" * 501}, "500"),
    ],
)
def test_what_cannot_be_is_told_and_what_was_typed_stays(officer, at_the_time, wait, answers, said):
    session = planned(officer)
    response = post(session, wait=wait, organisation="The town hall", **answers)
    text = response.content.decode()
    assert response.status_code == 200
    assert said in text
    assert 'value="The town hall"' in text
    assert not session.registrations.exists()


def test_a_fast_person_sends_it_once_more(officer, at_the_time):
    session = planned(officer)
    again = re.search(r'name="opened" value="([^"]+)"', post(session, wait=1).content.decode())[1]
    with clock.standing_at(BEFORE + timedelta(seconds=8)):
        assert post(session, opened=again).status_code == 302


def test_a_full_session_offers_the_waiting_list_and_a_closed_one_nothing(officer, at_the_time):
    session = planned(officer, seats=1)
    come(session, "anna")
    form = f"/fr/sessions/{session.uuid}/register/"
    assert "Cette séance est complète" in Client().get(form).content.decode()
    with clock.standing_at(session.begins_at):
        assert "<form" not in Client().get(form).content.decode().partition("<main")[2]
        assert Client().post(form, {"name": "x", "email": "x@y.example"}).status_code == 200
    assert session.registrations.count() == 1


# ── Seats and the waiting list ────────────────────────────────────────────────────────────────────────────────────────
def test_the_first_in_line_moves_up_once(officer, at_the_time):
    session = planned(officer, seats=1)
    anna, *_others = [come(session, name) for name in ("anna", "bob", "carl")]
    assert states(session) == {"anna": "seated", "bob": "waiting", "carl": "waiting"}
    assert Registration.objects.get(name="carl").place_in_line == 2
    sessions_services.leave(anna)
    assert states(session) == {"anna": "cancelled", "bob": "seated", "carl": "waiting"}
    assert mails("bob") == ["Wachtlijst: Webinar", "U hebt een plaats: Webinar"]
    assert mails("carl") == ["Wachtlijst: Webinar"]


def test_more_seats_go_to_those_who_wait(officer, at_the_time):
    session = planned(officer, seats=1)
    for name in ("anna", "bob", "carl"):
        come(session, name)
    session.seats = 2
    sessions_services.change(session, officer)
    assert states(session) == {"anna": "seated", "bob": "seated", "carl": "waiting"}
    assert mails("anna") == ["U hebt een plaats: Webinar"], "more seats are no news for who has one"


def test_moved_and_cancelled_are_told_to_all_in_their_language(officer, at_the_time):
    session = planned(officer, seats=1)
    come(session, "anna")
    come(session, "bob", language="fr")
    session.date = date(2030, 4, 17)
    sessions_services.change(session, officer)
    sessions_services.cancel(session, officer, reason="Storm.")
    assert mails("anna")[1:] == ["Gewijzigd: Webinar", "Gaat niet door: Webinar"]
    assert mails("bob")[1:] == ["Séance modifiée : Webinar", "Séance annulée : Webinar"]
    last = Mail.objects.filter(to="anna@town.example").latest("pk")
    assert "Storm." in last.text
    event = Calendar.from_ical(last.calendar)
    assert event["method"] == "CANCEL"
    assert event.walk("VEVENT")[0]["sequence"] == 2
    assert [entry.action for entry in log.entries_of(session)] == [
        *("planned", "registered", "registered", "changed", "cancel"),
    ]


def test_a_reminder_the_day_before_once_for_each_time(officer, at_the_time):
    session = planned(officer, seats=1)
    come(session, "anna")
    come(session, "bob")
    for moment in (timedelta(hours=30), timedelta(hours=20), timedelta(hours=2), timedelta(hours=-1)):
        with clock.standing_at(session.begins_at - moment):
            call_command("run_due", verbosity=0)
    assert mails("anna")[1:] == ["Binnenkort: Webinar"]
    assert mails("bob")[1:] == []


def test_thirty_days_later_nobody_is_kept(officer, at_the_time):
    session = planned(officer)
    come(session, "anna")
    with clock.standing_at(session.begins_at + timedelta(days=30)):
        sessions_services.forget()
        assert session.registrations.count() == 1
        assert Mail.objects.filter(to="anna@town.example").exists()
    Mail.objects.update(state="sent", sent_at=BEFORE)
    with clock.standing_at(session.begins_at + timedelta(days=31)):
        sessions_services.forget()
    assert not session.registrations.exists()
    assert not Mail.objects.filter(to="anna@town.example").exists()


def test_the_last_seat_is_given_once_and_the_first_in_line_moves_up_once(own_transactions):
    with clock.standing_at(BEFORE):
        session = planned(UserFactory(groups=["Officers"]), seats=1)
    names = iter([f"v{number}" for number in range(60)])

    def one():
        with clock.standing_at(BEFORE):
            return come(session, next(names))

    at_once(50, one)
    with clock.standing_at(BEFORE):
        come(session, "last")
    found = list(session.registrations.values_list("state", flat=True))
    assert (found.count("seated"), found.count("waiting")) == (1, len(found) - 1)
    seated = session.registrations.get(state="seated")

    def go():
        with clock.standing_at(BEFORE):
            return sessions_services.leave(seated)

    assert sum(result is None for result in at_once(5, go)) == 1
    after = list(session.registrations.values_list("state", flat=True))
    assert (after.count("seated"), after.count("waiting")) == (1, len(found) - 2)


# ── The organiser's desk ──────────────────────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def desk(officer):
    client = Client()
    client.force_login(officer)
    return client


def test_planned_moved_and_cancelled_at_the_desk(at_the_time, desk):
    answers = {"name": "Webinar", "date": "2030-04-10", "start_time": "14:00", "seats": "3"}
    publish = {"action-publish": "1"}
    response = desk.post(reverse("desk_sessions:add"), {**answers, **publish})
    assert response.status_code == 302, response.content.decode()
    session = Session.objects.get(name="Webinar", date=date(2030, 4, 10))
    come(session, "anna")
    desk.post(f"/admin/sessions/edit/{session.pk}/", {**answers, "date": "2030-04-17", **publish})
    desk.post(f"/admin/sessions/{session.pk}/cancel/", {"reason": "Storm."})
    assert mails("anna")[1:] == ["Gewijzigd: Webinar", "Gaat niet door: Webinar"]
    refused = desk.post(f"/admin/sessions/{session.pk}/cancel/", {"reason": "Again."})
    assert refused.status_code == 200
    assert len(mails("anna")) == 3


def test_a_session_with_seats_needs_a_time(desk):
    response = desk.post(reverse("desk_sessions:add"), {"name": "Webinar", "date": "2030-04-10", "seats": "3"})
    assert response.status_code == 200
    assert not Session.objects.filter(date=date(2030, 4, 10)).exists()


def test_the_list_to_take_along_opens_in_a_spreadsheet_and_runs_no_formula(at_the_time, desk, officer):
    session = planned(officer)
    come(session, "=1+1")
    come(session, "Zoë")
    rows = desk.get(f"/admin/sessions/{session.pk}/registrations/?export=csv")
    text = b"".join(rows.streaming_content).decode()
    assert text.startswith("\ufeff")
    names = [row[0] for row in csv.reader(io.StringIO(text.lstrip("\ufeff")))][1:]
    assert names == ["'=1+1", "Zoë"]
    book = desk.get(f"/admin/sessions/{session.pk}/registrations/?export=xlsx")
    sheet = load_workbook(io.BytesIO(b"".join(book.streaming_content))).active
    assert [(cell.value, cell.data_type) for cell in sheet["A"]][1:] == [("=1+1", "s"), ("Zoë", "s")]


def test_queries_do_not_grow_with_registrations(at_the_time, desk, officer):
    session = planned(officer, seats=500)
    page = with_page(session)

    addresses = [(page.url_path, Client()), (f"/admin/sessions/{session.pk}/registrations/", desk)]
    for number in range(10):
        come(session, f"v{number}")
    few = [measure(*address) for address in addresses]
    for number in range(10, 60):
        come(session, f"v{number}")
    assert [measure(*address) for address in addresses] == few


def measure(address, client) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return len(queries)
