"""Whose turn it is: who has to act next with an application, so that lists filter, sort and count by it.

The rule is written twice: in Python for one application, from its reviews; and in SQL for lists, from columns of the
application in which `review.status.update_review_counts` keeps how far its reviews are. A test holds the two equal.
"""

from django.db.models import Case, CharField, F, IntegerField, Q, Subquery, TextChoices, Value, When
from django.db.models.functions import Coalesce
from django.db.models.lookups import LessThan
from django.utils.translation import gettext_lazy as _

from ...models import Application
from ...review.status import REVIEWS_BY_DEFAULT, ReviewStatus, review_status, rules_today

State = Application.State


class Turn(TextChoices):
    FEDASIL = "fedasil", _("Fedasil")
    REVIEWERS = "reviewers", _("the reviewers")
    DECIDER = "decider", _("the decider")
    APPLICANT = "applicant", _("the applicant")


# The states in which each turn is possible.
STATES = {
    Turn.FEDASIL: (State.SUBMITTED, State.IN_REVIEW),
    Turn.REVIEWERS: (State.IN_REVIEW,),
    Turn.DECIDER: (State.IN_REVIEW,),
    Turn.APPLICANT: (State.CHANGES_REQUESTED,),
}


def turn_of(application: Application, reviews: ReviewStatus | None = None) -> str:
    """The Turn; empty where nobody has to act. Which of the applicants acts: applications/submission/readiness.py."""
    match application.state:
        case State.DRAFT | State.CHANGES_REQUESTED:
            return Turn.APPLICANT
        case State.SUBMITTED:
            return Turn.FEDASIL
        case State.IN_REVIEW:
            return _turn_in_review(reviews or review_status(application))
    return ""


def _turn_in_review(reviews: ReviewStatus) -> Turn:
    if not reviews.all_done:
        return Turn.REVIEWERS
    if not reviews.complete:
        # Someone assigns the reviewers that are missing.
        return Turn.FEDASIL
    return Turn.DECIDER if reviews.ready else Turn.REVIEWERS


def reviews_needed_in_database() -> Coalesce:
    """How many reviews a first decision needs today."""
    return Coalesce(Subquery(rules_today().values("reviews")[:1], output_field=IntegerField()), REVIEWS_BY_DEFAULT)


def turn_in_database() -> Case:
    """`turn_of` as a column, for lists."""
    return Case(
        When(state=State.SUBMITTED, then=Value(Turn.FEDASIL)),
        When(state__in=[State.DRAFT, State.CHANGES_REQUESTED], then=Value(Turn.APPLICANT)),
        When(~Q(state=State.IN_REVIEW), then=Value("")),
        When(reviews_done__lt=F("reviews_assigned"), then=Value(Turn.REVIEWERS)),
        # Someone assigns the reviewers that are missing.
        When(LessThan(F("reviews_assigned"), reviews_needed_in_database()), then=Value(Turn.FEDASIL)),
        When(reviews_to_settle=True, then=Value(Turn.REVIEWERS)),
        default=Value(Turn.DECIDER),
        output_field=CharField(),
    )
