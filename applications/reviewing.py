"""Reviews: assigned to officers, each blind until all are done, differences settled; and who keeps out of a dossier."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

import rules
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from portal import clock, log, notices
from portal.models import User
from portal.permissions import is_officer
from portal.workflow import NotAllowed, Refused

from .assigning import give
from .models import Application, CriteriaSet, Criterion, Recusal, Review, ReviewRule, Score, Settlement, Version
from .notices import tell_of_reviews

REVIEWS_BY_DEFAULT = 2


def rules_today() -> QuerySet[ReviewRule]:
    """The rule that holds today stands first."""
    return ReviewRule.objects.filter(valid_from__lte=clock.today()).order_by("-valid_from")


def reviews_needed() -> int:
    """How many reviews a first decision needs today."""
    rule = rules_today().first()
    return rule.reviews if rule else REVIEWS_BY_DEFAULT


def criteria_today() -> CriteriaSet:
    """The set with which a review that begins today works. The shipped one is valid from the beginning."""
    return CriteriaSet.objects.filter(valid_from__lte=clock.today()).latest("valid_from")


# ── Where the reviews of a dossier stand ──────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True)
class Standing:
    """All reviews of an application that were not withdrawn, measured against its latest Version."""

    latest: Version
    reviews: list[Review]
    needed: int
    # Who is or was asked to review: an assignment that was taken back does not open what its reviewer wrote.
    reviewers: frozenset[int] = frozenset()

    @property
    def done(self) -> list[Review]:
        return [review for review in self.reviews if self.is_done(review)]

    def is_done(self, review: Review) -> bool:
        """Done on the latest Version: a review of an earlier one has to be confirmed."""
        return review.state == Review.State.DONE and review.of_latest

    @property
    def all_done(self) -> bool:
        """None is still under way, be they enough or not."""
        return len(self.done) == len(self.reviews)

    @property
    def complete(self) -> bool:
        """Enough reviews, and none that is still under way."""
        return self.all_done and len(self.reviews) >= self.needed

    def open_to(self, user: User) -> list[Review]:
        """What this person may read: all once all are done, before that only what is one's own."""
        return [review for review in self.reviews if self.complete or review.reviewer_id == user.pk]

    def hears(self, user: User, *authors: int) -> bool:
        """Whether this person may read what these wrote beside the reviews: what a reviewer writes opens with them."""
        return self.complete or all(author == user.pk or author not in self.reviewers for author in authors)

    @property
    def differ(self) -> bool:
        """Whether the reviewers have to settle: opposite advice, or scores for a criterion half its scale apart."""
        return len({review.advice for review in self.reviews}) > 1 or bool(self.far_apart)

    @property
    def far_apart(self) -> list[Criterion]:
        """The criteria for which the highest and the lowest score lie half the scale or more apart."""
        scores: dict[Criterion, list[int]] = {}
        for review in self.reviews:
            for score in review.scores.all():
                if score.score is not None:
                    scores.setdefault(score.criterion, []).append(score.score)
        return [
            criterion
            for criterion, given in scores.items()
            if 2 * (max(given) - min(given)) >= criterion.scale and len(given) > 1
        ]

    @property
    def settlement(self) -> Settlement | None:
        return getattr(self.latest, "settlement", None)

    @property
    def to_settle(self) -> bool:
        """Whether they differ, and nobody settled it."""
        return self.differ and self.settlement is None

    @property
    def ready(self) -> bool:
        """Whether a decision can follow."""
        return self.complete and not self.to_settle

    @property
    def fingerprint(self) -> str:
        """Of what the reviews say: a decision that was prepared on it does not outlive a change."""
        said = [
            [review.pk, review.version_id, review.state, review.advice, str(review.recorded_at)]
            for review in self.reviews
        ]
        settled = self.settlement and [self.settlement.advice, str(self.settlement.settled_at)]
        return hashlib.sha256(json.dumps([self.latest.pk, said, settled]).encode()).hexdigest()


def standing(application: Application) -> Standing:
    return standings([application])[application.pk]


def standings(applications: Iterable[Application]) -> dict[int, Standing]:
    """Those of several applications that were submitted, by key; always the same number of queries."""
    keys = [application.pk for application in applications]
    last = Version.objects.filter(application=OuterRef("application")).order_by("-number").values("pk")[:1]
    latest = Version.objects.filter(application__in=keys, pk=Subquery(last)).select_related("settlement")
    found: dict[int, list[Review]] = {key: [] for key in keys}
    of_these = Review.objects.filter(application__in=keys).select_related("reviewer", "version")
    for review in of_these.prefetch_related("scores__criterion"):
        found[review.application_id].append(review)
    needed = reviews_needed()
    return {
        version.application_id: Standing(
            version,
            [review for review in found[version.application_id] if review.state != Review.State.WITHDRAWN],
            needed,
            frozenset(review.reviewer_id for review in found[version.application_id]),
        )
        for version in latest
    }


