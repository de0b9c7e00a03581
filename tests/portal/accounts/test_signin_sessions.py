"""Where one is signed in, and the notice of a browser that an account did not know."""

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from portal.accounts import known_browsers
from portal.models import Mail
from tests.factories import UserFactory
from tests.portal.accounts.signing_in import is_signed_in, sign_in

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Mobile/1 Safari/604"
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537 Chrome/140.0 Safari/537 Edg/140.0"


def as_browser(user_agent: str, ip: str = "192.0.2.7") -> Client:
    return Client(HTTP_USER_AGENT=user_agent, REMOTE_ADDR=ip)


def notices(user):
    return Mail.objects.filter(to=user.email, key__startswith="device:")


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (FIREFOX, "Firefox, Linux"),
        (SAFARI, "Safari, iOS"),
        (EDGE, "Edge, Windows"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile Safari/537", "Chrome, Android"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) Version/18 Safari/605", "Safari, macOS"),
        ("curl/8", "unknown browser"),
        ("", "unknown browser"),
    ],
)
def test_browsers_in_plain_words(user_agent, words):
    with override("en"):
        assert known_browsers.describe(user_agent) == words


def test_sessions_are_listed_and_ended_one_by_one():
    user = UserFactory()
    here, there = sign_in(user, as_browser(FIREFOX)), sign_in(user, as_browser(SAFARI, "198.51.100.4"))
    page = here.get("/en/account/security/").content.decode()
    for text in ("Firefox, Linux", "192.0.2.7", "Safari, iOS", "198.51.100.4"):
        assert text in page
    session = UserSession.objects.get(user=user, ip="198.51.100.4")
    here.post(f"/en/account/security/sessions/{session.pk}/end/")
    assert is_gone(there)
    assert not is_gone(here)


def is_gone(client) -> bool:
    return client.get("/en/account/security/").status_code == 302


def test_signing_out_everywhere_else():
    user = UserFactory()
    here, *others = [sign_in(user, as_browser(agent)) for agent in (FIREFOX, SAFARI, EDGE)]
    stranger = sign_in(UserFactory())
    here.post("/en/account/security/sessions/end-others/")
    assert [is_gone(client) for client in (here, *others, stranger)] == [False, True, True, False]


def test_another_persons_session_is_not_found():
    user = UserFactory()
    theirs = sign_in(user)
    session = UserSession.objects.get(user=user)
    mine = sign_in(UserFactory())
    assert mine.post(f"/en/account/security/sessions/{session.pk}/end/").status_code == 404
    assert not is_gone(theirs)


def test_the_last_use_follows_without_a_query_on_each_page():
    user = UserFactory()
    client = sign_in(user)
    client.get("/en/applications/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/en/applications/")
    assert not any("usersessions" in query["sql"] for query in queries)
    session = client.session
    session["last_seen"] = 0
    session.save()
    client.get("/en/applications/", REMOTE_ADDR="203.0.113.9")
    assert UserSession.objects.get(user=user).ip == "203.0.113.9"


# ── A browser that the account did not know ───────────────────────────────────────────────────────────────────────────
def test_a_new_browser_is_told_in_the_persons_language_and_not_twice():
    user = UserFactory(language="en")
    first = sign_in(user, as_browser(FIREFOX))
    assert not notices(user).exists()  # the very first sign-in
    first.post("/nl/account/logout/")
    sign_in(user, first)
    assert not notices(user).exists()
    second = sign_in(user, as_browser(SAFARI))
    notice = notices(user).get()
    assert "Safari, iOS" in notice.text
    assert "/en/account/security/#sessions" in notice.text
    assert not notice.sensitive
    second.post("/nl/account/logout/")
    sign_in(user, second, REMOTE_ADDR="203.0.113.9")
    assert notices(user).count() == 1


def test_a_browser_that_two_people_share_is_known_to_both():
    users = UserFactory(), UserFactory()
    client = as_browser(FIREFOX)
    for user in (*users, *users):
        sign_in(user, client)
        client.post("/nl/account/logout/")
    assert not any(notices(user).exists() for user in users)


def test_the_cookie_is_only_for_who_signed_in_and_cannot_be_made_up():
    client = Client()
    for path in ("/nl/", "/nl/account/login/", "/nl/calculator/"):
        client.get(path)
    assert settings.DEVICE_COOKIE_NAME not in client.cookies
    user = UserFactory()
    cookie = sign_in(user).cookies[settings.DEVICE_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"], int(cookie["max-age"])) == (True, "Lax", 400 * 24 * 3600)
    forger = Client()
    forger.cookies[settings.DEVICE_COOKIE_NAME] = known_browsers.mark_of(user)
    assert is_signed_in(sign_in(user, forger))
    assert notices(user).count() == 1
