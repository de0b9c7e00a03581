"""What happens to the people of an organisation: invited, joining, changing roles, away, leaving, given back access."""

from datetime import date, timedelta

import rules
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from portal import clock
from portal.audit import log
from portal.files import receiving, store
from portal.files.validation import Incoming
from portal.mail import outbox
from portal.models import LogEntry, User
from portal.text import clean_address
from portal.workflow import Refused

from ..models import Invitation, JoinRequest, Membership, MembershipAbsence, Organisation
from ..organisations import claims, loading
from ..organisations.municipal_names import name_for_strangers
from ..organisations.services import tell, tell_managers
from ..permissions import membership
from ..signals import organisation_changed
from . import invitation_limit

INVITATION_LASTS = timedelta(days=14)
ROLES = ("manager", "contributor", "viewer", "capacity")


# ── Invited by a colleague ────────────────────────────────────────────────────────────────────────────────────────────
@transaction.atomic
def invite(organisation: Organisation, actor: User, *, email: str, language: str, **roles) -> Invitation:
    """Ask a colleague by mail to take up `roles` (manager, contributor, viewer, capacity)."""
    locked = loading.locked_for(organisation, actor)
    return _invite(locked, actor, email=clean_address(email), language=language, **roles)


def _invite(organisation: Organisation, actor: User, *, email: str, language: str, by_fedasil=False, **roles):
    refuse_second_invitation(organisation, email)
    if not by_fedasil and organisation.memberships.filter(user__email=email).exists():
        raise Refused(_("%(email)s works here already. Change the roles of this person instead.") % {"email": email})
    if not by_fedasil:
        invitation_limit.refuse_more(organisation, actor)
    now = clock.now()
    invitation = Invitation.objects.create(
        organisation=organisation,
        email=email,
        invited_by=actor,
        invited_at=now,
        expires_at=now + INVITATION_LASTS,
        by_fedasil=by_fedasil,
        **roles,
    )
    log.record(organisation, invitation_limit.COLLEAGUE, actor=actor, data={"invitation": invitation.pk})
    outbox.queue(
        key=f"invitation:{invitation.uuid}",
        to=invitation.email,
        language=language,
        template="partners/invitation",
        context={"invitation": invitation, "organisation": organisation, "actor": actor},
        about=organisation,
    )
    return invitation


def refuse_second_invitation(organisation: Organisation, email: str) -> None:
    """Only one invitation for an address is open at a time."""
    if organisation.invitations.open().filter(email=email).exists():
        raise Refused(_("%(email)s is invited already. Withdraw that invitation first.") % {"email": email})


@transaction.atomic
def withdraw(invitation: Invitation, actor: User) -> None:
    """Take an invitation back before it is accepted."""
    locked = loading.locked_for(invitation.organisation, actor)
    if not locked.invitations.open().filter(pk=invitation.pk).update(withdrawn_at=clock.now()):
        raise Refused(_("This invitation was used or has ended already."))
    log.record(locked, "invitation_withdrawn", actor=actor, data={"invitation": invitation.pk})


@transaction.atomic
def accept(invitation: Invitation, user: User) -> Membership:
    """Take up the roles offered, once, before the invitation ends, with the invited address. Roles add up."""
    if invitation.email != user.email:
        raise Refused(_("This invitation is for %(email)s. Sign in with that address.") % {"email": invitation.email})
    locked = loading.locked(invitation.organisation_id)
    taken = locked.invitations.open().filter(pk=invitation.pk).update(accepted_by=user, accepted_at=clock.now())
    if not taken:
        raise Refused(_("This invitation was used or has ended. Ask your organisation for a new one."))
    offered = {role: getattr(invitation, role) for role in ROLES if getattr(invitation, role)}
    return _join(locked, user, user, offered)


def _join(organisation: Organisation, user: User, actor: User, roles: dict) -> Membership:
    found, _created = Membership.objects.get_or_create(user=user, organisation=organisation, defaults=roles)
    for role, value in roles.items():
        setattr(found, role, value)
    if roles.get("capacity"):
        found.capacity_confirmed_at = clock.now()
    found.save()
    JoinRequest.objects.filter(organisation=organisation, user=user, state=JoinRequest.State.WAITING).update(
        state=JoinRequest.State.ACCEPTED, answered_at=clock.now(), answered_by=actor
    )
    entry = log.record(organisation, "colleague_joined", actor=actor, data={"user": user.pk, "roles": sorted(roles)})
    _changed(organisation, entry, actor)
    return found


def _changed(organisation: Organisation, entry: LogEntry, actor: User) -> None:
    organisation_changed.send(sender=Organisation, organisation=organisation, entry=entry, actor=actor)


