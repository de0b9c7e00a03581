"""How long an application has been with Fedasil: the clock stands still while the applicant has it, and at the end.

Two columns, set with the state in one UPDATE (applications/workflow.py), so that lists can sort and filter by age.
"""

from datetime import datetime, timedelta

from django.db.models import Case, DurationField, ExpressionWrapper, F, Value, When
from django.db.models.expressions import Combinable

from portal import clock

from .models import Application


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


def starting(application: Application) -> dict:
    """What changes when it comes to Fedasil."""
    return {"running_since": application.running_since or clock.now()}


def stopping(application: Application) -> dict:
    """What changes when it leaves Fedasil, for the applicant or for good."""
    return {"ran_for": age(application), "running_since": None}
