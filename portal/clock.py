"""The one source of business time, so that a test or a rehearsal can stand at any moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time

from django.utils import timezone

_moment: ContextVar[datetime | None] = ContextVar("moment", default=None)


def now() -> datetime:
    """This moment, time-zone aware."""
    return _moment.get() or timezone.now()


def today() -> date:
    """The calendar day in Belgium."""
    return day_of(now())


def day_of(moment: datetime) -> date:
    """The calendar day in Belgium at a moment."""
    return timezone.localdate(moment)


def midnight(day: date) -> datetime:
    """When this day begins in Belgium."""
    return timezone.make_aware(datetime.combine(day, time.min))


@contextmanager
def standing_at(moment: datetime) -> Iterator[None]:
    """Let `now()` answer `moment` inside the block."""
    token = _moment.set(moment)
    try:
        yield
    finally:
        _moment.reset(token)
