"""What happens to a notice: published with consent, found, renewed, taken down, removed, and lapsed by itself."""

import calendar
from collections.abc import Iterable
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from portal import clock
from portal.audit import log
from portal.models import User
from portal.permissions import is_officer
from portal.workflow import Refused

from ..models import FinderConversation, FinderNotice, Municipality, Organisation
from ..organisations import loading
from ..organisations.services import tell_managers
from ..workflow.finder import CONVERSATION, NOTICE

# Which text of consent the form shows: another text is another version.
CONSENT_VERSION = "2026-12"
USUAL_MONTHS = 3
LONGEST_MONTHS = 6
TOLD_BEFORE = timedelta(days=14)


def months_from_today(months: int) -> date:
    """The same day so many months later, or the last one of that month."""
    today = clock.today()
    years, month = divmod(today.month - 1 + months, 12)
    last = calendar.monthrange(today.year + years, month + 1)[1]
    return date(today.year + years, month + 1, min(today.day, last))


def refuse_end(ends_on: date) -> None:
    """A notice ends after today, and in half a year at the latest."""
    if not clock.today() < ends_on <= months_from_today(LONGEST_MONTHS):
        raise Refused(_("Choose a day after today and within %(number)d months.") % {"number": LONGEST_MONTHS})


def refuse_blocked(organisation: Organisation) -> None:
    if organisation.finder_blocked_at:
        raise Refused(_("Fedasil blocked your organisation in the partner finder. Ask the team why."))


def own_notice(organisation: Organisation) -> FinderNotice | None:
    """The open one, if any."""
    return organisation.finder_notices.filter(state=FinderNotice.State.OPEN).first()


@transaction.atomic
def publish(
    organisation: Organisation,
    actor: User,
    *,
    seeks: Iterable[str],
    offers: Iterable[str],
    area: str,
    province: str,
    municipalities: Iterable[Municipality],
    words: str,
    ends_on: date,
    agreed: bool,
) -> FinderNotice:
    """Show what the organisation seeks, or change what it shows. Nothing is shown without consent to today's text."""
    own = loading.locked_for(organisation, actor)
    refuse_blocked(own)
    refuse_end(ends_on)
    if not agreed:
        raise Refused(_("Agree that others of your area may see the notice."))
    now = clock.now()
    places = list(municipalities) if area == FinderNotice.Area.MUNICIPALITIES else []
    if area == FinderNotice.Area.MUNICIPALITIES and not places:
        raise Refused(_("Choose at least one municipality."))
    values = {
        **FinderNotice.flags(seeks, offers),
        "area": area,
        "province": province if area == FinderNotice.Area.PROVINCE else "",
        "words": words,
        "ends_on": ends_on,
        "reminded_at": None,
        "consent_version": CONSENT_VERSION,
        "consent_at": now,
        "consent_by": actor,
    }
    notice = own_notice(own)
    draft = FinderNotice(organisation=own, created_at=now, **values)
    draft.full_clean(exclude=["reminded_at", "ended_at"], validate_constraints=notice is None)
    data = {"consent": CONSENT_VERSION, "ends_on": ends_on.isoformat()}
    if notice:
        notice = NOTICE.fire("change", notice, actor, data=data, values=values)
    else:
        draft.save()
        notice = draft
        log.record(notice, "published", actor=actor, to_state=notice.state, data=data)
    notice.municipalities.set(places)
    return notice


@transaction.atomic
def renew(notice: FinderNotice, actor: User) -> FinderNotice:
    """Three months from today. Where the text of consent changed meanwhile, the form asks for it first."""
    refuse_blocked(loading.locked_for(notice.organisation_id, actor))
    if notice.consent_version != CONSENT_VERSION:
        raise Refused(_("The text to which you agree has changed. Read it on the form, and save the notice again."))
    ends_on = months_from_today(USUAL_MONTHS)
    ends_on = max(ends_on, notice.ends_on)
    values = {"ends_on": ends_on, "reminded_at": None}
    return NOTICE.fire("renew", notice, actor, data={"ends_on": ends_on.isoformat()}, values=values)


def take_down(notice: FinderNotice, actor: User) -> FinderNotice:
    """At any time, by those who manage the organisation."""
    return NOTICE.fire("take_down", notice, actor)


