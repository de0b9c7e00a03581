"""How far the reviews of an application are, and how many and which criteria are asked for."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import OuterRef, QuerySet, Subquery

from portal import clock
from portal.models import User

from ..models import Application, CriteriaSet, Criterion, Review, ReviewRule, Settlement, Version

REVIEWS_BY_DEFAULT = 2


def rules_today() -> QuerySet[ReviewRule]:
    """The rules valid today, the one that applies first."""
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
class ReviewStatus:
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
        """Whether no review is still under way; there may be too few."""
        return len(self.done) == len(self.reviews)

    @property
    def complete(self) -> bool:
        """Whether there are enough reviews and none is still under way."""
        return self.all_done and len(self.reviews) >= self.needed

    def open_to(self, user: User) -> list[Review]:
        """The reviews that this person may read: all once all are done, before that only their own."""
        return [review for review in self.reviews if self.complete or review.reviewer_id == user.pk]

    def may_read_notes_of(self, user: User, *authors: int) -> bool:
        """Whether this person may read notes by `authors`. Notes of reviewers open together with the reviews."""
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
        """Whether the reviews differ and nobody has settled it yet."""
        return self.differ and self.settlement is None

    @property
    def ready(self) -> bool:
        """Whether a decision can follow."""
        return self.complete and not self.to_settle

    @property
    def fingerprint(self) -> str:
        """A hash of what the reviews say. A decision that was prepared on other reviews cannot be released."""
        said = [
            [review.pk, review.version_id, review.state, review.advice, str(review.recorded_at)]
            for review in self.reviews
        ]
        settled = self.settlement and [self.settlement.advice, str(self.settlement.settled_at)]
        return hashlib.sha256(json.dumps([self.latest.pk, said, settled]).encode()).hexdigest()


def review_status(application: Application) -> ReviewStatus:
    return review_statuses([application])[application.pk]


def review_statuses(applications: Iterable[Application]) -> dict[int, ReviewStatus]:
    """The ReviewStatus of several submitted applications, by key, in a constant number of queries."""
    keys = [application.pk for application in applications]
    last = Version.objects.filter(application=OuterRef("application")).order_by("-number").values("pk")[:1]
    latest = Version.objects.filter(application__in=keys, pk=Subquery(last)).select_related("settlement")
    found: dict[int, list[Review]] = {key: [] for key in keys}
    of_these = Review.objects.filter(application__in=keys).select_related("reviewer", "version")
    for review in of_these.prefetch_related("scores__criterion"):
        found[review.application_id].append(review)
    needed = reviews_needed()
    return {
        version.application_id: ReviewStatus(
            version,
            [review for review in found[version.application_id] if review.state != Review.State.WITHDRAWN],
            needed,
            frozenset(review.reviewer_id for review in found[version.application_id]),
        )
        for version in latest
    }


def update_review_counts(application: Application) -> ReviewStatus:
    """Copy to the application how far its reviews are, for lists (desk/inbox/awaiting.py).

    Call it under the application's row lock.
    """
    now = review_status(application)
    application.reviews_assigned, application.reviews_done = len(now.reviews), len(now.done)
    application.reviews_to_settle = now.all_done and now.to_settle
    application.save(update_fields=["reviews_assigned", "reviews_done", "reviews_to_settle"])
    return now


def invalidate_reviews(application: Application) -> None:
    """A new Version came in: each review has to be confirmed. Call it under the application's row lock."""
    application.reviews.update(of_latest=False)
    application.reviews_done, application.reviews_to_settle = 0, False
    application.save(update_fields=["reviews_done", "reviews_to_settle"])


def _reviews_of(application: Application, user: User) -> QuerySet[Review]:
    return application.reviews.filter(reviewer=user).exclude(state=Review.State.WITHDRAWN).select_related("criteria")
