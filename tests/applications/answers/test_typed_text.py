"""What people type in a dossier: cleaned, held back where it holds a national register number, whole on paper."""

import re
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from applications.answers import saving
from applications.checks.automatic_checks import checks_of
from applications.models import Contact, Message, Note, Party
from applications.papers.version import version_pdf
from applications.workflow.transitions import APPLICATION
from portal import clock
from portal.forms.national_numbers import KEPT, stands_in
from tests.clients import client_of
from tests.factories import UserFactory, complete_application, sign, submitted_application
from tests.readers import poppler
from tests.seen import dossier_read

pytestmark = pytest.mark.django_db
NUMBER = "85.07.30-033.28"


@pytest.fixture
def draft(lead):
    return saving.begin(lead.organisation, lead.user, stay=True, guidance=True)


def section(application, code: str) -> str:
    return f"/en/applications/{application.uuid}/sections/{code}/"


# ── National register numbers ─────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    "text",
    ["He is 85.07.30-033.28.", "85073003328", "85 07 30 033 28", "８５073003328"]
    + ["OV-nummer 1234567", "dossier SP: 7654321", "DVZ 12.345.678", "numéro OE n° 1234567"],
)
def test_a_number_is_seen_however_it_is_written(text):
    assert stands_in(text)


@pytest.mark.parametrize(
    "text",
    ["0207.451.227", "BE68 5390 0754 7034", "85.07.30-033.29", "+32 470 12 34 56", "2027-03-01", "SP 12", "AA 123456"],
)
def test_other_numbers_are_none(text):
    assert not stands_in(text)


@given(st.dates(date(1930, 1, 1), date(2025, 12, 31)), st.integers(1, 997))
def test_whoever_has_a_number_is_seen_also_born_from_2000_on(day, order):
    first = f"{day:%y%m%d}{order:03d}"
    check = 97 - int(f"2{first}" if day.year >= 2000 else first) % 97
    assert stands_in(f"{first[:2]}.{first[2:4]}.{first[4:6]}-{first[6:]}.{check:02d}")


def test_an_answer_with_a_number_is_held_back_once_and_kept_by_who_says_so(draft, lead):
    client, typed = client_of(lead.user), {"experience": f"We know the family {NUMBER}."}
    page = client.post(section(draft, "guidance"), typed).content.decode()
    assert "national register number" in page
    assert f'name="{KEPT}"' in page
    draft.refresh_from_db()
    assert draft.experience == ""
    client.post(section(draft, "guidance"), {**typed, KEPT: "on"})
    draft.refresh_from_db()
    assert NUMBER in draft.experience


def test_a_message_and_a_note_with_a_number_are_held_back(lead):
    application = submitted_application(lead)
    officer, client = UserFactory(groups=["Officers"]), client_of(lead.user)
    address = f"/en/applications/{application.uuid}/messages/"
    sent = {"party": application.joined_parties[0].pk, "text": f"About {NUMBER}"}
    assert "national register number" in client.post(address, sent).content.decode()
    assert not Message.objects.exists()
    client.post(address, {**sent, KEPT: "on"})
    assert Message.objects.count() == 1
    desk, note = client_of(officer), f"/admin/applications/{application.pk}/notes/5.2/"
    page = desk.post(note, {"text": f"See {NUMBER}", **dossier_read(application)}).content.decode()
    assert f'name="{KEPT}"' in page
    assert not Note.objects.exists()


# ── Long answers ──────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_long_answer_pasted_from_word_is_cleaned_and_asks_nothing_of_the_reader(draft, lead):
    typed = {
        "contact_name": "An\u200b Peeters",
        "contact_function": "Head\u000bof housing",
        "contact_phone": "０470 12 34 56",
    }
    client_of(lead.user).post(section(draft, "who"), {**typed, "contact_email": "An@town.example\u200b"})
    draft.refresh_from_db()
    stored = [draft.contact_name, draft.contact_function, str(draft.contact_phone), draft.contact_email]
    assert stored == ["An Peeters", "Head of housing", "+32 470 12 34 56", "an@town.example"]


def test_a_contact_of_a_row_is_a_name_too():
    with pytest.raises(ValidationError):
        Contact._meta.get_field("name").formfield().clean("Klik https://evil.example")


def test_a_text_without_a_space_is_whole_on_paper(lead):
    word = "1234567890" * 30
    version = submitted_application(lead, experience=word).versions.get()
    page = poppler("pdftotext", version_pdf(version, version.content), "-bbox")
    parts = re.findall(r'xMax="([\d.]+)" yMax="[\d.]+">([0-9]{10,})<', page)
    width = 210 / 25.4 * 72
    assert "".join(text for right, text in parts if float(right) < width) == word


# ── Said before signing ───────────────────────────────────────────────────────────────────────────────────────────────
PAST = "The first day to receive people, 1 March 2020, is in the past."
TOO_LARGE = "No dwelling is left for a household of 7 persons."
WITH_NUMBER = "a national register number or the number of a file seems to stand here"


def test_what_the_officer_will_ask_is_said_before_one_signs(lead):
    kept = f"For {NUMBER} and her sons."
    application = complete_application(lead, available_from=date(2020, 3, 1), household_sizes=[7], remarks=kept)
    party, client = application.joined_parties[0], client_of(lead.user)
    at, signing = f"/en/applications/{application.uuid}", f"/en/applications/parties/{party.uuid}/sign/"
    for page in (f"{at}/summary/", f"{at}/submit/", signing):
        body = client.get(page).content.decode()
        assert PAST in body, page
        assert TOO_LARGE in body, page
        assert body.count(WITH_NUMBER) == 1, page
    assert TOO_LARGE in client.get(f"{at}/sections/stay/check/").content.decode()
    assert PAST in client.get(f"{at}/sections/offer/check/").content.decode()
    # Who takes on no stay signs nothing about dwellings, and reads nothing about them.
    Party.objects.update(stay=False)
    assert TOO_LARGE not in client.get(signing).content.decode()
    Party.objects.update(stay=True)
    sign(party, lead.user, lead.capacity)
    submitted = APPLICATION.fire("submit", application, lead.user)
    with translation.override("en"):
        remarks = [remark for check in checks_of(submitted) for remark in check.remarks]
        assert {PAST, TOO_LARGE} <= set(remarks)
        assert sum(WITH_NUMBER in remark for remark in remarks) == 1
    assert PAST not in client.get(f"{at}/summary/").content.decode()


def test_an_offer_that_fits_raises_no_doubt(lead):
    application = complete_application(lead, available_from=clock.today())
    assert (
        'id="doubts"' not in client_of(lead.user).get(f"/en/applications/{application.uuid}/submit/").content.decode()
    )