@transaction.atomic
def remove(notice: FinderNotice, officer: User, *, reason: str) -> FinderNotice:
    """Fedasil takes it down; its managers read why."""
    removed = NOTICE.fire("remove", notice, officer, note=reason)
    tell_managers(removed.organisation, "finder_removed", removed.pk, reason=reason)
    return removed


# ── Who finds it ──────────────────────────────────────────────────────────────────────────────────────────────────────
def may_look(organisation: Organisation) -> bool:
    """Only organisations that Fedasil verified, and did not block, find others and are found."""
    return organisation.verified_at is not None and organisation.finder_blocked_at is None


def everywhere(organisation: Organisation) -> QuerySet[FinderNotice]:
    """All notices of others that the organisation may see, of whatever area."""
    if not may_look(organisation):
        return FinderNotice.objects.none()
    shown = FinderNotice.objects.filter(
        state=FinderNotice.State.OPEN,
        ends_on__gte=clock.today(),
        organisation__verified_at__isnull=False,
        organisation__finder_blocked_at__isnull=True,
    ).exclude(organisation=organisation)
    related = shown.select_related("organisation__municipality").prefetch_related("municipalities")
    return related.order_by("ends_on", "pk")


def found_by(organisation: Organisation, province: str = "") -> QuerySet[FinderNotice]:
    """Those that meet the organisation's area, or that meet the province for which it asks."""
    if province:
        return everywhere(organisation).filter(in_province(province))
    seat = organisation.municipality.today
    named = FinderNotice.municipalities.through.objects.filter(municipality=seat).values("findernotice")
    meets = Q(province=seat.province) | Q(pk__in=named)
    if own := own_notice(organisation):
        meets |= in_area_of(own)
    return everywhere(organisation).filter(meets)


def in_province(province: str) -> Q:
    named = FinderNotice.municipalities.through.objects.filter(municipality__province=province).values("findernotice")
    return Q(province=province) | Q(pk__in=named) | Q(organisation__municipality__province=province)


def in_area_of(own: FinderNotice) -> Q:
    """Those whose seat lies in the area of this one."""
    if own.area == FinderNotice.Area.PROVINCE:
        return Q(organisation__municipality__province=own.province)
    named = list(own.municipalities.values_list("pk", flat=True))
    return Q(organisation__municipality__in=named) | Q(organisation__municipality__merged_into__in=named)


# ── Time, and Fedasil ─────────────────────────────────────────────────────────────────────────────────────────────────
def look_after() -> int:
    """Remind of notices that end soon, and end those whose day is over (a job of `run_due`); answers how many."""
    today, shown = clock.today(), FinderNotice.objects.filter(state=FinderNotice.State.OPEN)
    over = list(shown.filter(ends_on__lt=today))
    for notice in over:
        NOTICE.fire("lapse", notice, None)
    soon = list(shown.filter(ends_on__range=(today, today + TOLD_BEFORE), reminded_at__isnull=True))
    for notice in soon:
        with transaction.atomic():
            told = NOTICE.fire("remind", notice, None)
            occasion = f"{told.pk}:{told.ends_on}"
            tell_managers(told.organisation, "finder_ends", occasion, ends_on=told.ends_on)
    return len(over) + len(soon)


@transaction.atomic
def block(organisation: Organisation, officer: User, *, reason: str) -> Organisation:
    """Keep the organisation out: its notice goes, and so do its conversations."""
    if not is_officer(officer):
        raise PermissionDenied
    own = loading.locked(organisation)
    if own.finder_blocked_at:
        raise Refused(_("It is blocked already."))
    own.finder_blocked_at = clock.now()
    own.save(update_fields=["finder_blocked_at"])
    log.record(own, "finder_blocked", actor=officer, note=reason)
    if notice := own_notice(own):
        remove(notice, officer, reason=reason)
    for conversation in FinderConversation.objects.of(own):
        if CONVERSATION.is_possible("block", conversation):
            CONVERSATION.fire("block", conversation, officer)
    return own


@transaction.atomic
def unblock(organisation: Organisation, officer: User, *, reason: str) -> Organisation:
    """Let it use the finder again. What was blocked stays so."""
    if not is_officer(officer):
        raise PermissionDenied
    own = loading.locked(organisation)
    if not own.finder_blocked_at:
        raise Refused(_("It is not blocked."))
    own.finder_blocked_at = None
    own.save(update_fields=["finder_blocked_at"])
    log.record(own, "finder_unblocked", actor=officer, note=reason)
    return own
