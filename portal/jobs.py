"""Whatever time triggers: rooms register jobs here, `run_due` runs them each minute, one process at a time."""

import logging
from collections import defaultdict, deque
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import InterfaceError, OperationalError
from django.db.models import Q

from . import clock
from .models import DueJob
from .outage import middleware

logger = logging.getLogger(__name__)
CLAIM = timedelta(minutes=10)
JOBS: dict[str, Callable[[], int]] = {}
SELDOM: dict[str, timedelta] = {}
# The last claims of this process. One that still stands when its job is not running was left by an outage of the
# database, in which the end of the claim, or the answer to it, was lost.
CLAIMS: dict[str, deque[datetime]] = defaultdict(lambda: deque(maxlen=2))
RUNNING: set[str] = set()


def register(name: str, job: Callable[[], int], *, every: timedelta | None = None) -> None:
    """Have `job` run by `run_due`, each time or once in `every`: idempotent, it answers how many things it did."""
    JOBS[name] = job
    if every:
        SELDOM[name] = every


def run(name: str) -> int | None:
    """Run one job now, unless another process holds it or its time has not come; None then."""
    now = clock.now()
    until = now + CLAIM
    DueJob.objects.get_or_create(name=name)
    free = Q(claimed_until__isnull=True) | Q(claimed_until__lte=now)
    if name not in RUNNING:
        free |= Q(claimed_until__in=CLAIMS[name])
    if name in SELDOM:
        free &= Q(last_run__isnull=True) | Q(last_run__lte=now - SELDOM[name])
    claim = DueJob.objects.filter(free, name=name)
    CLAIMS[name].append(until)
    if not claim.update(claimed_until=until):
        CLAIMS[name].pop()
        return None
    RUNNING.add(name)
    try:
        done = JOBS[name]()
        DueJob.objects.filter(name=name).update(last_run=now)
        return done
    finally:
        RUNNING.discard(name)
        DueJob.objects.filter(name=name, claimed_until=until).update(claimed_until=None)


def run_all() -> dict[str, int | None]:
    """Run every job. One that fails is logged and does not keep the others from running.

    While the database is away none runs, and the answer lacks those that had no turn.
    """
    done = {}
    for name in JOBS:
        try:
            done[name] = run(name)
        except (OperationalError, InterfaceError) as error:
            if middleware.is_outage(error):
                logger.error("the due jobs wait for the database: %s", error)
                break
            logger.exception("due job %s failed", name)
            done[name] = None
        except Exception:
            logger.exception("due job %s failed", name)
            done[name] = None
    return done
