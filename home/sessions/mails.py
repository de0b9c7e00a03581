"""Mails about information sessions, in the language of who gets them; a seat comes with a calendar file."""

from uuid import UUID

from portal import clock
from portal.mail import outbox

from ..models import Registration, Session, SessionPage
from .calendar_file import calendar_file


def page_of(session: Session, language: str) -> SessionPage | None:
    """The session's page in this language, in another where there is none."""
    pages = SessionPage.objects.live().filter(session=session).select_related("locale")
    found = {page.locale.language_code: page for page in pages.order_by("locale__language_code")}
    return found.get(language) or next(iter(found.values()), None)


def title_of(session: Session, language: str) -> str:
    """The title of its page, else its name."""
    page = page_of(session, language)
    return page.title if page else session.name


def mail_key(registration: UUID) -> str:
    """How the keys of all mails about this registration begin."""
    return f"session:{registration}:"


def tell(registration: Registration, event: str, occasion: object, **context) -> None:
    """Queue templates/mail/sessions/<event>.txt; `occasion` tells one such event from the next."""
    session, language = registration.session, registration.language
    page = page_of(session, language)
    title, points = (page.title, page.points) if page else (session.name, [])
    has_seat = registration.state == Registration.State.SEATED
    outbox.queue(
        key=f"{mail_key(registration.uuid)}{event}:{occasion}",
        to=registration.email,
        language=language,
        template=f"sessions/{event}",
        context={
            "registration": registration,
            "session": session,
            "title": title,
            "points": points,
            "has_seat": has_seat,
            **context,
        },
        calendar=calendar_file(session, title, points, language) if has_seat else "",
    )


def tell_registered(registration: Registration) -> None:
    tell(registration, "registered", f"{registration.state}:{clock.today()}")


def tell_moved_up(registration, actor, **params):
    tell(registration, "moved_up", 1)


def tell_left(registration, actor, **params):
    tell(registration, "left", 1)


def tell_all(session: Session, event: str, **context) -> None:
    """To everyone with a seat or on the waiting list, once for each change."""
    going = session.registrations.exclude(state=Registration.State.CANCELLED)
    for registration in going.select_related("session"):
        registration.session = session
        tell(registration, event, session.sequence, **context)


def tell_cancelled(session, actor, *, reason="", **params):
    tell_all(session, "cancelled", reason=reason)


def tell_changed(session: Session) -> None:
    tell_all(session, "changed")


def remind(registration: Registration) -> None:
    tell(registration, "reminder", registration.session.begins_at.isoformat())
