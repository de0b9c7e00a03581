"""Telephone numbers in an application: taken however they are written, kept in one way, else refused."""

import json

import pytest
from django.utils.html import escape

from applications.answers import saving
from applications.questionnaire.answers import answer
from applications.questionnaire.questions import BY_NUMBER
from applications.versions.diff import differences
from tests.applications.common import fresh
from tests.clients import client_of
from tests.factories import submitted_application

pytestmark = pytest.mark.django_db
STORED, WRITTEN = "+32470123456", "+32 470 12 34 56"


@pytest.fixture
def draft(lead):
    return saving.begin(lead.organisation, lead.user, stay=True, guidance=True)


def section(application, code: str, language: str = "en") -> str:
    return f"/{language}/applications/{application.uuid}/sections/{code}/"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        *((way, STORED) for way in ("0470 12 34 56", "04-70.12.34.56", "0470/12.34.56", "(0470) 123456", STORED)),
        *((way, STORED) for way in ("0032470123456", "+32 (0)470 12 34 56", "32 470 12 34 56", "Tel. 0470 12 34 56")),
        *(
            (way, STORED)
            for way in ("０470 12 34 56", "\u202a+32\u00a0470\u00a012\u00a034\u00a056\u202c", " 0470123456 ")
        ),
        ("09/266 70 00", "+3292667000"),
        ("0800 12 345", "+3280012345"),
        ("+31 6 12345678", "+31612345678"),
        ("0033 1 40 20 50 50", "+33140205050"),
        ("", ""),
    ],
)
def test_a_number_is_taken_as_people_write_it(draft, lead, typed, stored):
    response = client_of(lead.user).post(section(draft, "who"), {"contact_phone": typed})
    assert response.status_code == 302
    assert json.dumps(answer(fresh(draft), BY_NUMBER["1.4"])) == json.dumps(stored)


@pytest.mark.parametrize(
    ("language", "said", "typed"),
    [
        ("nl", "Dit is geen telefoonnummer.", "not a phone"),
        ("nl", "Dit is geen telefoonnummer.", "0470 12 34 56 of 0471"),
        ("fr", "Ceci n’est pas un numéro de téléphone.", "12 34"),
        ("fr", "Ceci n’est pas un numéro de téléphone.", "0470 12 34 56 (An)"),
        ("de", "Das ist keine Telefonnummer.", "0470 12 34 5"),
        ("en", "This is not a telephone number.", "02 123 45 67"),
        ("en", "This is not a telephone number.", "1" * 300),
    ],
)
def test_a_number_that_is_none_is_refused_at_its_field_and_stays(draft, lead, language, said, typed):
    address = section(draft, "who", language)
    page = client_of(lead.user).post(address, {"contact_phone": typed, "contact_name": "An Peeters"}).content.decode()
    error = page.split('id="id_contact_phone_error"')[1].split("</p>")[0]
    assert said in error
    assert "0470 12 34 56" in error
    assert 'href="#id_contact_phone"' in page
    assert f'value="{escape(typed)}"' in page
    assert fresh(draft).contact_phone == ""


def test_the_number_in_the_message_is_one(draft, lead):
    client = client_of(lead.user)
    page = client.post(section(draft, "who"), {"contact_phone": "12"}).content.decode()
    example = page.split("country in front: ")[1].split(".")[0]
    assert client.post(section(draft, "who"), {"contact_phone": example}).status_code == 302


def test_an_extension_is_not_left_out_without_a_word(draft, lead):
    typed = {"contact_phone": "09 266 70 00 ext. 12"}
    page = client_of(lead.user).post(section(draft, "who"), typed).content.decode()
    assert "We cannot keep an extension." in page
    assert typed["contact_phone"] in page


def test_a_number_that_is_not_whole_yet_is_kept_while_one_types(draft, lead):
    client = client_of(lead.user)
    kept = client.post(
        f"{section(draft, 'who')}keep/", {"contact_phone": "0470 12"}, headers={"X-Requested-With": "fetch"}
    )
    assert kept.json().keys() == {"kept"}
    assert fresh(draft).contact_phone == ""
    assert 'value="0470 12"' in client.get(section(draft, "who")).content.decode()


def test_the_same_number_written_otherwise_changes_nothing_that_was_signed(lead):
    application = submitted_application(lead, contact_phone="0470 12 34 56")
    version = application.versions.get()
    assert not differences(version, fresh(application))
    application.contact_phone = "0032 470/12.34.56"
    assert not differences(version, application)
    application.contact_phone = "09 266 70 00"
    [difference] = differences(version, application)
    assert (difference.before, difference.after) == (WRITTEN, "+32 9 266 70 00")


def test_a_number_of_a_contact_in_a_row_is_kept_the_same_way(draft, lead):
    client = client_of(lead.user)
    row = {"contacts-contact-name": "An Peeters", "contacts-contact-email": "an@town.example"}
    page = client.post(section(draft, "cooperation"), {**row, "contacts-contact-phone": "0470 12"}).content.decode()
    assert "This is not a telephone number." in page
    assert 'value="0470 12"' in page
    client.post(section(draft, "cooperation"), {**row, "contacts-contact-phone": "0470 12 34 56"})
    assert f'"phone": "{STORED}"' in json.dumps(answer(fresh(draft), BY_NUMBER["6.2"]))
    assert WRITTEN in client.get(f"/en/applications/{draft.uuid}/summary/").content.decode()
