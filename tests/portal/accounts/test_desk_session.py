"""How long one stays signed in, at the desk too, and what becomes of what was typed there."""

import importlib
from datetime import timedelta
from http import HTTPStatus

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.test import Client, override_settings

from portal import clock
from portal.models import Absence
from tests.at_desk import client_at_desk
from tests.factories import UserFactory
from tests.portal.accounts.signing_in import is_signed_in, sign_in

pytestmark = pytest.mark.django_db
ABSENCE = "/admin/absence/"
"""Any form of the desk."""
LOGIN = f"/nl/account/login/?next={ABSENCE}"


@pytest.fixture
def officer():
    return UserFactory(groups=["Officers"])


@pytest.fixture
def desk(officer) -> Client:
    return client_at_desk(officer)


def later(**spans):
    return clock.standing_at(clock.now() + timedelta(**spans))


@pytest.mark.parametrize("path", ["/admin/", "/admin/pages/", "/admin/reports/log/", "/admin/account/"])
def test_who_did_nothing_for_longer_than_the_limit_is_signed_out(desk, path):
    with later(seconds=settings.SESSION_IDLE + 120):
        answer = desk.get(path)
    assert answer.status_code == HTTPStatus.FOUND
    assert answer["Location"] == f"/nl/account/login/?next={path}"
    assert not is_signed_in(desk)


