"""A session as an iCalendar file (RFC 5545), which calendars take in and later change or remove."""

from collections.abc import Sequence
from datetime import timedelta
from email.utils import parseaddr

from django.conf import settings
from django.utils.translation import get_language, override
from icalendar import Calendar, Event

from portal import clock

from ..models import Session

USUAL_LENGTH = timedelta(hours=1)


def calendar_file(session: Session, title: str, points: Sequence[str] = (), language: str | None = None) -> str:
    """The text of the file; a cancelled session removes itself from the calendar."""
    cancelled = session.state == Session.State.CANCELLED
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    begins = session.begins_at
    event = Event()
    event.add("uid", f"{session.uuid}@{domain}")
    event.add("sequence", session.sequence)
    event.add("dtstamp", clock.now())
    event.add("summary", title)
    event.add("dtstart", begins)
    event.add(
        "dtend",
        begins.replace(hour=session.end_time.hour, minute=session.end_time.minute)
        if session.end_time
        else begins + USUAL_LENGTH,
    )
    event.add("organizer", f"mailto:{settings.TEAM_EMAIL}")
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    if session.place or session.link:
        event.add("location", session.place or session.link)
    with override(language or get_language()):
        held_in = " / ".join(session.held_in)
    if description := "\n".join(filter(None, [held_in, *points])):
        event.add("description", description)
    if session.link:
        event.add("url", session.link)
    calendar = Calendar()
    calendar.add("prodid", "-//Fedasil//Partners for resettlement//")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if cancelled else "PUBLISH")
    calendar.add_component(event)
    calendar.add_missing_timezones()
    return calendar.to_ical().decode()
