"""How two organisations meet: written to through the portal or introduced by Fedasil; neither sees an address."""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from portal import clock, workflow
from portal.audit import log
from portal.mail import outbox
from portal.models import User
from portal.permissions import is_officer
from portal.workflow import Refused

from ..models import FinderConversation, FinderMessage, FinderNotice, Organisation
from ..organisations import loading
from ..organisations.services import tell_managers
from ..permissions import may_manage
from ..workflow.finder import CONVERSATION
from . import notices

DAY = timedelta(hours=24)
NEW_A_DAY = 5
MESSAGES_A_DAY = 20
# Messages, and notices that ended, are of no use to anyone after half a year.
KEPT = timedelta(days=183)
TEAM_LANGUAGE = "nl"

S = FinderConversation.State
STANDING = (S.INTRODUCED, S.OPEN, S.SHARED, S.REPORTED, S.BLOCKED)


# ── Written to ────────────────────────────────────────────────────────────────────────────────────────────────────────
@transaction.atomic
def write_to(notice: FinderNotice, organisation: Organisation, actor: User, text: str) -> FinderConversation:
    """Write to the organisation of a notice for the first time, or once more where the two write to each other."""
    own = locked_writer(organisation, actor)
    found = notices.everywhere(own).filter(pk=notice.pk).first()
    if found is None:
        raise Refused(_("This notice is no longer there."))
    pair = FinderConversation.objects.between(own, found.organisation)
    if standing := pair.filter(state__in=STANDING).first():
        return write(standing, own, actor, text)
    refuse_unwanted(own, found.organisation)
    refuse_more(FinderConversation.objects.filter(begun_by=own, begun_at__gt=clock.now() - DAY).count(), NEW_A_DAY)
    begun = begin(own, found.organisation, state=S.OPEN, begun_by=own)
    log.record(begun, "begun", actor=actor, to_state=begun.state)
    return write(begun, own, actor, text)


def locked_writer(organisation: Organisation, actor: User) -> Organisation:
    """One's own organisation under its row lock, if it may use the finder."""
    own = loading.locked_for(organisation, actor)
    notices.refuse_blocked(own)
    if not notices.may_look(own):
        raise Refused(_("Fedasil has not verified your organisation yet. After that you can write to others."))
    return own


def refuse_unwanted(own: Organisation, other: Organisation) -> None:
    """Who ended a conversation or declined an introduction is not written to by the other again."""
    if FinderConversation.objects.between(own, other).filter(ended_by=other).exists():
        raise Refused(_("This organisation does not want to go on with the conversation."))


def refuse_more(sent: int, limit: int) -> None:
    if sent >= limit:
        raise Refused(_("Your organisation wrote enough for today. Try again tomorrow."))


def begin(one: Organisation, other: Organisation, **values) -> FinderConversation:
    first, second = sorted((one, other), key=lambda organisation: organisation.pk)
    now = clock.now()
    return FinderConversation.objects.create(first=first, second=second, begun_at=now, last_at=now, **values)


@transaction.atomic
def write(conversation: FinderConversation, organisation: Organisation, actor: User, text: str) -> FinderConversation:
    """Send the other one a message: those who manage it get a mail with a link, and not the text."""
    own = locked_writer(organisation, actor)
    rows = FinderConversation.objects.of(own).filter(pk=conversation.pk)
    fresh = workflow.locked(rows, states=(S.OPEN, S.SHARED))
    refuse_more(FinderMessage.objects.filter(organisation=own, sent_at__gt=clock.now() - DAY).count(), MESSAGES_A_DAY)
    message = FinderMessage(conversation=fresh, organisation=own, author=actor, text=text, sent_at=clock.now())
    message.full_clean()
    message.save()
    FinderConversation.objects.filter(pk=fresh.pk).update(last_at=clock.now())
    log.record(fresh, "written", actor=actor, data={"message": message.pk})
    tell_other(fresh, own, "finder_message", message.pk)
    return fresh


def tell_other(conversation: FinderConversation, own: Organisation, template: str, occasion: object) -> None:
    other = conversation.other(own)
    tell_managers(other, template, occasion, conversation=conversation, other=own)