def test_who_is_busy_stays_until_the_longest_time(desk):
    start = clock.now()
    for minutes in range(50, settings.SESSION_LONGEST // 60, 50):
        with clock.standing_at(start + timedelta(minutes=minutes)):
            assert desk.get(ABSENCE).status_code == HTTPStatus.OK
    with clock.standing_at(start + timedelta(seconds=settings.SESSION_LONGEST + 1)):
        assert desk.get(ABSENCE)["Location"] == LOGIN
    assert not is_signed_in(desk)


@pytest.mark.parametrize("path", ["start", "account/login", "account/signup", "account/second-step"])
def test_a_session_that_was_left_alone_is_nobodys_at_any_address(path):
    client = Client()
    client.force_login(UserFactory())
    with later(seconds=settings.SESSION_IDLE + 120):
        mine, visitors = [browser.get(f"/nl/{path}/") for browser in (client, Client())]
    assert (mine.status_code, mine.headers.get("Location")) == (visitors.status_code, visitors.headers.get("Location"))
    assert not is_signed_in(client)


def test_a_session_is_timed_from_signing_in_and_ends_with_the_browser():
    user = UserFactory()
    cookie = sign_in(user, client := Client()).cookies[settings.SESSION_COOKIE_NAME]
    assert (cookie["max-age"], cookie["expires"]) == ("", "")
    session = client.session
    assert {"began", "active"} <= set(session.keys())
    # One that does not know when it began, as from before there were limits.
    del session["began"]
    session.save()
    assert client.get("/nl/account/security/").status_code == HTTPStatus.FOUND
    assert not is_signed_in(client)


def test_what_sessions_hold_goes_once_nobody_can_come_back():
    old, new = sign_in(UserFactory()), sign_in(UserFactory())
    Session.objects.filter(pk=old.session.session_key).update(expire_date=clock.now() - timedelta(seconds=1))
    call_command("run_due", verbosity=0)
    assert Session.objects.get().session_key == UserSession.objects.get().session_key == new.session.session_key
    assert is_signed_in(new)
    assert not is_signed_in(old)


def test_cookies_of_a_public_server_are_taken_from_its_own_host_alone(monkeypatch):
    for name in ("SECRET_KEY", "ENCRYPTION_KEYS", "ALLOWED_HOSTS", "SITE_URL"):
        monkeypatch.setenv(name, "of-a-test")
    production = importlib.import_module("portal.settings.production")
    client = Client()
    with override_settings(**{name: getattr(production, name) for name in dir(production) if "COOKIE" in name}):
        client.get("/nl/account/login/")
        assert is_signed_in(sign_in(UserFactory(), client))
    assert len(client.cookies) == 3
    for name, cookie in client.cookies.items():
        assert name.startswith("__Host-")
        assert (cookie["secure"], cookie["path"], cookie["domain"], cookie["samesite"]) == (True, "/", "", "Lax")


def test_an_editor_that_stands_open_keeps_nobody_signed_in(desk):
    """Wagtail's page asks every ten seconds who else edits: that is not the person."""
    start = clock.now()
    for minutes in (20, 40, 59):
        with clock.standing_at(start + timedelta(minutes=minutes)):
            desk.post("/admin/editing-sessions/ping/wagtailcore/page/1/1/")
            assert is_signed_in(desk)
    with clock.standing_at(start + timedelta(minutes=62)):
        assert desk.get(ABSENCE)["Location"] == LOGIN


SCRIPTS = [{"accept": "application/json"}, {"x-requested-with": "XMLHttpRequest"}, {"sec-fetch-mode": "cors"}]


@pytest.mark.parametrize("headers", SCRIPTS)
def test_a_script_of_a_page_is_told_in_its_own_way(desk, headers):
    with later(hours=2):
        answer = desk.post("/admin/pages/1/edit/", headers=headers)
    assert answer.status_code == HTTPStatus.UNAUTHORIZED
    assert answer.json()["success"] is False


def typed() -> dict:
    deputy = UserFactory(groups=["Officers"])
    return {"first_day": "2031-01-05", "last_day": "2031-01-09", "deputy": deputy.pk}


def is_offered(client) -> bool:
    return "2031-01-05" in client.get(ABSENCE).content.decode()


@pytest.mark.parametrize("noticed", ["by the form", "by a script before", "in another tab"])
def test_what_was_sent_too_late_is_kept_and_sent_again_after_signing_in(desk, officer, noticed):
    form = typed()
    with later(hours=2):
        if noticed == "by a script before":
            desk.post("/admin/editing-sessions/ping/wagtailcore/page/1/1/")
        if noticed == "in another tab":
            desk.get("/admin/")
        assert desk.post(ABSENCE, form)["Location"] == LOGIN
        client_at_desk(officer, desk)
        page = desk.get(ABSENCE)
        assert not Absence.objects.exists()
        desk.post(ABSENCE, dict(page.context["typed"]))
        assert Absence.objects.get().first_day.isoformat() == "2031-01-05"
        assert not is_offered(desk)


def test_nobody_else_gets_what_was_sent_too_late(desk, officer):
    with later(hours=2):
        desk.post(ABSENCE, typed())
        client_at_desk(UserFactory(groups=["Officers"]), desk)
        assert not is_offered(desk)


def test_what_was_kept_can_be_thrown_away(desk, officer):
    with later(hours=2):
        desk.post(ABSENCE, typed())
        client_at_desk(officer, desk)
        assert is_offered(desk)
        assert desk.post("/admin/session/discard/")["Location"] == "/admin/"
        assert not is_offered(desk)


@pytest.mark.parametrize(("comes_from", "is_kept"), [("same-origin", True), ("cross-site", False), (None, False)])
@pytest.mark.parametrize("signed_in_again", [False, True])
def test_a_form_with_an_old_token_is_kept_if_it_is_ours(officer, comes_from, is_kept, signed_in_again):
    """Signing in again in another tab makes the forms of this one too old for the check of cross-site requests."""
    client = client_at_desk(officer, Client(enforce_csrf_checks=True))
    headers = {"sec-fetch-site": comes_from} if comes_from else {}
    with later(hours=2):
        if signed_in_again:
            client_at_desk(officer, client)
        answer = client.post(ABSENCE, typed(), headers=headers)
        assert answer.status_code == (HTTPStatus.FOUND if is_kept else HTTPStatus.FORBIDDEN)
        client_at_desk(officer, client)
        assert is_offered(client) is is_kept
    assert not Absence.objects.exists()
