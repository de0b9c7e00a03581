"""Whatever time triggers: rooms register jobs here, `run_due` runs them each minute, one process at a time."""

import logging
from collections.abc import Callable
from datetime import timedelta

from django.db.models import Q

from . import address_codes, chain, clock, confirmations, mail, notices
from .models import DueJob

logger = logging.getLogger(__name__)
CLAIM = timedelta(minutes=10)
JOBS: dict[str, Callable[[], int]] = {}
SELDOM: dict[str, timedelta] = {}


def register(name: str, job: Callable[[], int], *, every: timedelta | None = None) -> None:
    """Have `job` run by `run_due`, each time or once in `every`: idempotent, it answers how many things it did."""
    JOBS[name] = job
    if every:
        SELDOM[name] = every


def run(name: str) -> int | None:
    """Run one job now, unless another process holds it or its time has not come; None then."""
    now = clock.now()
    DueJob.objects.get_or_create(name=name)
    free = Q(claimed_until__isnull=True) | Q(claimed_until__lte=now)
    if name in SELDOM:
        free &= Q(last_run__isnull=True) | Q(last_run__lte=now - SELDOM[name])
    if not DueJob.objects.filter(free, name=name).update(claimed_until=now + CLAIM):
        return None
    try:
        done = JOBS[name]()
        DueJob.objects.filter(name=name).update(last_run=now)
        return done
    finally:
        DueJob.objects.filter(name=name).update(claimed_until=None)


def run_all() -> dict[str, int | None]:
    """Run every job. One that fails is logged and does not keep the others from running."""
    done = {}
    for name in JOBS:
        try:
            done[name] = run(name)
        except Exception:
            logger.exception("due job %s failed", name)
            done[name] = None
    return done


register("mail", mail.deliver_due)
register("requests that nobody confirmed", confirmations.expire_due)
register("forget codes", address_codes.forget, every=timedelta(hours=1))
# Often enough that no calendar day goes without its digest.
register("digest of the log", chain.publish, every=timedelta(hours=20))
# Looks often whether it is morning; each person gets one mail a day.
register("notices of the morning", notices.send_digests, every=timedelta(minutes=10))
