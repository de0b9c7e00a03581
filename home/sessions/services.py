"""What happens to information sessions and those who register. Each takes the session's row lock first."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from portal import clock, workflow
from portal.audit import log
from portal.mail import outbox
from portal.models import User
from portal.text import clean_address
from portal.workflow import Refused

from .. import kept_pages
from ..models import Registration, Session
from ..permissions import may_organise
from .mails import mail_key, remind, tell_changed, tell_registered
from .workflow import REGISTRATION, SESSION

REMINDED_BEFORE = timedelta(hours=24)
KEPT_AFTER = timedelta(days=30)
TOLD_WHEN_CHANGED = ("date", "start_time", "end_time", "place", "link")


def locked(session: Session, actor: User | None = None, permission: str | None = None) -> Session:
    """The session as it is now, under its row lock; PermissionDenied where the actor lacks the permission."""
    return workflow.locked(Session.objects.filter(pk=session.pk), actor, permission)


@transaction.atomic
def register(session: Session, *, name: str, email: str, organisation: str, needs: str, language: str) -> Registration:
    """A seat while there is one, else the waiting list; the mail says which.

    Who is registered already gets that mail again, at most once a day: nobody learns from the page who is registered.
    """
    open_session = locked(session)
    if not open_session.is_open:
        raise Refused(_("Registration for this session is closed."))
    email = clean_address(email)
    known = open_session.registrations.filter(email=email).exclude(state=Registration.State.CANCELLED).first()
    if known:
        tell_registered(known)
        return known
    State = Registration.State  # noqa: N806
    registration = Registration.objects.create(
        session=open_session,
        state=State.SEATED if open_session.free_seats else State.WAITING,
        name=name,
        organisation=organisation,
        email=email,
        needs=needs,
        language=language,
        registered_at=clock.now(),
    )
    log.record(open_session, "registered", data={"registration": registration.pk})
    tell_registered(registration)
    return registration


@transaction.atomic
def leave(registration: Registration) -> None:
    """Give the seat or the place in line back; the first in line moves up."""
    session = locked(registration.session)
    REGISTRATION.fire("cancel", registration, None)
    _fill(session)


def _fill(session: Session) -> None:
    """Give free seats to those who wait, in their order; the session's row is locked."""
    if not session.is_open:
        return
    waiting = session.registrations.filter(state=Registration.State.WAITING)
    for registration in waiting.order_by("registered_at", "pk")[: session.free_seats]:
        REGISTRATION.fire("move_up", registration, None)


@transaction.atomic
def plan(session: Session, actor: User) -> Session:
    """Save and publish a new session."""
    if not may_organise(actor):
        raise PermissionDenied
    session.live = False
    session.full_clean()
    session.save()
    return _publish_now(session, actor)


@transaction.atomic
def change(session: Session, actor: User) -> Session:
    """Save and publish changes."""
    locked(session, actor, "home.organise_session")
    return _publish_now(session, actor)


def _publish_now(session: Session, actor: User) -> Session:
    session.save_revision(user=actor).publish(user=actor)
    session.refresh_from_db()
    return session


def follow_publishing(sender, before: Session, actor: User | None, **kwargs) -> None:
    """Another time or place is told to all who registered; more seats go to those who wait (for session_published)."""
    session = locked(before)
    if not before.live:
        log.record(session, "planned", actor=actor, to_state=session.state)
        return
    changed = [field for field in TOLD_WHEN_CHANGED if getattr(before, field) != getattr(session, field)]
    log.record(session, "changed", actor=actor, data={"fields": changed})
    if changed:
        session.sequence += 1
        session.save(update_fields=["sequence"])
        tell_changed(session)
    _fill(session)


def cancel(session: Session, actor: User, *, reason: str) -> Session:
    """The session does not take place; everyone is told, with the reason."""
    cancelled = SESSION.fire("cancel", session, actor, reason=reason, note=reason)
    kept_pages.drop_all()
    return cancelled


def remind_all() -> int:
    """A day before, to everyone with a seat (a job of `run_due`); once for each time at which it was to begin."""
    now = clock.now()
    soon = Session.objects.filter(
        live=True,
        state=Session.State.PLANNED,
        seats__isnull=False,
        date__range=(clock.today(), clock.today() + timedelta(days=2)),
    )
    told = 0
    for session in soon:
        if now < session.begins_at <= now + REMINDED_BEFORE:
            for registration in session.registrations.filter(state=Registration.State.SEATED).select_related("session"):
                remind(registration)
                told += 1
    return told


def forget() -> int:
    """Delete who registered for sessions of more than 30 days ago, and the mails to them (a job of `run_due`)."""
    last = clock.today() - KEPT_AFTER
    old = Registration.objects.filter(session__date__lt=last)
    with transaction.atomic():
        for uuid in old.values_list("uuid", flat=True):
            outbox.forget(mail_key(uuid))
        return old.delete()[0]
