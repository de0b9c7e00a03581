"""Names are names: what stands in mails to strangers is no sentence and no link."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from portal.forms.fields import read_number
from portal.models import Mail, User
from portal.validators import (
    validate_organisation_name,
    validate_person_name,
)
from tests.factories import UserFactory
from tests.portal.accounts.signing_in import ask_for_code, code_for, type_code

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "name",
    ["An", "Jean-Marie", "D’hondt", "d'Ursel", "Peeters J.P.", "Ñuñez", "Ünal", "Нина", "ሰላም", "St. John"],
)
def test_a_name_is_taken(name):
    validate_person_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "-",
        "Win 1000",
        "Klik https://evil.example/x",
        "Klik evil.example",
        "www.evil.be",
        "An@evil.be",
        "<b>An</b>",
        "🎁",
    ],
)
def test_what_is_no_name_is_refused(name):
    with pytest.raises(ValidationError):
        validate_person_name(name)


@pytest.mark.parametrize("name", ["11.11.11", "v.z.w. Thuis & Co.", "OCMW/CPAS (Gent)", "“Samen” 2.0"])
def test_a_name_of_an_organisation_is_taken(name):
    validate_organisation_name(name)


@pytest.mark.parametrize("name", ["Win: evil.example/x", "https://evil.be", "www.evil", "mail an@evil.be", "🎁", "--"])
def test_an_address_is_no_name_of_an_organisation(name):
    with pytest.raises(ValidationError):
        validate_organisation_name(name)


@pytest.mark.parametrize(
    "typed", ["850", "850,-", "850,–", "€ 850", "850 €", "EUR 850", "850 euro", "８５０", "€\u00a0850"]
)
def test_an_amount_is_taken_as_people_write_it(typed):
    assert read_number(typed) == 850


@pytest.mark.parametrize("typed", ["850-", "-850", "euro", "€", "85O", "8,500"])
def test_what_is_no_amount_is_refused(typed):
    assert read_number(typed) is None


# ── Signing up ────────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("first_name", ["An\r\nBcc: x@evil.example", "Klik https://evil.example", "A" * 150])
def test_signing_up_refuses_what_is_no_first_name_at_the_field(first_name):
    sent = {"first_name": first_name, "last_name": "Peeters", "email": "an@town.example"}
    body = Client().post("/nl/account/signup/", sent).content.decode()
    assert 'href="#id_first_name"' in body
    assert not Mail.objects.exists()


def test_an_invisible_character_behind_an_address_makes_no_second_account():
    existing = UserFactory(email="an.voorbeeld@demo.example")
    client = Client()
    ask_for_code(client, "An.Voorbeeld@demo.example\u200b")
    type_code(client, code_for(existing.email))
    assert client.session["_auth_user_id"] == str(existing.pk)
    assert User.objects.count() == 1
