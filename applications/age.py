"""How long an application has been with Fedasil: the clock stands still while the applicant has it, and at the end.

Two columns, set with the state in one UPDATE (applications/workflow.py), so that lists can sort and filter by age:
while the clock runs, `running_since` alone says it; while it stands still, `ran_for`.
"""

from datetime import datetime, timedelta

from django.db.models import Case, DurationField, ExpressionWrapper, F, Q, Value, When
from django.db.models.expressions import Combinable

from portal import clock

from .models import Application, HandlingTerm

DAYS_BY_DEFAULT = 60


def age(application: Application, at: datetime | None = None) -> timedelta:
    """The time in which Fedasil had to act, until now."""
    if application.running_since is None:
        return application.ran_for
    return application.ran_for + max((at or clock.now()) - application.running_since, timedelta())


def age_in_database(at: datetime | None = None) -> Combinable:
    """The same for a list: `Application.objects.annotate(age=age_in_database())`."""
    now = Value(at or clock.now())
    running = ExpressionWrapper(F("ran_for") + (now - F("running_since")), output_field=DurationField())
    return Case(When(running_since__isnull=True, then=F("ran_for")), default=running, output_field=DurationField())


def at_least(time: timedelta, at: datetime | None = None) -> Q:
    """As old as this, or older."""
    return Q(running_since__lte=(at or clock.now()) - time) | Q(running_since__isnull=True, ran_for__gte=time)


# What Fedasil has stands before what waits for others, each the oldest first: an order that an index has.
OLDEST_FIRST = (F("running_since").asc(nulls_last=True), "-ran_for", "pk")
YOUNGEST_FIRST = (F("running_since").desc(nulls_last=True), "ran_for", "-pk")


def term() -> timedelta:
    """How long Fedasil gives itself today."""
    found = HandlingTerm.objects.filter(valid_from__lte=clock.today()).order_by("-valid_from").first()
    return timedelta(days=found.days if found else DAYS_BY_DEFAULT)


def starting(application: Application) -> dict:
    """What changes when it comes to Fedasil."""
    since = application.running_since or clock.now() - application.ran_for
    return {"running_since": since, "ran_for": timedelta()}


def stopping(application: Application) -> dict:
    """What changes when it leaves Fedasil, for the applicant or for good."""
    return {"ran_for": age(application), "running_since": None}
