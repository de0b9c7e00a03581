"""How long Fedasil has been handling an application. The time during which the applicant has it does not count.

Two columns keep it, so that lists can sort and filter by it; both are set in the same UPDATE as the state
(applications/workflow/submission.py). While the clock runs, the handling time is now minus `clock_started_at`, and
`handled_for` is zero: a clock that starts again starts as much earlier as was already counted. While the clock is
stopped, `clock_started_at` is empty and `handled_for` is the handling time.
"""

from datetime import datetime, timedelta

from django.db.models import F, Q

from portal import clock

from ..models import Application, HandlingTerm

DAYS_BY_DEFAULT = 60


def handling_time(application: Application, at: datetime | None = None) -> timedelta:
    """How long Fedasil has had to act on it, until `at` (now)."""
    if application.clock_started_at is None:
        return application.handled_for
    return application.handled_for + max((at or clock.now()) - application.clock_started_at, timedelta())


def at_least(time: timedelta, at: datetime | None = None) -> Q:
    """The applications that Fedasil has handled for this long, or longer."""
    return Q(clock_started_at__lte=(at or clock.now()) - time) | Q(clock_started_at__isnull=True, handled_for__gte=time)


# Applications that wait for Fedasil come before those that wait for others; in both groups the longest handled come
# first. An index has this order.
OLDEST_FIRST = (F("clock_started_at").asc(nulls_last=True), "-handled_for", "pk")
YOUNGEST_FIRST = (F("clock_started_at").desc(nulls_last=True), "handled_for", "-pk")


def term() -> timedelta:
    """How long Fedasil may take for an application, by the setting that is valid today."""
    found = HandlingTerm.objects.filter(valid_from__lte=clock.today()).order_by("-valid_from").first()
    return timedelta(days=found.days if found else DAYS_BY_DEFAULT)


def started_clock(application: Application) -> dict:
    """The values of both columns when an application comes to Fedasil: the clock goes on where it stopped."""
    since = application.clock_started_at or clock.now() - application.handled_for
    return {"clock_started_at": since, "handled_for": timedelta()}


def stopped_clock(application: Application) -> dict:
    """The values of both columns when it leaves Fedasil, to the applicant or for good: the clock stops."""
    return {"handled_for": handling_time(application), "clock_started_at": None}
