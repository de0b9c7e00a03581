"""One's own account, and what a system check refuses in production."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.test import Client

from portal.models import User
from tests.factories import UserFactory
from tests.passkeys import SoftPasskey

pytestmark = pytest.mark.django_db


def test_a_person_changes_name_and_language_of_mails():
    user = UserFactory()
    client = Client()
    client.force_login(user)
    data = {"first_name": "Nieuwe", "last_name": "Naam", "language": "de"}
    response = client.post("/nl/account/security/", data)
    assert response.headers["Location"] == "/nl/account/security/"
    user.refresh_from_db()
    assert (str(user), user.language) == ("Nieuwe Naam", "de")
    assert "govuk-error-summary" in client.post("/nl/account/security/", {**data, "last_name": ""}).content.decode()


def test_the_way_to_ones_account_stands_on_service_pages_only():
    client = Client()
    client.force_login(UserFactory())
    assert "/nl/account/security/" in client.get("/nl/applications/").content.decode()
    for public in ("/nl/", "/nl/account/inactive/"):
        assert "/nl/account/security/" not in client.get(public).content.decode()


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


def test_a_passkey_is_a_second_step_too(settings):
    officer = UserFactory(groups=["Officers"])
    Authenticator.objects.all().delete()
    SoftPasskey().kept_by(officer)
    settings.DEMO = False
    check()