# ── Answered ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def locked_side(conversation: FinderConversation, own: Organisation, actor: User) -> FinderConversation:
    """The conversation under its row lock, for those who manage this side of it."""
    fresh = workflow.locked(FinderConversation.objects.of(own).filter(pk=conversation.pk))
    if not may_manage(actor, own):
        raise PermissionDenied
    return fresh


@transaction.atomic
def agree(conversation: FinderConversation, own: Organisation, actor: User) -> FinderConversation:
    """Agree to an introduction; when both did, they can write."""
    fresh = locked_side(conversation, own, actor)
    both = fresh.agreed(fresh.other(own))
    done = CONVERSATION.fire("agree_both" if both else "agree", fresh, actor, own=own)
    if both:
        for side in (done.first, done.second):
            tell_other(done, side, "finder_agreed", done.pk)
    return done


@transaction.atomic
def share(conversation: FinderConversation, own: Organisation, actor: User, reach: str) -> FinderConversation:
    """Say how one can be reached. The other one reads it once both did."""
    fresh = locked_side(conversation, own, actor)
    both = bool(fresh.reach(fresh.other(own)))
    done = CONVERSATION.fire("share_both" if both else "share", fresh, actor, own=own, reach=reach)
    tell_other(done, own, "finder_shared", log.last_number(done))
    return done


@transaction.atomic
def end(step: str, conversation: FinderConversation, own: Organisation, actor: User) -> FinderConversation:
    """Decline an introduction (`decline`) or close a conversation (`close`); the other one is told."""
    done = CONVERSATION.fire(step, locked_side(conversation, own, actor), actor, own=own)
    tell_other(done, own, "finder_closed", done.pk)
    return done


@transaction.atomic
def report(conversation: FinderConversation, own: Organisation, actor: User, text: str) -> FinderConversation:
    """Ask the team to look at a conversation. Nobody writes in it until the team decided."""
    done = CONVERSATION.fire("report", locked_side(conversation, own, actor), actor, own=own, report=text)
    outbox.queue(
        key=f"finder:{done.uuid}:reported:{log.last_number(done)}",
        to=settings.TEAM_EMAIL,
        language=TEAM_LANGUAGE,
        template="partners/finder_reported",
        context={"conversation": done, "organisation": own},
    )
    return done


# ── Fedasil ───────────────────────────────────────────────────────────────────────────────────────────────────────────
@transaction.atomic
def introduce(one: Organisation, other: Organisation, officer: User, introduction: str) -> FinderConversation:
    """Fedasil thinks that the two fit; both are asked, and neither sees more than the other's name."""
    if not is_officer(officer):
        raise PermissionDenied
    if one.pk == other.pk:
        raise Refused(_("Choose two different organisations."))
    pair = [loading.locked(pk) for pk in sorted((one.pk, other.pk))]
    for organisation in pair:
        if not notices.may_look(organisation):
            raise Refused(
                _("%(name)s is not verified, or blocked in the partner finder.") % {"name": organisation.name}
            )
    if FinderConversation.objects.between(*pair).filter(state__in=STANDING).exists():
        raise Refused(_("These two are in contact already."))
    made = begin(*pair, state=S.INTRODUCED, introduction=introduction)
    log.record(made, "introduced", actor=officer, to_state=made.state)
    for organisation in pair:
        tell_other(made, organisation, "finder_introduced", made.pk)
    return made


def release(conversation: FinderConversation, officer: User) -> FinderConversation:
    """The report was looked at: they may go on."""
    return CONVERSATION.fire("release", conversation, officer)


def block(conversation: FinderConversation, officer: User) -> FinderConversation:
    """These two write to each other no more."""
    return CONVERSATION.fire("block", conversation, officer)


def forget() -> int:
    """Delete conversations in which nothing happened for half a year, and notices that ended so long ago (a job)."""
    before = clock.now() - KEPT
    old = FinderConversation.objects.filter(last_at__lt=before).exclude(state=S.REPORTED)
    ended = FinderNotice.objects.filter(ended_at__lt=before)
    with transaction.atomic():
        numbers = old.count() + ended.count()
        old.delete()
        ended.delete()
    return numbers