# ── Asking to join ────────────────────────────────────────────────────────────────────────────────────────────────────
@transaction.atomic
def ask_to_join(organisation: Organisation, user: User, message: str = "") -> JoinRequest:
    """Ask its managers to let one in; once as long as it waits."""
    locked = loading.locked(organisation)
    if locked.memberships.filter(user=user).exists():
        raise Refused(_("You already belong to %(name)s.") % {"name": locked.name})
    if found := locked.join_requests.filter(user=user, state=JoinRequest.State.WAITING).first():
        return found
    request = JoinRequest.objects.create(organisation=locked, user=user, message=message, asked_at=clock.now())
    log.record(locked, "asked_to_join", actor=user, data={"request": request.pk})
    tell_managers(locked, "join_request", request.pk, asker=user)
    return request


@transaction.atomic
def answer(request: JoinRequest, actor: User, *, accepted: bool, **roles) -> None:
    """A manager lets someone in with `roles`, or does not."""
    locked = loading.locked_for(request.organisation, actor)
    fresh = locked.join_requests.select_related("user").get(pk=request.pk)
    if fresh.state != JoinRequest.State.WAITING:
        raise Refused(_("A colleague answered this request already."))
    if accepted:
        _join(locked, fresh.user, actor, {role: value for role, value in roles.items() if value})
    else:
        fresh.state, fresh.answered_at, fresh.answered_by = JoinRequest.State.DECLINED, clock.now(), actor
        fresh.save(update_fields=["state", "answered_at", "answered_by"])
        log.record(locked, "join_declined", actor=actor, data={"request": fresh.pk})
    name = locked.name if accepted else name_for_strangers(locked)
    tell(locked, fresh.user, "join_answer", fresh.pk, accepted=accepted, name=name)


# ── Roles, leaving, handing over ──────────────────────────────────────────────────────────────────────────────────────
def _refuse_without_manager(organisation: Organisation, leaving: Membership) -> None:
    if leaving.manager and not organisation.memberships.managing().exclude(pk=leaving.pk).exists():
        raise Refused(_("An organisation needs a manager. Make a colleague manager first."))


@transaction.atomic
def set_roles(target: Membership, actor: User, **roles) -> Membership:
    """A manager says what someone may do and in which capacity he or she signs."""
    locked = loading.locked_for(target.organisation, actor)
    fresh = locked.memberships.select_related("user").get(pk=target.pk)
    if not roles.get("manager", fresh.manager):
        _refuse_without_manager(locked, fresh)
    if "capacity" in roles and roles["capacity"] != fresh.capacity:
        fresh.capacity_confirmed_at = clock.now() if roles["capacity"] else None
        _forget_paper(fresh)
    for role, value in roles.items():
        setattr(fresh, role, value)
    fresh.full_clean(exclude=["user", "organisation"])
    fresh.save()
    given = sorted(role for role in ROLES if getattr(fresh, role))
    entry = log.record(locked, "roles_set", actor=actor, data={"user": fresh.user_id, "roles": given})
    _changed(locked, entry, actor)
    return fresh


def keep_paper(target: Membership, actor: User, incoming: Incoming) -> None:
    """Keep the paper that shows someone's capacity, in place of the one before. Nobody reads it unscanned."""
    with store.all_or_nothing():
        locked = loading.locked_for(target.organisation, actor)
        fresh = locked.memberships.get(pk=target.pk)
        _forget_paper(fresh)
        fresh.capacity_paper = receiving.receive(incoming, actor)
        fresh.save(update_fields=["capacity_paper"])
        log.record(locked, "paper_kept", actor=actor, data={"user": fresh.user_id})


def settle_paper(target: Membership, found: str) -> bool:
    """Write down what the scanner said of the paper, once; answers whether it is clean now by this call."""
    with store.all_or_nothing():
        locked = loading.locked(target.organisation_id)
        fresh = locked.memberships.select_related("capacity_paper__sent_by", "user").filter(pk=target.pk).first()
        if fresh is None or (paper := fresh.capacity_paper) is None:
            return False
        if not paper.quarantined or paper.pk != target.capacity_paper_id:
            return False
        if not found:
            store.release(paper)
            return True
        sender = paper.sent_by
        _forget_paper(fresh)
        entry = log.record(locked, "paper_refused", data={"user": fresh.user_id})
        if sender:
            tell(locked, sender, "paper_refused", entry.pk, signatory=fresh.user, membership=fresh)
        return False


def _forget_paper(found: Membership) -> None:
    if old := found.capacity_paper:
        found.capacity_paper = None
        found.save(update_fields=["capacity_paper"])
        store.forget(old)


