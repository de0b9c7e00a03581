"""What happens to expressions of interest."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date, timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction

from portal import clock
from portal.audit import log
from portal.mail import outbox
from portal.mail.ceilings import TooManyMails
from portal.models import Mail, User
from portal.permissions import is_officer

from ..models import Interest, InterestMoment
from ..workflow.transitions import INTEREST

FOLLOW_UP_WITHIN = timedelta(days=7)
TEAM_LANGUAGE = "nl"


@transaction.atomic
def express(interest: Interest, moments: Sequence[tuple[date, str]] = ()) -> Interest:
    """Save what came by the form on the site; the person and the team get a mail.

    moments: day and part of the day at which the person would like to be called, the best first.
    """
    interest.source = Interest.Source.FORM
    _save(interest)
    for number, (day, part) in enumerate(moments, start=1):
        moment = InterestMoment(interest=interest, number=number, day=day, part=part)
        moment.full_clean()
        moment.save()
    log.record(interest, "expressed", to_state=interest.state)
    context = {"interest": interest, "home": f"/{interest.language}/"}
    # Anyone can write any address in the form, so this has a ceiling; interest above it is kept all the same.
    with suppress(TooManyMails):
        outbox.queue(
            key=f"interest:{interest.uuid}:received",
            to=interest.email,
            language=interest.language,
            template="partners/interest_received",
            context=context,
            ceiling=Mail.Ceiling.FORM,
        )
    outbox.queue(
        key=f"interest:{interest.uuid}:new",
        to=settings.TEAM_EMAIL,
        language=TEAM_LANGUAGE,
        template="partners/interest_new",
        context=context,
    )
    return interest


@transaction.atomic
def record(interest: Interest, actor: User) -> Interest:
    """Save what an officer heard by mail, telephone or in a talk; he or she follows it up."""
    if not is_officer(actor):
        raise PermissionDenied
    interest.owner = actor
    _save(interest)
    log.record(interest, "recorded", actor=actor, to_state=interest.state)
    return interest


def _save(interest: Interest) -> None:
    interest.created_at = clock.now()
    interest.follow_up_on = interest.follow_up_on or clock.today() + FOLLOW_UP_WITHIN
    interest.full_clean()
    interest.save()


def follow_up(interest: Interest, actor: User, *, owner: User, follow_up_on: date, note: str = "") -> Interest:
    """Say who goes on with it and when; what was said is a note in the log."""
    return INTEREST.fire("follow_up", interest, actor, owner=owner, follow_up_on=follow_up_on, note=note)


def close(interest: Interest, actor: User, *, note: str) -> Interest:
    return INTEREST.fire("close", interest, actor, note=note)


def reopen(interest: Interest, actor: User) -> Interest:
    return INTEREST.fire("reopen", interest, actor)


def remind_owners() -> int:
    """Mail who follows it up once the day has come, or the team where nobody does (a job of `run_due`).

    Once for each day that was planned, and later where no job ran on that day. Answers how many mails were queued.
    """
    open_states = (Interest.State.NEW, Interest.State.FOLLOWED)
    due = Interest.objects.filter(state__in=open_states, follow_up_on__lte=clock.today()).select_related("owner")
    reminders = {f"interest:{interest.uuid}:due:{interest.follow_up_on}": interest for interest in due}
    sent = set(Mail.objects.filter(key__in=reminders).values_list("key", flat=True))
    for key in reminders.keys() - sent:
        interest = reminders[key]
        outbox.queue(
            key=key,
            to=interest.owner.email if interest.owner else settings.TEAM_EMAIL,
            language=interest.owner.language if interest.owner else TEAM_LANGUAGE,
            template="partners/interest_due",
            context={"interest": interest},
        )
    return len(reminders.keys() - sent)