def take_stock(application: Application) -> Standing:
    """Copy to the application how far its reviews are, for lists (whose_turn.py); call it under its row lock."""
    now = standing(application)
    application.reviews_assigned, application.reviews_done = len(now.reviews), len(now.done)
    application.reviews_to_settle = now.all_done and now.to_settle
    application.save(update_fields=["reviews_assigned", "reviews_done", "reviews_to_settle"])
    return now


def overtake(application: Application) -> None:
    """What was reviewed has to be confirmed: a new Version comes in. Call it under the application's row lock."""
    application.reviews.update(of_latest=False)
    application.reviews_done, application.reviews_to_settle = 0, False
    application.save(update_fields=["reviews_done", "reviews_to_settle"])


# ── What officers do ──────────────────────────────────────────────────────────────────────────────────────────────────
def _lock(application: Application, actor: User, rule: str) -> Application:
    """The locked application, in review, once it is sure that the rule lets the actor through."""
    locked = Application.objects.select_for_update().get(pk=application.pk)
    if not rules.has_perm(rule, actor, locked):
        raise PermissionDenied
    if locked.state != Application.State.IN_REVIEW:
        raise NotAllowed(_("This is possible while the application is in review."))
    return locked


@transaction.atomic
def assign(application: Application, actor: User, reviewer: User) -> Review:
    """Ask an officer, or oneself, to review. The criteria are those of today."""
    locked = _lock(application, actor, "applications.handle_application")
    if not is_officer(reviewer) or locked.recusals.filter(user=reviewer).exists():
        raise Refused(_("This person cannot review this application."))
    found = locked.reviews.filter(reviewer=reviewer).first()
    if found and found.state != Review.State.WITHDRAWN:
        raise Refused(_("This person reviews this application already."))
    if standing(locked).complete:
        raise Refused(_("The reviews are done and open to read. Nobody can review blind any more."))
    review = found or Review(application=locked, reviewer=reviewer)
    review.version, review.of_latest, review.criteria = locked.versions.latest("number"), True, criteria_today()
    review.assigned_by, review.assigned_at, review.state = actor, clock.now(), Review.State.ASSIGNED
    review.save()
    take_stock(locked)
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
    locked = _lock(application, actor, "applications.handle_application")
    if not locked.reviews.filter(pk=review.pk, state=Review.State.ASSIGNED).update(state=Review.State.WITHDRAWN):
        raise Refused(_("This review is done already."))
    log.record(locked, "review_taken_back", actor=actor, data={"review": review.pk})
    tell_of_reviews(locked, take_stock(locked), actor)


def own_review(application: Application, user: User) -> Review | None:
    """The person's review of this application, unless it was withdrawn."""
    return _reviews_of(application, user).first()


def _reviews_of(application: Application, user: User) -> QuerySet[Review]:
    return application.reviews.filter(reviewer=user).exclude(state=Review.State.WITHDRAWN).select_related("criteria")


@dataclass(frozen=True)
class Given:
    """One score as a reviewer gives it; None while it is open."""

    criterion: Criterion
    score: int | None
    reasons: str


@transaction.atomic
def record(
    application: Application,
    actor: User,
    *,
    scores: Iterable[Given],
    advice: str,
    reasons: str,
    version: Version,
    done: bool,
) -> Review:
    """Keep the actor's own review, to go on later or `done`.

    `version` is what the reviewer read: Refused where a newer one came in, or where a review that is done lacks a part.
    """
    locked = _lock(application, actor, "applications.review_application")
    latest = locked.versions.last()
    if version != latest:
        raise Refused(_("A new version came in while you wrote. Read it, then record your review."))
    review = _reviews_of(locked, actor).get()
    if standing(locked).complete:
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
    now = take_stock(locked)
    if done:
        log.record(locked, "review_done", actor=actor, data={"review": review.pk, "version": latest.pk})
        tell_of_reviews(locked, now, actor)
    return review


@transaction.atomic
def settle(application: Application, actor: User, *, advice: str, reasons: str) -> Settlement:
    """Keep what the reviewers say together where they differ; one of them writes it."""
    locked = _lock(application, actor, "applications.review_application")
    now = standing(locked)
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
    tell_of_reviews(locked, take_stock(locked), actor)
    return settlement


@transaction.atomic
def recuse(application: Application, actor: User, *, reason: str, note: str = "") -> Recusal:
    """Keep out of this dossier from now on: it goes out of sight, a review of one's own ends, and so does its care."""
    locked = Application.objects.select_for_update().get(pk=application.pk)
    if not rules.has_perm("applications.recuse_from_application", actor, locked):
        raise PermissionDenied
    locked.reviews.filter(reviewer=actor).update(state=Review.State.WITHDRAWN)
    if locked.assignee == actor:
        give(locked, actor, None)
    recusal = Recusal.objects.create(application=locked, user=actor, reason=reason, recused_at=clock.now())
    log.record(locked, "recused", actor=actor, data={"reason": reason}, note=note)
    now = take_stock(locked)
    if locked.state == Application.State.IN_REVIEW:
        tell_of_reviews(locked, now, actor)
    return recusal
