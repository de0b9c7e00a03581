"""Sign-in by OpenID Connect against a real provider on loopback: who gets into which account, and what is kept."""

import json
from io import StringIO
from urllib.parse import urlsplit

import pytest
import requests
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.test import Client

from portal.models import Mail, User
from portal.settings.identity import openid_apps
from tests.factories import UserFactory
from tests.oidc_provider.people import NATIONAL_NUMBER
from tests.oidc_provider.process import Provider
from tests.portal.accounts.signing_in import ask_for_code, code_for, is_signed_in, type_code

pytestmark = pytest.mark.django_db
CALLBACK = "http://testserver/oidc/test/callback/"


@pytest.fixture(scope="module")
def provider(tmp_path_factory):
    running = Provider(tmp_path_factory.mktemp("provider"), CALLBACK)
    yield running
    running.stop()


@pytest.fixture
def elsewhere(provider, settings):
    """Configures the provider for the portal: elsewhere(trusted_email=True)."""

    def configure(**more):
        apps = openid_apps([provider.settings(**more)])
        openid = {**settings.SOCIALACCOUNT_PROVIDERS["openid_connect"], "APPS": apps}
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": openid}

    return configure


def come_from(person: str, client: Client | None = None, language: str = "fr"):
    """Press the button, be this person at the provider, and come back: the portal's answer and the client."""
    client = client or Client()
    away = client.get(f"/{language}/account/login/with/test/")
    assert away.status_code == 302
    with requests.Session() as browser:
        choice = browser.get(away.headers["Location"])
        back = browser.post(choice.url, {"person": person}, allow_redirects=False)
        while not back.headers["Location"].startswith("http://testserver"):
            back = browser.get(requests.compat.urljoin(choice.url, back.headers["Location"]), allow_redirects=False)
    address = urlsplit(back.headers["Location"])
    return client.get(f"{address.path}?{address.query}"), client


def test_there_is_no_button_without_a_provider():
    assert "/login/with/" not in Client().get("/en/account/login/").content.decode()
    assert Client().get("/en/account/login/with/test/").status_code == 404


def test_the_sign_in_page_has_a_button_for_each_provider(elsewhere):
    elsewhere()
    page = Client().get("/en/account/login/?next=/en/organisations/new/").content.decode()
    assert "Sign in with Test login" in page
    assert 'href="/en/account/login/with/test/?next=%2Fen%2Forganisations%2Fnew%2F"' in page


def test_a_newcomer_from_a_trusted_provider_has_an_account_at_once(elsewhere):
    elsewhere(trusted_email=True)
    response, client = come_from("ann")
    assert response.headers["Location"] == "/fr/start/"
    assert is_signed_in(client)
    user = User.objects.get(email="ann@elsewhere.example")
    assert (str(user), user.language) == ("Ann Peeters", "fr")
    again, client = come_from("ann")
    assert is_signed_in(client)
    assert User.objects.filter(email="ann@elsewhere.example").count() == 1


def test_a_newcomer_from_any_other_provider_proves_the_address_first(elsewhere):
    elsewhere()
    response, client = come_from("ann")
    assert response.headers["Location"] == "/fr/account/login/code/"
    assert not User.objects.filter(email="ann@elsewhere.example").exists()
    type_code(client, code_for("ann@elsewhere.example"), "fr")
    assert is_signed_in(client)
    assert str(User.objects.get(email="ann@elsewhere.example")) == "Ann Peeters"
    _response, client = come_from("ann")
    assert is_signed_in(client)


def test_a_proved_address_of_a_trusted_provider_opens_its_account(elsewhere):
    elsewhere(trusted_email=True)
    user = UserFactory(email="city@demo.example")
    _response, client = come_from("city")
    assert client.session["_auth_user_id"] == str(user.pk)
    assert SocialAccount.objects.get().user == user


@pytest.mark.parametrize("person", ["impostor", "vague"])
@pytest.mark.parametrize("trusted", [True, False])
def test_an_address_that_is_not_proved_opens_nothing(elsewhere, person, trusted):
    elsewhere(trusted_email=trusted)
    UserFactory(email="city@demo.example")
    response, client = come_from(person)
    assert response.headers["Location"] == "/fr/account/login/code/"
    for code in ("XXXX-XXXX",) * 3:
        type_code(client, code, "fr")
    assert not is_signed_in(client)
    assert not SocialAccount.objects.exists()


def test_an_untrusted_provider_is_linked_by_a_mailed_code(elsewhere):
    elsewhere()
    user = UserFactory(email="city@demo.example")
    _response, client = come_from("city")
    assert not is_signed_in(client)
    type_code(client, code_for(user.email), "fr")
    assert client.session["_auth_user_id"] == str(user.pk)
    assert Mail.objects.filter(to=user.email, key__startswith="account:", sensitive=False).count() == 1


