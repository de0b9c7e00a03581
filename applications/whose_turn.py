"""Whose turn it is: who has to act next with an application, so that lists filter, sort and count by it.

Said to the database once; a list reads it for all its rows at once. Where reviews stand follows `reviewing.Standing`.
"""

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    IntegerField,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextChoices,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.db.models.lookups import LessThan
from django.utils.translation import gettext_lazy as _

from .models import Application, Review, Score, Settlement, Version
from .reviewing import REVIEWS_BY_DEFAULT, rules_today

State = Application.State


class Turn(TextChoices):
    FEDASIL = "fedasil", _("Fedasil")
    REVIEWERS = "reviewers", _("the reviewers")
    DECIDER = "decider", _("the decider")
    APPLICANT = "applicant", _("the applicant")


# In which states it can be whose turn.
STATES = {
    Turn.FEDASIL: (State.SUBMITTED, State.IN_REVIEW),
    Turn.REVIEWERS: (State.IN_REVIEW,),
    Turn.DECIDER: (State.IN_REVIEW,),
    Turn.APPLICANT: (State.CHANGES_REQUESTED,),
}


# Not withdrawn, and not done on the latest Version.
UNDONE = Q(state=Review.State.ASSIGNED) | Q(state=Review.State.DONE, of_latest=False)


def _count(rows: QuerySet[Review]) -> Coalesce:
    counted = rows.order_by().values("application").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def reviews_in_database() -> QuerySet[Review]:
    """The reviews of an application that were not withdrawn."""
    return Review.objects.filter(application=OuterRef("pk")).exclude(state=Review.State.WITHDRAWN)


def reviews_assigned() -> Coalesce:
    return _count(reviews_in_database())


def reviews_done() -> Coalesce:
    done = Review.objects.filter(application=OuterRef("pk"), state=Review.State.DONE, of_latest=True)
    return _count(done)


def reviews_needed_in_database() -> Coalesce:
    """How many reviews a first decision needs today."""
    return Coalesce(Subquery(rules_today().values("reviews")[:1], output_field=IntegerField()), REVIEWS_BY_DEFAULT)


def _differ() -> Q:
    """Opposite advice, or scores for a criterion half its scale apart: as Standing.differ."""
    advice = [Exists(reviews_in_database().filter(advice=advice).order_by()) for advice in Review.Advice.values]
    far_apart = (
        Score.objects.filter(review__application=OuterRef("pk"))
        .exclude(review__state=Review.State.WITHDRAWN)
        .order_by()
        .values("criterion", "criterion__scale")
        .annotate(apart=2 * (Max("score") - Min("score")), given=Count("pk"))
        .filter(apart__gte=F("criterion__scale"), given__gt=1)
    )
    return Q(advice[0]) & Q(advice[1]) | Q(Exists(far_apart))


def turn_in_database() -> Case:
    """The Turn, empty where nobody has to act."""
    later = Version.objects.filter(application=OuterRef("application"), number__gt=OuterRef("version__number"))
    settled = Settlement.objects.filter(~Exists(later.order_by()), application=OuterRef("pk"))
    return Case(
        When(state=State.SUBMITTED, then=Value(Turn.FEDASIL)),
        When(state=State.CHANGES_REQUESTED, then=Value(Turn.APPLICANT)),
        When(~Q(state=State.IN_REVIEW), then=Value("")),
        When(Exists(Review.objects.filter(UNDONE, application=OuterRef("pk")).order_by()), then=Value(Turn.REVIEWERS)),
        # Someone assigns the reviewers that are missing.
        When(LessThan(reviews_assigned(), reviews_needed_in_database()), then=Value(Turn.FEDASIL)),
        When(_differ() & ~Exists(settled), then=Value(Turn.REVIEWERS)),
        default=Value(Turn.DECIDER),
        output_field=CharField(),
    )
