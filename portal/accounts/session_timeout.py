"""How long one stays signed in, for service and desk alike: so long without doing anything, and so long in all."""

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import SESSION_KEY, get_user_model
from django.contrib.sessions.models import Session
from django.db import transaction

from .. import clock

BEGAN, ACTIVE = "began", "active"
ENDED_FOR = "ended_for"
"""In the new session of a browser whose person was signed out by a limit: who that was."""


def step() -> int:
    """The last activity is written once a minute, not with each page; more often where the limit itself is short."""
    return min(60, settings.SESSION_IDLE // 10)


def begin(sender, request, user, **kwargs) -> None:
    """At each sign-in (receives user_logged_in)."""
    request.session.pop(ENDED_FOR, None)
    request.session[BEGAN] = request.session[ACTIVE] = clock.now().isoformat()


def is_over(request) -> bool:
    """Whether this session is too old, or was left alone for too long: never sooner than a page has said."""
    if SESSION_KEY not in request.session:
        return False
    return lasted(request, BEGAN) > settings.SESSION_LONGEST or lasted(request, ACTIVE) > settings.SESSION_IDLE + step()


def lasted(request, since: str) -> float:
    """Seconds; without end for a session that does not know when it began."""
    if since not in request.session:
        return float("inf")
    return (clock.now() - datetime.fromisoformat(request.session[since])).total_seconds()


def seconds_left(request) -> int:
    """Until this session ends, whatever one does."""
    return max(0, int(settings.SESSION_LONGEST - lasted(request, BEGAN)))


def idle_seconds_left(request) -> int:
    """Until this session ends, if one does nothing."""
    return max(0, int(settings.SESSION_IDLE - lasted(request, ACTIVE)))


def note_activity(request) -> None:
    if lasted(request, ACTIVE) >= step():
        request.session[ACTIVE] = clock.now().isoformat()


def end(request) -> None:
    """Sign out. Only whose session it was is kept, so that this person gets back what is sent from now on."""
    user_id = get_user_model()._meta.pk.to_python(request.session[SESSION_KEY])
    request.session.flush()
    request.session[ENDED_FOR] = user_id


def ended_for(request) -> int | None:
    """Who was signed out in this browser by a limit, and did not sign in since."""
    return request.session.get(ENDED_FOR)


@transaction.atomic
def forget() -> int:
    """Delete sessions that nobody can come back to, with all that they hold (a job of `run_due`)."""
    expired = Session.objects.filter(expire_date__lt=clock.now())
    UserSession.objects.filter(session_key__in=expired.values("session_key")).delete()
    return expired.delete()[0]
