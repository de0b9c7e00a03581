"""A competing claim for a registered enterprise number: it goes to Fedasil, with both sides."""

from django.db import transaction
from django.utils.translation import gettext as _

from portal import clock
from portal.audit import log
from portal.confirmations import services as confirmations_services
from portal.models import ConfirmationRequest, User
from portal.workflow import Refused

from ..models import Claim, Organisation
from . import loading, staff_notices
from .services import tell


@transaction.atomic
def claim(organisation: Organisation, user: User, message: str) -> Claim:
    """Say that the number is one's own organisation's; once as long as it waits. Fedasil's officers are told."""
    locked = loading.locked(organisation)
    if locked.memberships.filter(user=user).exists():
        raise Refused(_("You already belong to %(name)s.") % {"name": locked.name})
    if found := locked.claims.filter(user=user, state=Claim.State.WAITING).first():
        return found
    made = Claim.objects.create(organisation=locked, user=user, message=message, made_at=clock.now())
    log.record(locked, "claimed", actor=user, data={"claim": made.pk})
    staff_notices.tell_officers("organisation_claimed", locked, f"claim:{made.pk}")
    return made


@transaction.atomic
def answer(waiting: Claim, officer: User, *, granted: bool, reason: str) -> ConfirmationRequest | None:
    """Granting asks that the claimant be invited to manage it; the claim waits until a second officer confirms that.

    Declined, the claimant reads the reason.
    """
    locked = loading.locked(waiting.organisation_id)
    fresh = locked.claims.select_related("user").get(pk=waiting.pk)
    if fresh.state != Claim.State.WAITING:
        raise Refused(_("A colleague answered this claim already."))
    if granted:
        after = {"email": fresh.user.email, "language": fresh.user.language}
        return confirmations_services.ask("organisation_access", locked, after, officer, reason=reason)
    asked = {"kind": "organisation_access", "subject_id": locked.pk, "state": ConfirmationRequest.State.OPEN}
    if ConfirmationRequest.objects.filter(**asked).exists():
        raise Refused(_("Access to this organisation is asked for. Have that confirmed or refused first."))
    _settle(fresh, Claim.State.DECLINED, officer, reason)
    tell(locked, fresh.user, "claim_declined", fresh.pk, reason=reason)
    return None


def grant(locked: Organisation, officer: User | None, email: str, reason: str) -> None:
    """The person with this address gets access: what the same person claimed is granted."""
    for claimed in locked.claims.filter(user__email=email, state=Claim.State.WAITING):
        _settle(claimed, Claim.State.GRANTED, officer, reason)


def _settle(claimed: Claim, state: Claim.State, officer: User | None, reason: str) -> None:
    claimed.state, claimed.answered_at, claimed.answered_by = state, clock.now(), officer
    claimed.save(update_fields=["state", "answered_at", "answered_by"])
    log.record(claimed.organisation, f"claim_{claimed.state}", actor=officer, data={"claim": claimed.pk}, note=reason)
