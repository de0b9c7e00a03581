"""How long one stays signed in on the service pages: so long without doing anything, and so long in all."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth import logout

from . import carrying, clock

BEGAN, ACTIVE = "began", "active"


def step() -> int:
    """The last activity is written once a minute, not with each page; more often where the limit itself is short."""
    return min(60, settings.SESSION_IDLE // 10)


def is_over(request) -> bool:
    """Whether this session is too old, or was left alone for too long: never sooner than a page has said."""
    now = clock.now()
    return any(
        key in request.session and (now - datetime.fromisoformat(request.session[key])).total_seconds() > longest
        for key, longest in ((BEGAN, settings.SESSION_LONGEST), (ACTIVE, settings.SESSION_IDLE + step()))
    )


def seconds_left(request) -> int:
    """Until this session ends, whatever one does."""
    lasted = clock.now() - datetime.fromisoformat(request.session[BEGAN])
    return max(0, int(settings.SESSION_LONGEST - lasted.total_seconds()))


def note_activity(request) -> None:
    now = clock.now()
    request.session.setdefault(BEGAN, now.isoformat())
    last = request.session.get(ACTIVE)
    if last is None or (now - datetime.fromisoformat(last)).total_seconds() >= step():
        request.session[ACTIVE] = now.isoformat()


def end(request) -> bool:
    """Sign out, and carry along what was sent; answers whether there was anything."""
    carried = carrying.carry(request) and request.session[carrying.KEY]
    logout(request)
    if carried:
        request.session[carrying.KEY] = carried
    return bool(carried)