@transaction.atomic
def remove(target: Membership, actor: User, successor: Membership | None = None) -> None:
    """End a membership: one's own, or as a manager. The last manager hands over to `successor` in the same step."""
    locked = loading.locked(target.organisation_id)
    if target.user_id != actor.pk:
        loading.locked_for(locked, actor)
    fresh = locked.memberships.select_related("user").get(pk=target.pk)
    if successor and fresh.manager:
        heir = locked.memberships.exclude(pk=fresh.pk).get(pk=successor.pk, user__is_active=True)
        heir.manager = True
        heir.save(update_fields=["manager"])
        log.record(locked, "handed_over", actor=actor, data={"user": heir.user_id})
        tell(locked, heir.user, "handed_over", f"{fresh.pk}:{heir.pk}", leaver=fresh.user)
    _refuse_without_manager(locked, fresh)
    _forget_paper(fresh)
    fresh.delete()
    entry = log.record(locked, "left", actor=actor, data={"user": fresh.user_id})
    if fresh.user_id != actor.pk:
        tell(locked, fresh.user, "removed", entry.pk)


# ── Away, with a deputy ───────────────────────────────────────────────────────────────────────────────────────────────
@transaction.atomic
def set_absence(own: Membership, first_day: date, last_day: date, deputy: Membership | None) -> MembershipAbsence:
    """Be away on these days; meanwhile the deputy, of the same organisation, manages and works in one's place."""
    locked = loading.locked(own.organisation_id)
    absence = MembershipAbsence(membership=own, deputy=deputy, first_day=first_day, last_day=last_day)
    if deputy and deputy.organisation_id != locked.pk:
        raise PermissionDenied
    if last_day < clock.today():
        raise Refused(_("These days are over."))
    try:
        absence.full_clean()
    except ValidationError as error:
        raise Refused(*error.messages) from error
    absence.save()
    entry = log.record(locked, "absence_set", actor=own.user, data={"deputy": deputy and deputy.user_id})
    _changed(locked, entry, own.user)
    if deputy:
        tell(locked, deputy.user, "deputy", absence.pk, absence=absence, absent=own.user)
    return absence


@transaction.atomic
def end_absence(absence: MembershipAbsence) -> None:
    """Be back from today on, or stay after all."""
    locked = loading.locked(absence.membership.organisation_id)
    log.record(locked, "absence_ended", actor=absence.membership.user)
    absence.end()


# ── After elections ───────────────────────────────────────────────────────────────────────────────────────────────────
@transaction.atomic
def confirm_signatories(organisation: Organisation, actor: User, staying: set[int]) -> None:
    """All signatories at once: those in `staying` (primary keys of memberships) keep their capacity, others lose it.

    Who has no other role may still read.
    """
    locked = loading.locked_for(organisation, actor)
    now = clock.now()
    for found in locked.memberships.exclude(capacity=""):
        if found.pk in staying:
            found.capacity_confirmed_at = now
        else:
            _forget_paper(found)
            found.capacity, found.capacity_confirmed_at = "", None
            found.viewer = found.viewer or not (found.manager or found.contributor)
        found.save()
    locked.signatories_asked_at = None
    locked.save(update_fields=["signatories_asked_at"])
    entry = log.record(locked, "signatories_confirmed", actor=actor, data={"staying": sorted(staying)})
    _changed(locked, entry, actor)


# ── Fedasil ───────────────────────────────────────────────────────────────────────────────────────────────────────────
@transaction.atomic
def restore_access(organisation: Organisation, officer: User, *, email: str, language: str, reason: str) -> Invitation:
    """Invite someone as manager where nobody else can; with a reason in the log, told to everyone who works there.

    Only with the confirmation of a second officer (partners/people/access_changes.py).
    """
    locked = loading.locked(organisation)
    invitation = _invite(locked, officer, email=clean_address(email), language=language, by_fedasil=True, manager=True)
    log.record(locked, "access_restored", actor=officer, data={"invitation": invitation.pk}, note=reason)
    claims.grant(locked, officer, invitation.email, reason)
    for found in locked.memberships.filter(user__is_active=True).select_related("user"):
        tell(locked, found.user, "access_restored", invitation.pk, email=invitation.email, reason=reason)
    return invitation


# ── Read by pages ─────────────────────────────────────────────────────────────────────────────────────────────────────
def present_and_next_absences(organisation: Organisation):
    """Absences of its people that are not over."""
    people = MembershipAbsence.objects.filter(membership__organisation=organisation, last_day__gte=clock.today())
    return people.select_related("membership__user", "deputy__user")


def may_read_paper(user: User, target: Membership) -> bool:
    """The person, those who manage the organisation today, and Fedasil's officers."""
    if rules.has_perm("partners.handle_organisation", user, target.organisation):
        return True
    own = membership(user, target.organisation)
    return own is not None and (own.manages or own.pk == target.pk)
