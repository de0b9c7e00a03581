"""Drafts that nobody touches: reminders 30 and 7 days before they end after twelve months, and their end."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from portal import clock
from portal.workflow import Refused

from ..communication.applicant_mails import send_mails
from ..models import Application
from ..workflow.submission import DRAFT_LASTS
from ..workflow.transitions import APPLICATION

# Days before the end.
REMINDERS = (30, 7)


def ends_at(application: Application) -> datetime:
    """When a draft that nobody touches from now on ends."""
    return application.changed_at + DRAFT_LASTS


def announced_end(application: Application) -> datetime | None:
    """When a draft ends of which its parties were reminded and which nobody changed since; None for any other."""
    is_announced = application.state == Application.State.DRAFT and application.reminded is not None
    return ends_at(application) if is_announced else None


def look_after_drafts() -> int:
    """Remind of drafts that end soon, each time once, and end those whose time is over (a job of `run_due`)."""
    return sum(remind(days) for days in REMINDERS) + end_drafts()


def remind(days: int) -> int:
    """Mail those who work on a draft that ends in so many days or less."""
    silent_since = clock.now() - DRAFT_LASTS + timedelta(days=days)
    due = Application.objects.filter(
        Q(reminded__isnull=True) | Q(reminded__gt=days),
        state=Application.State.DRAFT,
        changed_at__lte=silent_since,
        changed_at__gt=clock.now() - DRAFT_LASTS,
    )
    return sum(_remind(application, days) for application in due)


@transaction.atomic
def _remind(application: Application, days: int) -> bool:
    untouched = Application.objects.filter(pk=application.pk, revision=application.revision, state=application.state)
    if not untouched.exclude(reminded__lte=days).update(reminded=days):
        return False
    send_mails(application, "draft_ends", f"{days}:{application.revision}", ends_at=ends_at(application))
    return True


def end_drafts() -> int:
    """End the drafts whose time is over."""
    ended = 0
    for application in Application.objects.filter(
        state=Application.State.DRAFT, changed_at__lte=clock.now() - DRAFT_LASTS
    ):
        try:
            APPLICATION.fire("expire", application, None)
            ended += 1
        except Refused:
            # Someone was quicker: changed, submitted or withdrew it.
            continue
    return ended
