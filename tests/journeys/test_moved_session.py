"""Someone registers for an information session, Fedasil moves it, and the reminder comes before the new day."""

from datetime import datetime, timedelta

from icalendar import Calendar
from playwright.sync_api import expect

from .life import Life, Person

VISITOR = "visitor@reader.example"
SEAT, CHANGED, SOON = "U hebt een plaats", "Gewijzigd", "Binnenkort"
# As a browser gives what stands in a field for days.
AS_TYPED = "%Y-%m-%d"


def read_page(visitor: Person, day: datetime) -> None:
    """The page of the session names this day."""
    visitor.go("partner-worden/infosessies/")
    visitor.follow("Voorbeeld: online infosessie")
    visitor.sees(visitor.in_words(day))


def register(visitor: Person) -> None:
    """From the page of sessions to a seat."""
    visitor.go("partner-worden/infosessies/")
    visitor.follow("Voorbeeld: online infosessie")
    visitor.follow("Schrijf u in")
    visitor.fill({"name": "Sofie Peeters", "email": VISITOR})
    visitor.submit()


def move(officer: Person, planned: datetime, to: datetime) -> None:
    page = officer.page
    officer.leave_by(page.get_by_role("link", name="Infosessies").first)
    officer.leave_by(page.get_by_role("link", name="Sample: online information session").first)
    expect(page.locator("[name=date]")).to_have_value(planned.strftime(AS_TYPED))
    page.locator("[name=date]").fill(to.strftime(AS_TYPED))
    page.locator("[data-w-dropdown-target=toggle]").last.click()
    officer.leave_by(page.locator("[name=action-publish]").first)


def in_calendar(visitor: Person, subject: str) -> tuple[str, datetime, int]:
    """What the calendar file of the latest such mail says: of which event, when, and how often it had changed."""
    [file] = visitor.mails(subject)[-1].iter_attachments()
    [event] = Calendar.from_ical(file.get_content()).walk("VEVENT")
    return event["UID"], event["DTSTART"].dt, event["SEQUENCE"]


def test_a_session_is_moved_and_reminded_of(life: Life):
    visitor = life.person(VISITOR)
    register(visitor)
    visitor.follow_mail(SEAT, "/registrations/")
    visitor.sees("U hebt een plaats")
    event, planned, changes = in_calendar(visitor, SEAT)
    later = planned + timedelta(days=7)

    life.travel(2)
    read_page(life.person("reader@reader.example"), planned)
    move(life.officer(), planned, later)
    visitor = life.person(VISITOR)
    assert in_calendar(visitor, CHANGED) == (event, later, changes + 1)
    visitor.follow_mail(CHANGED, "/registrations/")
    visitor.sees(visitor.in_words(later))
    read_page(visitor, later)

    # No reminder comes for the day on which it was to be.
    life.travel_to(planned + timedelta(hours=1))
    assert life.person(VISITOR).mails(SOON) == []
    life.travel_to(later - timedelta(hours=25))
    assert life.person(VISITOR).mails(SOON) == []
    life.travel_to(later - timedelta(hours=23))
    visitor = life.person(VISITOR)
    assert visitor.in_words(later) in visitor.read(SOON)
    visitor.follow_mail(SOON, "/registrations/")
    visitor.sees("U hebt een plaats")
    # Once: nothing more comes until it begins.
    life.travel_to(later)
    assert len(life.person(VISITOR).mails("")) == 3
