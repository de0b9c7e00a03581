"""What happens with reviews: assigned, taken back, written, settled; and withdrawing for a conflict of interest."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from portal import clock
from portal.audit import log
from portal.models import User
from portal.permissions import is_officer
from portal.staff import notices
from portal.workflow import Refused

from ..case import loading
from ..communication.staff_notices import notify_of_reviews
from ..models import Application, Criterion, Recusal, Review, Score, Settlement, Version
from .assignment import assign_to
from .status import _reviews_of, criteria_today, review_status, update_review_counts

IN_REVIEW = frozenset({Application.State.IN_REVIEW})


# ── What officers do ──────────────────────────────────────────────────────────────────────────────────────────────────
@transaction.atomic
def assign(application: Application, actor: User, reviewer: User) -> Review:
    """Ask an officer, or oneself, to review. The criteria are those of today."""
    locked = loading.locked(application, actor, "applications.handle_application", IN_REVIEW)
    if not is_officer(reviewer) or locked.recusals.filter(user=reviewer).exists():
        raise Refused(_("This person cannot review this application."))
    found = locked.reviews.filter(reviewer=reviewer).first()
    if found and found.state != Review.State.WITHDRAWN:
        raise Refused(_("This person reviews this application already."))
    if review_status(locked).complete:
        raise Refused(_("The reviews are done and open to read. Nobody can review blind any more."))
    review = found or Review(application=locked, reviewer=reviewer)
    review.version, review.of_latest, review.criteria = locked.versions.latest("number"), True, criteria_today()
    review.assigned_by, review.assigned_at, review.state = actor, clock.now(), Review.State.ASSIGNED
    review.save()
    update_review_counts(locked)
    entry = log.record(locked, "review_assigned", actor=actor, data={"review": review.pk, "reviewer": reviewer.pk})
    notices.tell([reviewer], "to_review", locked, entry.number, but=actor)
    return review


@transaction.atomic
def assign_all(application: Application, actor: User, reviewers: Iterable[User]) -> None:
    """Ask each of these officers to review, or none where one of them cannot."""
    for reviewer in reviewers:
        assign(application, actor, reviewer)


@transaction.atomic
def take_back(application: Application, actor: User, review: Review) -> None:
    """End an assignment that was not done yet."""
    locked = loading.locked(application, actor, "applications.handle_application", IN_REVIEW)
    if not locked.reviews.filter(pk=review.pk, state=Review.State.ASSIGNED).update(state=Review.State.WITHDRAWN):
        raise Refused(_("This review is done already."))
    log.record(locked, "review_taken_back", actor=actor, data={"review": review.pk})
    notify_of_reviews(locked, update_review_counts(locked), actor)


def own_review(application: Application, user: User) -> Review | None:
    """The person's review of this application, unless it was withdrawn."""
    return _reviews_of(application, user).first()


@dataclass(frozen=True)
class GivenScore:
    """One score as a reviewer gives it; None while it is open."""

    criterion: Criterion
    score: int | None
    reasons: str


@transaction.atomic
def record(
    application: Application,
    actor: User,
    *,
    scores: Iterable[GivenScore],
    advice: str,
    reasons: str,
    version: Version,
    done: bool,
) -> Review:
    """Keep the actor's own review, to go on later or `done`.

    `version` is what the reviewer read: Refused where a newer one came in, or where a review that is done lacks a part.
    """
    locked = loading.locked(application, actor, "applications.review_application", IN_REVIEW)
    latest = locked.versions.last()
    if version != latest:
        raise Refused(_("A new version came in while you wrote. Read it, then record your review."))
    review = _reviews_of(locked, actor).get()
    if review_status(locked).complete:
        raise Refused(_("All reviews are done and open to read. They stay as they are."))
    scores = list(scores)
    if done and (not advice or not reasons.strip() or any(given.score is None for given in scores)):
        raise Refused(_("Give a score for each criterion, your advice and the reasons for it."))
    for given in scores:
        Score.objects.update_or_create(
            review=review,
            criterion=given.criterion,
            defaults={"score": given.score, "reasons": given.reasons},
        )
    review.version, review.of_latest, review.advice, review.reasons = latest, True, advice, reasons
    review.state = Review.State.DONE if done else Review.State.ASSIGNED
    review.recorded_at = clock.now()
    review.save()
    now = update_review_counts(locked)
    if done:
        log.record(locked, "review_done", actor=actor, data={"review": review.pk, "version": latest.pk})
        notify_of_reviews(locked, now, actor)
    return review


@transaction.atomic
def settle(application: Application, actor: User, *, advice: str, reasons: str) -> Settlement:
    """Keep the common statement of reviewers whose reviews differ; one of them writes it."""
    locked = loading.locked(application, actor, "applications.review_application", IN_REVIEW)
    now = review_status(locked)
    if not now.complete or not now.differ:
        raise Refused(_("There is nothing to settle."))
    if not reasons.strip():
        raise Refused(_("Say what you settled, and why."))
    settlement, _created = Settlement.objects.update_or_create(
        version=now.latest,
        defaults={
            "application": locked,
            "advice": advice,
            "reasons": reasons,
            "settled_by": actor,
            "settled_at": clock.now(),
        },
    )
    log.record(locked, "reviews_settled", actor=actor, data={"version": now.latest.pk})
    notify_of_reviews(locked, update_review_counts(locked), actor)
    return settlement


@transaction.atomic
def recuse(application: Application, actor: User, *, reason: str, note: str = "") -> Recusal:
    """Withdraw from this dossier for a conflict of interest: one's own review and assignment end, and it is hidden."""
    locked = loading.locked(application, actor, "applications.recuse_from_application")
    locked.reviews.filter(reviewer=actor).update(state=Review.State.WITHDRAWN)
    if locked.assignee == actor:
        assign_to(locked, actor, None)
    recusal = Recusal.objects.create(application=locked, user=actor, reason=reason, recused_at=clock.now())
    log.record(locked, "recused", actor=actor, data={"reason": reason}, note=note)
    now = update_review_counts(locked)
    if locked.state == Application.State.IN_REVIEW:
        notify_of_reviews(locked, now, actor)
    return recusal
