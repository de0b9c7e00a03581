"""Sessions in the running site's database: copied, so that not everyone signs in each time, and made older."""

from datetime import datetime, timedelta

from django.contrib.sessions.backends.db import SessionStore
from django.test import Client

from portal import clock
from portal.accounts import post_resume
from portal.accounts.session_timeout import ACTIVE, BEGAN
from portal.models import User


def begin(email: str) -> str:
    """The key of a new session of this person, who signed in nowhere; the second step is still to be done."""
    client = Client()
    client.force_login(User.objects.get(email=email))
    return client.session.session_key


def copy(key: str) -> str:
    """The key of a new session of the same person, begun now; nothing where the session has ended.

    What was sent too late goes with nobody: another test would be asked about it.
    """
    old = dict(SessionStore(key).items())
    if not old:
        return ""
    old.pop(post_resume.KEY, None)
    new = SessionStore()
    new.update({**old, ACTIVE: clock.now().isoformat(), BEGAN: clock.now().isoformat()})
    new.create()
    return new.session_key


def age(key: str, seconds: int, is_idle: bool) -> None:
    """As if the session had begun that much earlier, and, where `is_idle`, its person had done nothing since."""
    session = SessionStore(key)
    for name in (ACTIVE, BEGAN) if is_idle else (BEGAN,):
        session[name] = (datetime.fromisoformat(session[name]) - timedelta(seconds=seconds)).isoformat()
    session.save()
