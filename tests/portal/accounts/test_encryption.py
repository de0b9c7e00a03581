"""Secrets of second steps lie encrypted in the database; keys can be changed."""

from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command
from django.core.management.base import SystemCheckError
from django.test import Client

from portal.accounts.demo import current_code
from portal.accounts.encryption import Unreadable
from tests.factories import UserFactory
from tests.portal.accounts.signing_in import ask_for_code, code_for, is_signed_in, type_code

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return UserFactory()


def enrol(user) -> tuple[str, list[str]]:
    """Set up an authenticator app on the pages: its secret, and the recovery codes that are shown."""
    client = Client()
    ask_for_code(client, user.email)
    type_code(client, code_for(user.email))
    client.get("/en/account/second-step/set-up/")
    secret = client.session["mfa.totp.secret"]
    client.post("/en/account/second-step/set-up/", {"code": current_code(secret)})
    assert secret not in str(dict(client.session.items()))
    client.post("/en/account/second-step/again/", {"code": current_code(secret)})
    return secret, client.get("/en/account/recovery-codes/").context["unused_codes"]


def signs_in_with(user, code: str) -> bool:
    client = Client()
    ask_for_code(client, user.email)
    type_code(client, code_for(user.email))
    assert not is_signed_in(client)
    client.post("/nl/account/second-step/", {"code": code})
    return is_signed_in(client)


def rotate() -> str:
    call_command("rotate_encryption_keys", stdout=(said := StringIO()))
    return said.getvalue()


def check():
    call_command("check", databases=["default"])


def test_no_secret_lies_in_plain_text_and_signing_in_works(person):
    secret, codes = enrol(person)
    rows = dict(Authenticator.objects.filter(user=person).values_list("type", "data"))
    assert secret not in str(rows)
    # Fernet's version and the beginning of its time: nothing that a seed could begin with.
    assert rows["totp"]["secret"].startswith("gAAAA")
    assert rows["recovery_codes"]["seed"].startswith("gAAAA")
    check()
    assert signs_in_with(person, current_code(secret))
    assert signs_in_with(person, codes[0])
    assert not signs_in_with(person, codes[0])


def test_keys_are_changed_one_after_the_other(person, settings):
    secret, codes = enrol(person)
    old, new = *settings.ENCRYPTION_KEYS, Fernet.generate_key().decode()
    settings.ENCRYPTION_KEYS = [new, old]
    assert signs_in_with(person, codes[0])
    assert rotate() == "2 second steps encrypted with the first key\n"
    settings.ENCRYPTION_KEYS = [new]
    check()
    assert signs_in_with(person, current_code(secret))
    assert signs_in_with(person, codes[1])
    assert not signs_in_with(person, codes[0]), "which codes were used is kept"


def test_a_key_that_is_still_needed_is_missed(person, settings):
    enrol(person)
    settings.ENCRYPTION_KEYS = [Fernet.generate_key().decode()]
    with pytest.raises(SystemCheckError, match=r"portal\.E008"):
        check()
    with pytest.raises(CommandError, match=person.email):
        rotate()


def test_a_secret_in_plain_text_opens_nothing(person):
    secret, codes = enrol(person)
    Authenticator.objects.filter(type="totp").update(data={"secret": secret})
    with pytest.raises(SystemCheckError, match=r"portal\.E008"):
        check()
    with pytest.raises(Unreadable):
        signs_in_with(person, current_code(secret))


@pytest.mark.parametrize("keys", [[], ["a password"], ["é"]])
def test_what_is_no_key_is_refused_at_start(keys, settings):
    settings.ENCRYPTION_KEYS = keys
    with pytest.raises(SystemCheckError, match=r"portal\.E007"):
        call_command("check")
