"""What happens to expressions of interest."""

from contextlib import suppress
from datetime import date, timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q

from portal import clock, log, mail
from portal.mail_ceilings import TooManyMails
from portal.models import Mail, User
from portal.permissions import is_officer

from .models import Lead
from .workflow import LEAD

FOLLOW_UP_WITHIN = timedelta(days=7)
TEAM_LANGUAGE = "nl"


@transaction.atomic
def express(lead: Lead) -> Lead:
    """Save what came by the form on the site; the person and the team get a mail."""
    lead.source = Lead.Source.FORM
    _save(lead)
    log.record(lead, "expressed", to_state=lead.state)
    context = {"lead": lead, "home": f"/{lead.language}/"}
    # Anyone can write any address in the form, so this has a ceiling; interest above it is kept all the same.
    with suppress(TooManyMails):
        mail.queue(
            key=f"lead:{lead.uuid}:received",
            to=lead.email,
            language=lead.language,
            template="partners/lead_received",
            context=context,
            ceiling=Mail.Ceiling.FORM,
        )
    mail.queue(
        key=f"lead:{lead.uuid}:new",
        to=settings.TEAM_EMAIL,
        language=TEAM_LANGUAGE,
        template="partners/lead_new",
        context=context,
    )
    return lead


@transaction.atomic
def record(lead: Lead, actor: User) -> Lead:
    """Save what an officer heard by mail, telephone or in a talk; he or she follows it up."""
    if not is_officer(actor):
        raise PermissionDenied
    lead.owner = actor
    _save(lead)
    log.record(lead, "recorded", actor=actor, to_state=lead.state)
    return lead


def _save(lead: Lead) -> None:
    lead.created_at = clock.now()
    lead.follow_up_on = lead.follow_up_on or clock.today() + FOLLOW_UP_WITHIN
    lead.full_clean()
    lead.save()


def follow_up(lead: Lead, actor: User, *, owner: User, follow_up_on: date, note: str = "") -> Lead:
    """Say who goes on with it and when; what was said is a note in the log."""
    return LEAD.fire("follow_up", lead, actor, owner=owner, follow_up_on=follow_up_on, note=note)


def close(lead: Lead, actor: User, *, note: str) -> Lead:
    return LEAD.fire("close", lead, actor, note=note)


def reopen(lead: Lead, actor: User) -> Lead:
    return LEAD.fire("reopen", lead, actor)


def remind_owners() -> int:
    """A mail to who follows it up, on the day (a job of `run_due`); to the team where nobody does."""
    due = Lead.objects.filter(Q(state=Lead.State.NEW) | Q(state=Lead.State.FOLLOWED), follow_up_on=clock.today())
    told = 0
    for lead in due.select_related("owner"):
        to = lead.owner.email if lead.owner else settings.TEAM_EMAIL
        mail.queue(
            key=f"lead:{lead.uuid}:due:{lead.follow_up_on}",
            to=to,
            language=lead.owner.language if lead.owner else TEAM_LANGUAGE,
            template="partners/lead_due",
            context={"lead": lead},
        )
        told += 1
    return told
