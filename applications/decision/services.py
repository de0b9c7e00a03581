"""Deciding: prepared by an officer or decider, looked at, and released later by someone with the power to decide.

A released decision fires the transition of its application; what follows from it: applications/workflow/decision.py.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import rules
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from portal import clock
from portal.audit import log
from portal.files import store
from portal.models import User
from portal.workflow import NotAllowed, Refused, not_possible_now

from ..case import loading
from ..communication.staff_notices import notify_of_prepared
from ..models import Application, Decision
from ..papers import letters
from ..review.status import ReviewStatus, review_status
from ..workflow import decision as decision_effects
from ..workflow.transitions import APPLICATION

Outcome = Decision.Outcome
State = Decision.State
DECIDED = frozenset({Application.State.APPROVED, Application.State.DECLINED})
FIRST = {Outcome.APPROVE: "approve", Outcome.DECLINE: "decline"}
LATER = {Outcome.APPROVE: "correct_to_approve", Outcome.DECLINE: "correct_to_decline", Outcome.REVOKE: "revoke"}
# Each releases letters that are printed meanwhile: so many at once.
MOST_AT_ONCE = 20


def transition_of(decision: Decision) -> str:
    return (LATER if decision.corrects_id else FIRST)[Outcome(decision.outcome)]


def possible_outcomes(application: Application) -> list[Outcome]:
    """What can be prepared in its present state."""
    if application.state in DECIDED:
        return [outcome for outcome, name in LATER.items() if application.state in APPLICATION.table[name].sources]
    return list(FIRST) if application.state == Application.State.IN_REVIEW else []


# ── Preparing ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def _prepared(decision: Decision) -> Decision:
    """As it is now, under the lock of its application."""
    found = Decision.objects.filter(pk=decision.pk, state=State.PREPARED).first()
    if found is None:
        raise NotAllowed(_("This decision was released or discarded meanwhile."))
    return found


def _write(locked: Application, decision: Decision, actor: User, outcome, reasons: dict[str, str], contact) -> None:
    """Set all that is decided, on what there is now."""
    if outcome not in possible_outcomes(locked):
        raise NotAllowed(not_possible_now(locked))
    (decision_effects.agreement_is_not_signed if locked.state in DECIDED else decision_effects.reviews_are_ready)(
        locked
    )
    if any(not reasons.get(code, "").strip() for code in letters.languages_of(locked.joined_parties)):
        raise Refused(_("Give the reasons for the decision in each language in which a party gets its letter."))
    if outcome == Outcome.APPROVE and contact is None:
        raise Refused(_("Name the contact person at Fedasil."))
    now = review_status(locked)
    decision.application, decision.version, decision.basis = locked, now.latest, now.fingerprint
    decision.corrects = decision_effects.in_force(locked) if locked.state in DECIDED else None
    decision.outcome = outcome
    for code in ("nl", "fr", "de"):
        setattr(decision, f"reasons_{code}", reasons.get(code, "").strip())
    decision.contact = contact if outcome == Outcome.APPROVE else None
    decision.prepared_by, decision.prepared_at = actor, clock.now()
    decision.save()


@transaction.atomic
def prepare(
    application: Application, actor: User, *, outcome: str, reasons: dict[str, str], contact: User | None = None
) -> Decision:
    """Write a decision that changes nothing yet; one that corrects where a decision is in force.

    `reasons` by language: each in which a party gets its letter is needed.
    """
    locked = loading.locked(application, actor, "applications.prepare_decision")
    if Decision.objects.filter(application=locked, state=State.PREPARED).exists():
        raise Refused(_("A decision on this application is prepared already. Change it, or discard it."))
    decision = Decision()
    _write(locked, decision, actor, outcome, reasons, contact)
    log.record(locked, "decision_prepared", actor=actor, data={"decision": decision.pk})
    notify_of_prepared(locked, decision.pk, actor)
    return decision


@transaction.atomic
def change(
    decision: Decision, actor: User, *, outcome: str, reasons: dict[str, str], contact: User | None = None
) -> Decision:
    """Write it anew, on the version and the reviews that there are by now."""
    locked = loading.locked(decision.application_id, actor, "applications.prepare_decision")
    found = _prepared(decision)
    _write(locked, found, actor, outcome, reasons, contact)
    log.record(locked, "decision_changed", actor=actor, data={"decision": found.pk})
    return found


@transaction.atomic
def discard(decision: Decision, actor: User) -> None:
    """It will not be released."""
    locked = loading.locked(decision.application_id, actor, "applications.prepare_decision")
    _prepared(decision)
    decision_effects.discard_prepared(locked, actor)


# ── Releasing ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def release(decision: Decision, actor: User, *, seen: str) -> Application:
    """Put it in force: the application's state changes, each party gets its letter, everyone a mail.

    `seen` is the digest of the letters that the decider looked at: Refused where they would be others by now.
    """
    found = Decision.objects.select_related("application", "corrects__partnership", "contact").get(pk=decision.pk)
    # Rendering takes its time: nothing is locked meanwhile, and nothing rendered for who may not release.
    if refused := why_not(found, actor):
        raise Refused(*refused)
    written = letters.written(found)
    if letters.digest(written) != seen:
        raise Refused(_("The letters changed after you looked at them. Look at them again."))
    printed = [(letter, letter.pdf) for letter in written]
    mails = letters.mails(found)
    with store.all_or_nothing():
        return APPLICATION.fire(
            transition_of(found),
            found.application,
            actor,
            data={"decision": found.pk},
            decision=found,
            printed=printed,
            mails=mails,
        )


def why_not(decision: Decision, actor: User) -> list[str]:
    """What keeps it from being released now, in sentences; PermissionDenied for whom it is not to release."""
    application = decision.application
    transition = APPLICATION.table[transition_of(decision)]
    if not rules.has_perm(transition.permission, actor, application):
        raise PermissionDenied
    if application.state not in transition.sources:
        return [not_possible_now(application)]
    try:
        with transaction.atomic():
            for guard in transition.guards:
                guard(application, actor, decision=decision)
    except Refused as refusal:
        return refusal.messages
    return []


@dataclass(frozen=True)
class Result:
    """What became of one of several: without refusals it was released."""

    decision: Decision
    refused: list[str]


def release_many(chosen: Iterable[tuple[Decision, str]], actor: User) -> list[Result]:
    """Release each by itself, with what was `seen` of it: one that is refused holds no other up."""
    results = []
    for decision, seen in chosen:
        try:
            release(decision, actor, seen=seen)
        except PermissionDenied:
            results.append(Result(decision, [_("You cannot release it.")]))
        except Refused as refusal:
            results.append(Result(decision, refusal.messages))
        else:
            results.append(Result(decision, []))
    return results


# ── Reading ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def is_readable(decision: Decision, user: User, reviews: ReviewStatus) -> bool:
    """A prepared first decision tells what the reviews say: it closes with them, where a new version sent them back."""
    return (
        not decision.is_prepared
        or decision.corrects_id is not None
        or reviews.complete
        or decision.prepared_by_id == user.pk
    )
