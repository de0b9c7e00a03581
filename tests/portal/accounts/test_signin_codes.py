"""Signing in and making an account by a mailed code, and what a stranger can learn from it: nothing."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal import clock
from portal.models import Mail, User
from tests.factories import UserFactory
from tests.portal.accounts.signing_in import ask_for_code, code_for, is_signed_in, type_code

pytestmark = pytest.mark.django_db


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


# ── Nobody learns who has an account ──────────────────────────────────────────────────────────────────────────────────
def footprint(client, method: str, path: str, data: dict, email: str) -> tuple:
    """All that a stranger sees of an answer, and the work that it took."""
    before = Mail.objects.count()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = getattr(client, method)(path, data)
    body = re.sub(r'value="[A-Za-z0-9]{64}"', "", response.content.decode()).replace(email, "ADDRESS")
    work = [re.sub(r"\s.*", "", query["sql"]) + table_of(query["sql"]) for query in queries]
    headers = {name: value for name, value in response.headers.items() if name not in ("Content-Length", "Expires")}
    return response.status_code, headers, body, work, Mail.objects.count() - before


def table_of(sql: str) -> str:
    found = re.search(r'(?:FROM|INTO|UPDATE) "(\w+)"', sql)
    return found[1] if found else ""


ENTRANCES = {
    "sign in": ("/fr/account/login/", lambda email: {"login": email}),
    "sign up": ("/fr/account/signup/", lambda email: {"first_name": "A", "last_name": "B", "email": email}),
}


@pytest.mark.parametrize("entrance", ENTRANCES)
@pytest.mark.parametrize("known", [{}, {"is_active": False}, {"groups": ["Officers"]}])
def test_a_known_and_an_unknown_address_get_the_same_answer_for_the_same_work(entrance, known):
    path, data = ENTRANCES[entrance]
    footprints = []
    for email in (UserFactory(**known).email, "unknown@town.example"):
        client = Client()
        client.get(path)
        steps = [
            footprint(client, "post", path, data(email), email),
            footprint(client, "get", "/fr/account/login/code/", {}, email),
            *(footprint(client, "post", "/fr/account/login/code/", {"code": code}, email) for code in "XYZ"),
        ]
        footprints.append(steps)
    assert footprints[0] == footprints[1]
    assert [mails for *_seen, mails in footprints[0]] == [1, 0, 0, 0, 0]
    assert footprints[0][0][:2][0] == 302


def test_the_mail_says_what_the_page_does_not():
    ask_for_code(Client(), "unknown@town.example", "en")
    text = Mail.objects.get(to="unknown@town.example").text
    assert "/en/account/signup/" in text
    assert "no account" in text
    user = UserFactory()
    client = Client()
    data = {"first_name": "A", "last_name": "B", "email": user.email}
    client.post("/en/account/signup/", data)
    assert "/en/account/login/" in Mail.objects.get(to=user.email).text
    assert client.session["address_proof"].get("code") is None


def test_no_account_before_the_address_is_proved():
    Client().post("/nl/account/signup/", {"first_name": "A", "last_name": "B", "email": "someone@town.example"})
    assert not User.objects.filter(email="someone@town.example").exists()


# ── The code ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_three_wrong_codes_end_it():
    user = UserFactory()
    client = Client()
    ask_for_code(client, user.email)
    for _try in range(3):
        response = type_code(client, "AAAA-AAAA")
    assert response.redirect_chain[-1][0] == "/nl/account/login/"
    type_code(client, code_for(user.email))
    assert not is_signed_in(client)


def test_a_code_ends_after_its_time():
    user = UserFactory()
    client = Client()
    ask_for_code(client, user.email)
    with clock.standing_at(clock.now() + timedelta(minutes=21)):
        response = type_code(client, code_for(user.email))
    assert not is_signed_in(client)
    assert response.redirect_chain[-1][0] == "/nl/account/login/"


def test_a_code_works_in_the_browser_that_asked_for_it_only():
    user = UserFactory()
    ask_for_code(Client(), user.email)
    other = Client()
    type_code(other, code_for(user.email))
    assert not is_signed_in(other)


def test_signing_in_leads_to_where_one_wanted_to_go_and_nowhere_else():
    user = UserFactory()
    for wanted, reached in (("/nl/account/security/", "/nl/account/security/"), ("https://evil.example/", None)):
        client = Client()
        client.post("/nl/account/login/", {"login": user.email, "next": wanted})
        response = client.post("/nl/account/login/code/", {"code": code_for(user.email)})
        assert response.headers["Location"] == (reached or "/nl/start/")


# ── The address of an account ─────────────────────────────────────────────────────────────────────────────────────────
def test_a_changed_address_is_the_only_way_in():
    user = UserFactory()
    old, user.email = user.email, "New.Address@town.example"
    user.save()
    client = Client()
    ask_for_code(client, old, "en")
    assert "no account" in Mail.objects.get(to=old).text
    ask_for_code(client, "new.address@town.example")
    type_code(client, code_for("new.address@town.example"))
    assert is_signed_in(client)
    assert [row.email for row in EmailAddress.objects.filter(user=user)] == ["new.address@town.example"]
