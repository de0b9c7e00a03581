"""Accounts: a code by mail, a second step for Fedasil, and what a system check refuses in production."""

import re
from io import StringIO

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.test import Client
from django.urls import reverse

from portal import log
from portal.demo import current_code
from portal.models import Mail, User
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code_for(email: str) -> str:
    mail = Mail.objects.filter(to=email).latest("pk")
    assert mail.sensitive
    return mail.subject.split()[0]


def ask_for_code(client, email, language="nl"):
    return client.post(f"/{language}/account/login/", {"login": email}, follow=True)


def type_code(client, code, language="nl"):
    return client.post(f"/{language}/account/login/code/", {"code": code}, follow=True)


def is_signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def test_signing_up_takes_a_code_and_keeps_the_language():
    client = Client()
    data = {"first_name": "New", "last_name": "Colleague", "email": "New@town.example"}
    client.post("/fr/account/signup/", data, follow=True)
    assert not is_signed_in(client)
    response = client.post("/fr/account/login/code/", {"code": code_for("new@town.example")}, follow=True)
    assert response.status_code == 200
    assert is_signed_in(client)
    user = User.objects.get(email="new@town.example")
    assert (user.language, user.has_usable_password(), str(user)) == ("fr", False, "New Colleague")
    assert response.redirect_chain[-1][0] == "/fr/applications/"


def test_signing_up_twice_says_nothing_to_a_stranger_and_tells_the_owner():
    user = UserFactory()
    client = Client()
    data = {"first_name": "A", "last_name": "B", "email": user.email}
    known = client.post("/nl/account/signup/", data)
    unknown = Client().post("/nl/account/signup/", {**data, "email": "nobody@town.example"})
    assert (known.status_code, known.headers["Location"]) == (unknown.status_code, unknown.headers["Location"])
    assert "/nl/account/login/" in Mail.objects.filter(to=user.email).latest("pk").text
    assert User.objects.filter(email=user.email).count() == 1


def test_an_unknown_address_gets_the_same_answer():
    known, unknown = UserFactory().email, "unknown@town.example"
    pages = [ask_for_code(Client(), email).content.decode().replace(email, "") for email in (known, unknown)]
    without_tokens = [re.sub(r'value="[A-Za-z0-9]{64}"', "", page) for page in pages]
    assert without_tokens[0] == without_tokens[1]


def test_a_person_signs_in_with_the_mailed_code_once():
    user = UserFactory()
    client = Client()
    ask_for_code(client, user.email)
    code = code_for(user.email)
    type_code(client, code)
    assert is_signed_in(client)
    other = Client()
    ask_for_code(other, user.email)
    type_code(other, code)
    assert not is_signed_in(other)


def test_a_wrong_code_is_told_and_does_not_sign_in():
    user = UserFactory()
    client = Client()
    ask_for_code(client, user.email)
    response = type_code(client, "AAAAAA")
    assert not is_signed_in(client)
    assert "govuk-error-message" in response.content.decode()


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


def test_who_was_made_by_an_administrator_signs_in_by_code():
    administrator = UserFactory(groups=["Administrators"])
    client = Client()
    client.force_login(administrator)
    data = {"email": "new.officer@fedasil.example", "first_name": "New", "last_name": "Officer", "language": "fr"}
    response = client.post(reverse("wagtailusers_users:add"), data)
    assert response.status_code == 302, response.context["form"].errors
    newcomer = Client()
    ask_for_code(newcomer, "new.officer@fedasil.example")
    type_code(newcomer, code_for("new.officer@fedasil.example"))
    assert is_signed_in(newcomer)
    assert EmailAddress.objects.get(email="new.officer@fedasil.example").verified


def test_an_inactive_account_does_not_sign_in():
    user = UserFactory(is_active=False)
    client = Client()
    ask_for_code(client, user.email)
    if Mail.objects.filter(to=user.email).exists():
        type_code(client, code_for(user.email))
    assert not is_signed_in(client)


def test_a_lost_telephone_is_replaced_by_an_operator():
    officer = UserFactory(groups=["Officers"])
    call_command("reset_second_step", officer.email.upper(), stdout=StringIO())
    client = Client()
    ask_for_code(client, officer.email)
    response = type_code(client, code_for(officer.email))
    assert is_signed_in(client)
    assert response.redirect_chain[-1][0] == "/nl/account/second-step/set-up/"
    assert log.entries_of(officer).get().action == "second_step_reset"


# ── System checks ─────────────────────────────────────────────────────────────────────────────────────────────────────
def check():
    call_command("check", databases=["default"])


def test_demo_accounts_are_refused_in_production(settings):
    call_command("load_demo", verbosity=0)
    check()
    settings.DEMO = False
    with pytest.raises(SystemCheckError, match=r"portal\.E002"):
        check()
    call_command("deactivate_demo", verbosity=0)
    check()


def test_a_missing_second_step_is_refused_in_production(settings):
    UserFactory(groups=["Officers"])
    settings.DEMO = False
    check()
    Authenticator.objects.all().delete()
    with pytest.raises(SystemCheckError, match=r"portal\.E003"):
        check()
    User.objects.update(is_active=False)
    check()
