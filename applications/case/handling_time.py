"""How long an application has been with Fedasil: the clock stands still while the applicant has it, and at the end.

Two columns, set with the state in one UPDATE (applications/workflow/submission.py), so that lists can sort and filter
by age: while the clock runs, `clock_started_at` alone says it; while it stands still, `handled_for`.
"""

from datetime import datetime, timedelta

from django.db.models import Case, DurationField, ExpressionWrapper, F, Q, Value, When
from django.db.models.expressions import Combinable

from portal import clock

from ..models import Application, HandlingTerm

DAYS_BY_DEFAULT = 60


def handling_time(application: Application, at: datetime | None = None) -> timedelta:
    """The time in which Fedasil had to act, until now."""
    if application.clock_started_at is None:
        return application.handled_for
    return application.handled_for + max((at or clock.now()) - application.clock_started_at, timedelta())


def handling_time_in_database(at: datetime | None = None) -> Combinable:
    """The same for a list: `Application.objects.annotate(age=age_in_database())`."""
    now = Value(at or clock.now())
    running = ExpressionWrapper(F("handled_for") + (now - F("clock_started_at")), output_field=DurationField())
    return Case(
        When(clock_started_at__isnull=True, then=F("handled_for")), default=running, output_field=DurationField()
    )


def at_least(time: timedelta, at: datetime | None = None) -> Q:
    """As old as this, or older."""
    return Q(clock_started_at__lte=(at or clock.now()) - time) | Q(clock_started_at__isnull=True, handled_for__gte=time)


# What Fedasil has stands before what waits for others, each the oldest first: an order that an index has.
OLDEST_FIRST = (F("clock_started_at").asc(nulls_last=True), "-handled_for", "pk")
YOUNGEST_FIRST = (F("clock_started_at").desc(nulls_last=True), "handled_for", "-pk")


def term() -> timedelta:
    """How long Fedasil gives itself today."""
    found = HandlingTerm.objects.filter(valid_from__lte=clock.today()).order_by("-valid_from").first()
    return timedelta(days=found.days if found else DAYS_BY_DEFAULT)


def started_clock(application: Application) -> dict:
    """What changes when it comes to Fedasil."""
    since = application.clock_started_at or clock.now() - application.handled_for
    return {"clock_started_at": since, "handled_for": timedelta()}


def stopped_clock(application: Application) -> dict:
    """What changes when it leaves Fedasil, for the applicant or for good."""
    return {"handled_for": handling_time(application), "clock_started_at": None}
