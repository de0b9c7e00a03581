"""Browsers that an account was used from before: a signed cookie that only people who signed in get.

The cookie holds a keyed hash for each account that signed in from this browser. Nothing is kept on the server.
"""

import re
import uuid
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import override

from .. import clock
from ..mail import outbox
from ..models import User

SALT = "portal.accounts.known_browsers"
# As long as browsers keep a cookie at most.
AGE = timedelta(days=400)
MOST_ACCOUNTS = 10
# The first that fits: many name their forebears too.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox|FxiOS", "Firefox"),
    ("Chrome|CriOS|Chromium", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone|iPad", "iOS"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X|Macintosh", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def describe(user_agent: str) -> str:
    """“Firefox, Windows”: the browser and the system in plain words, as far as they are known."""
    names = [
        next((name for pattern, name in table if re.search(pattern, user_agent)), "") for table in (BROWSERS, SYSTEMS)
    ]
    return ", ".join(filter(None, names)) or _("unknown browser")


def mark_of(user: User) -> str:
    return salted_hmac(SALT, str(user.pk), algorithm="sha256").hexdigest()[:32]


def marks(request) -> list[str]:
    """The accounts that signed in from this browser; none where the cookie is missing or not ours."""
    try:
        return signing.loads(request.COOKIES.get(settings.DEVICE_COOKIE_NAME, ""), salt=SALT, max_age=AGE)
    except signing.BadSignature:
        return []


def is_known(request, user: User) -> bool:
    return mark_of(user) in marks(request)


def remember(request, response, user: User) -> None:
    """Give the browser the cookie, or a longer one."""
    others = [mark for mark in marks(request) if mark != mark_of(user)]
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        signing.dumps([mark_of(user), *others][:MOST_ACCOUNTS], salt=SALT),
        max_age=AGE,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def tell_of_new(request, user: User) -> None:
    """Mail the person that someone signed in from a browser that the account did not know."""
    with override(user.language):
        browser = describe(request.headers.get("User-Agent", ""))
    context = {"at": clock.now(), "browser": browser}
    outbox.queue(
        key=f"device:{uuid.uuid4()}",
        to=user.email,
        language=user.language,
        template="portal/new_device",
        context=context,
    )
