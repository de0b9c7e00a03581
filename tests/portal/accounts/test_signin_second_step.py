"""The second step: authenticator app, passkey, recovery codes; who needs one, and what a lost telephone does."""

import json
import time
from io import StringIO

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client

from portal.accounts.demo import current_code
from portal.audit import log
from portal.models import Mail
from tests.factories import UserFactory
from tests.passkeys import SoftPasskey
from tests.portal.accounts.signing_in import SECRET, ask_for_code, code_for, is_signed_in, sign_in, type_code

pytestmark = pytest.mark.django_db


def test_fedasils_people_need_the_second_step():
    officer = UserFactory(groups=["Officers"])
    client = Client()
    ask_for_code(client, officer.email)
    response = type_code(client, code_for(officer.email))
    assert not is_signed_in(client)
    assert response.redirect_chain[-1][0] == "/nl/account/second-step/"
    client.post("/nl/account/second-step/", {"code": "000000"})
    assert not is_signed_in(client)
    response = client.post("/nl/account/second-step/", {"code": current_code(SECRET)}, follow=True)
    assert is_signed_in(client)
    assert response.redirect_chain[-1][0] == "/admin/"


@pytest.mark.parametrize(("steps", "accepted"), [(-2, False), (-1, True), (1, True), (2, False)])
def test_a_code_is_taken_one_step_before_and_after_its_own(monkeypatch, steps, accepted):
    """Thirty seconds are short for who reads and types; RFC 6238, section 5.2, allows one step for that."""
    officer = UserFactory(groups=["Officers"])
    client = Client()
    ask_for_code(client, officer.email)
    type_code(client, code_for(officer.email))
    now = time.time()
    code = totp.format_hotp_value(totp.hotp_value(SECRET, int(now) // 30 + steps))
    monkeypatch.setattr(totp.time, "time", lambda: now)
    client.post("/nl/account/second-step/", {"code": code})
    assert is_signed_in(client) is accepted


def test_a_code_opens_once_however_long_it_would_be_taken(monkeypatch, settings):
    backend = "django.core.cache.backends.locmem.LocMemCache"
    settings.CACHES = {**settings.CACHES, "default": {"BACKEND": backend, "LOCATION": "used codes"}}
    officer = UserFactory(groups=["Officers"])
    now = time.time()
    code = totp.format_hotp_value(totp.hotp_value(SECRET, int(now) // 30 + 1))
    for seconds, accepted in [(0, True), (31, False)]:
        client = Client()
        ask_for_code(client, officer.email)
        type_code(client, code_for(officer.email))
        monkeypatch.setattr(totp.time, "time", lambda moment=now + seconds: moment)
        # allauth remembers it for thirty seconds, which have passed.
        cache.delete(f"allauth.mfa.totp.used?user={officer.pk}&code={code}")
        client.post("/nl/account/second-step/", {"code": code})
        assert is_signed_in(client) is accepted


def test_without_a_second_step_the_desk_leads_to_setting_it_up():
    officer = UserFactory(groups=["Officers"])
    Authenticator.objects.all().delete()
    client = Client()
    client.force_login(officer)
    response = client.get("/admin/", follow=True)
    assert response.redirect_chain[-1][0] == "/nl/account/second-step/set-up/"
    secret = client.session["mfa.totp.secret"]
    response = client.post("/nl/account/second-step/set-up/", {"code": current_code(secret)}, follow=True)
    assert response.status_code == 200
    assert client.get("/admin/").status_code == 200


def test_a_lost_telephone_is_replaced_by_an_operator():
    officer = UserFactory(groups=["Officers"])
    SoftPasskey().kept_by(officer)
    RecoveryCodes.activate(officer)
    thief = Client()
    thief.force_login(officer)
    thief.get("/admin/")
    call_command("reset_second_step", officer.email.upper(), reason="She called.", stdout=StringIO())
    assert not Authenticator.objects.filter(user=officer).exists()
    assert not UserSession.objects.filter(user=officer).exists()
    assert thief.get("/nl/account/security/").headers["Location"].startswith("/nl/account/login/")
    client = Client()
    ask_for_code(client, officer.email)
    response = type_code(client, code_for(officer.email))
    assert is_signed_in(client)
    assert response.redirect_chain[-1][0] == "/nl/account/second-step/set-up/"
    entry = log.entries_of(officer).get()
    assert (entry.action, entry.note.text) == ("second_step_reset", "She called.")
    assert Mail.objects.filter(key=f"second_step_reset:{entry.pk}", to=officer.email).exists()


# ── Passkeys ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def add_passkey(client, name="Work laptop") -> SoftPasskey:
    passkey = SoftPasskey()
    options = client.get("/en/account/passkeys/add/").context["js_data"]["creation_options"]
    data = {"name": name, "passwordless": "on", "credential": json.dumps(passkey.create(options))}
    assert client.post("/en/account/passkeys/add/", data).status_code == 302
    return passkey


def sign_in_by_passkey(passkey: SoftPasskey, user, client=None) -> Client:
    client = client or Client()
    options = client.get("/en/account/login/passkey/", headers={"Accept": "application/json"}).json()
    credential = json.dumps(passkey.get(options["request_options"], user))
    client.post("/en/account/login/passkey/", {"credential": credential}, follow=True)
    return client


def test_a_passkey_opens_the_account_by_itself():
    user = UserFactory()
    passkey = add_passkey(sign_in(user))
    assert is_signed_in(sign_in_by_passkey(passkey, user))
    assert Authenticator.objects.get(user=user, type="webauthn").last_used_at
    assert Mail.objects.filter(to=user.email, key__startswith="account:").exclude(sensitive=True).count() == 1


def test_a_passkey_of_someone_else_opens_nothing():
    user, other = UserFactory(), UserFactory()
    add_passkey(sign_in(user))
    stolen = add_passkey(sign_in(other))
    assert not is_signed_in(sign_in_by_passkey(stolen, user))
    assert not is_signed_in(sign_in_by_passkey(SoftPasskey(), user))


def test_a_challenge_is_answered_once():
    user = UserFactory()
    passkey = add_passkey(sign_in(user))
    client = Client()
    options = client.get("/en/account/login/passkey/", headers={"Accept": "application/json"}).json()
    credential = json.dumps(passkey.get(options["request_options"], user))
    client.post("/en/account/login/passkey/", {"credential": credential})
    replay = Client()
    replay.get("/en/account/login/passkey/", headers={"Accept": "application/json"})
    replay.post("/en/account/login/passkey/", {"credential": credential})
    assert is_signed_in(client)
    assert not is_signed_in(replay)


def test_a_passkey_is_the_second_step_after_the_code():
    user = UserFactory()
    passkey = add_passkey(sign_in(user))
    client = sign_in(user)
    assert not is_signed_in(client)
    options = client.get("/en/account/second-step/").context["js_data"]["request_options"]
    client.post("/en/account/second-step/", {"credential": json.dumps(passkey.get(options, user))})
    assert is_signed_in(client)


def test_a_closed_account_is_not_opened_by_its_passkey():
    user = UserFactory()
    passkey = add_passkey(sign_in(user))
    user.is_active = False
    user.save()
    assert not is_signed_in(sign_in_by_passkey(passkey, user))


# ── An applicant's choice, and its undoing ────────────────────────────────────────────────────────────────────────────
def switch_on(client) -> None:
    client.get("/en/account/second-step/set-up/")
    client.post("/en/account/second-step/set-up/", {"code": current_code(client.session["mfa.totp.secret"])})


def test_an_applicant_switches_the_app_on_and_off(own_transactions):
    user = UserFactory()
    client = sign_in(user)
    switch_on(client)
    page = client.get("/en/account/recovery-codes/")
    assert len(page.context["unused_codes"]) == 10
    download = client.get("/en/account/recovery-codes/download/")
    assert download.headers["Content-Disposition"].startswith("attachment")
    assert download.content.decode().split() == page.context["unused_codes"]
    client.post("/en/account/recovery-codes/new/")
    assert client.get("/en/account/recovery-codes/").context["unused_codes"] != page.context["unused_codes"]
    client.post("/en/account/second-step/off/")
    assert not Authenticator.objects.filter(user=user).exists()
    notices = Mail.objects.filter(to=user.email, key__startswith="account:", sensitive=False)
    assert notices.count() == 3


def test_a_recovery_code_is_the_second_step_once():
    user = UserFactory(groups=["Officers"])
    code = RecoveryCodes.activate(user).get_unused_codes()[0]
    for signed_in in (True, False):
        client = sign_in(user)
        client.post("/nl/account/second-step/", {"code": code})
        assert is_signed_in(client) is signed_in


def test_changing_how_one_signs_in_asks_for_the_second_step_again():
    user = UserFactory(groups=["Officers"])
    client = Client()
    client.force_login(user)
    for path in ("passkeys/add/", "second-step/off/", "recovery-codes/new/"):
        response = client.get(f"/nl/account/{path}")
        assert response.headers["Location"].startswith("/nl/account/second-step/again/")
    again = "/nl/account/second-step/again/?next=/nl/account/passkeys/add/"
    response = client.post(again, {"code": current_code(SECRET)})
    assert response.headers["Location"] == "/nl/account/passkeys/add/"
    assert client.get("/nl/account/passkeys/add/").status_code == 200


# ── Fedasil's people keep one ─────────────────────────────────────────────────────────────────────────────────────────
def test_fedasils_last_second_step_stays():
    officer = UserFactory(groups=["Officers"])
    client = sign_in(officer)
    client.post("/nl/account/second-step/", {"code": current_code(SECRET)})
    page = client.post("/en/account/second-step/off/")
    assert "two steps" in page.content.decode()
    add_passkey(client)
    key = Authenticator.objects.get(user=officer, type="webauthn")
    client.post("/en/account/second-step/off/")
    assert not Authenticator.objects.filter(user=officer, type="totp").exists()
    page = client.post(f"/en/account/passkeys/{key.pk}/remove/", follow=True)
    assert "two steps" in page.content.decode()
    assert Authenticator.objects.filter(pk=key.pk).exists()
    assert client.get("/admin/").status_code == 200


def test_an_applicant_may_do_without():
    user = UserFactory()
    client = sign_in(user)
    add_passkey(client)
    key = Authenticator.objects.get(user=user, type="webauthn")
    client.post(f"/en/account/passkeys/{key.pk}/", {"name": "Old telephone"})
    assert "Old telephone" in client.get("/en/account/security/").content.decode()
    client.post(f"/en/account/passkeys/{key.pk}/remove/")
    assert not Authenticator.objects.filter(user=user).exists()


def test_an_address_that_is_not_proved_gets_no_second_step():
    user = UserFactory()
    EmailAddress.objects.filter(user=user).update(verified=False)
    client = Client()
    client.force_login(user)
    assert client.get("/en/account/second-step/set-up/").headers["Location"] == "/en/account/second-step/on/"