def test_who_comes_without_an_address_gives_one_and_proves_it(elsewhere):
    elsewhere(trusted_email=True)
    user = UserFactory()
    response, client = come_from("nameless")
    assert response.headers["Location"] == "/fr/account/signup/"
    page = client.get("/fr/account/signup/")
    assert page.context["form"]["last_name"].value() == "Janssens"
    data = {"first_name": "Jan", "last_name": "Janssens", "email": user.email}
    client.post("/fr/account/signup/", data)
    type_code(client, code_for(user.email), "fr")
    assert SocialAccount.objects.get().user == user
    _response, other = come_from("nameless")
    assert other.session["_auth_user_id"] == str(user.pk)


def test_nothing_of_a_national_register_number_is_kept(elsewhere):
    """Neither of the claims nor of the provider's name for the person, nor in a session half way, nor a token."""
    elsewhere()
    for person in ("ann", "nameless"):
        _response, client = come_from(person)
        if person == "nameless":
            client.post("/fr/account/signup/", {"first_name": "A", "last_name": "B", "email": "ann@elsewhere.example"})
        assert_nowhere()
        type_code(client, code_for("ann@elsewhere.example"), "fr")
        come_from(person)
        assert_nowhere()
    assert not SocialToken.objects.exists()
    ann, nameless = SocialAccount.objects.order_by("pk")
    assert set(ann.extra_data) == {"issuer", "email", "given_name", "family_name"}
    assert len(ann.uid) == 64
    assert ann.user == nameless.user


def assert_nowhere() -> None:
    out = StringIO()
    call_command("dumpdata", "portal", "account", "socialaccount", "usersessions", "mfa", stdout=out)
    kept = out.getvalue() + json.dumps([session.get_decoded() for session in Session.objects.all()])
    assert "elsewhere.example" in kept or "Janssens" in kept
    for secret in (NATIONAL_NUMBER, "1985-07-30", "+32 2 000", "access_token", "id_token"):
        assert secret not in kept


# ── The second step ───────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def officer(db):
    return UserFactory(email="officer@demo.example", groups=["Officers"])


def test_fedasils_people_do_the_second_step_after_signing_in_elsewhere(elsewhere, officer):
    elsewhere(trusted_email=True)
    response, client = come_from("officer")
    assert response.headers["Location"] == "/fr/account/second-step/"
    assert not is_signed_in(client)
    assert not SocialAccount.objects.exists()


def test_a_strong_provider_is_the_second_step(elsewhere, officer):
    elsewhere(trusted_email=True, strong=True)
    _response, client = come_from("officer")
    assert is_signed_in(client)
    assert client.get("/admin/").status_code == 200


def test_a_mailbox_and_a_strong_provider_do_not_replace_the_second_step(elsewhere, officer):
    """Linking by mailed code asks for the account's own second step, however strong the provider is."""
    elsewhere(strong=True)
    _response, client = come_from("officer")
    response = type_code(client, code_for(officer.email), "fr")
    assert response.redirect_chain[-1][0] == "/fr/account/second-step/"
    assert not is_signed_in(client)
    assert not SocialAccount.objects.exists()


def test_a_closed_account_stays_closed(elsewhere):
    elsewhere(trusted_email=True)
    UserFactory(email="city@demo.example", is_active=False)
    response, client = come_from("city")
    assert response.headers["Location"] == "/fr/account/inactive/"
    assert not is_signed_in(client)
    assert not SocialAccount.objects.exists()


# ── When it goes wrong ────────────────────────────────────────────────────────────────────────────────────────────────
def test_another_site_cannot_start_it(elsewhere):
    elsewhere()
    response = Client().get("/nl/account/login/with/test/", headers={"Sec-Fetch-Site": "cross-site"})
    assert response.headers["Location"] == "/nl/account/login/"


def test_a_provider_that_is_away_or_an_answer_out_of_the_blue_is_told(elsewhere, settings):
    elsewhere()
    assert Client().get("/oidc/test/callback/?code=made-up&state=made-up").status_code == 401
    elsewhere(server_url="http://127.0.0.1:9")
    response = Client().get("/en/account/login/with/test/")
    assert response.status_code == 401
    assert "/en/account/login/" in response.content.decode()


def test_the_mailed_code_still_works_beside_it(elsewhere, officer):
    elsewhere()
    client = Client()
    ask_for_code(client, officer.email)
    assert Authenticator.objects.filter(user=officer).exists()
    response = type_code(client, code_for(officer.email))
    assert response.redirect_chain[-1][0] == "/nl/account/second-step/"
