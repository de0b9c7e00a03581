"""Before starting: the check, the questions as PDF and DOCX, and the sample texts to fill in."""

import re
from dataclasses import replace
from io import BytesIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.utils import translation
from django.utils.text import slugify
from docx import Document
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from wagtail.models import Page

from applications.models import Application, Dwelling, GuidanceStep
from applications.questionnaire import definition, questions
from applications.questionnaire.definition import Condition, Question
from home import prints
from home.content.source import fixed_id
from home.models import PrintedPage
from home.models.printed import QUESTIONNAIRE
from portal.documents.pdf import pdf
from tests.readers import as_pdf, language_of, poppler

pytestmark = pytest.mark.django_db
LANGUAGES = [code for code, _name in settings.LANGUAGES]
WHOLE = {
    "kind": "municipality",
    "legal": "yes",
    "stay": "in_hand",
    "guidance": "ourselves",
    "cooperation": "yes",
    "partners": "alone",
}


@pytest.fixture(autouse=True)
def private_folder(settings, tmp_path):
    private = {**settings.STORAGES["private"], "OPTIONS": {"location": tmp_path / "private"}}
    settings.STORAGES = {**settings.STORAGES, "private": private}


def check(language="en", **answers):
    return Client().get(f"/{language}/check/", answers)


def ways(page: str) -> list[str]:
    return re.findall(r'id="way-(\w+)"', page)


# ── The check ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_before_anything_is_asked_there_is_no_complaint():
    response = check()
    page = response.content.decode()
    assert "govuk-error" not in page
    assert 'id="result"' not in page
    assert not response.cookies


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_has_all_in_hand_may_apply_alone_and_is_led_on(language):
    response = check(language, **WHOLE)
    page = response.content.decode()
    assert ways(page) == ["alone", "together", "talk"]
    for path in ("applications/start/", "interest/", "calculator/", "prepare/questionnaire.pdf"):
        assert f'href="/{language}/{path}"' in page
    for name in ("at-hand", "sessions"):
        found = Page.objects.get(translation_key=fixed_id(name), locale__language_code=language)
        assert f'href="{found.url_path}"' in page
    assert "max-age=60" in response["Cache-Control"]


def test_what_is_missing_names_partners_to_look_for_or_to_ask():
    page = check(**{**WHOLE, "kind": "non_profit", "stay": "not_yet", "guidance": "others", "partners": "pcsw"})
    page = page.content.decode()
    assert re.findall(r'id="missing-(\w+)"', page) == ["stay", "guidance"]
    stay, guidance = page.split('id="missing-')[1:]
    assert "Look for:" in stay
    assert "Ask those who take part already:" in guidance
    assert "a PCSW" in guidance


def test_an_informal_group_is_led_to_a_host_group():
    page = check(**{**WHOLE, "kind": "group", "legal": "informal"}).content.decode()
    assert ways(page) == ["sponsorship", "together", "talk"]
    other_ways = Page.objects.get(translation_key=fixed_id("other-ways"), locale__language_code="en")
    assert f'href="{other_ways.url_path}"' in page


def test_what_is_not_answered_is_told_at_its_field_and_the_rest_is_kept():
    page = check(kind="municipality", legal="yes", partners="pcsw").content.decode()
    assert 'id="result"' not in page
    for field in ("stay", "guidance", "cooperation"):
        assert f'id="id_{field}_error"' in page
    for field in ("kind", "legal", "partners"):
        assert f'id="id_{field}_error"' not in page
    assert re.findall(r'name="(\w+)"[^>]* value="(\w+)"[^>]* checked', page) == [
        ("kind", "municipality"),
        ("legal", "yes"),
        ("partners", "pcsw"),
    ]


def test_alone_and_with_others_at_once_is_asked_again():
    page = check(**{**WHOLE, "partners": ["alone", "pcsw"]}).content.decode()
    assert 'id="id_partners_error"' in page
    assert page.count(" checked") == 7


def test_the_switcher_keeps_the_answers():
    assert "/fr/check/?kind=municipality&amp;legal=yes" in check("nl", **WHOLE).content.decode()


def test_a_result_takes_one_query_more_than_what_stands_around_each_page(django_assert_num_queries):
    # The frame and the menu, each once a minute on the real site.
    with django_assert_num_queries(2):
        check()
    with django_assert_num_queries(3):
        check(**WHOLE)


class AnythingTyped(TestCase):
    @given(st.dictionaries(st.sampled_from(list(WHOLE)), st.text(max_size=12)))
    @examples(max_examples=20)
    def test_anything_typed_gets_a_page(self, answers):
        assert check(**answers).status_code == 200


# ── The questions ─────────────────────────────────────────────────────────────────────────────────────────────────────
def flat(text: str) -> str:
    """Without spaces and hyphens: where a line breaks does not matter."""
    return re.sub(r"[\s\u00ad\u2010-]+", "", text)


def in_order(language: str) -> list[str]:
    """What has to stand in the document, in this order: each section, and number and label of each question."""
    with translation.override(language):
        return [
            flat(line)
            for section in questions.SECTIONS
            for line in (
                f"{section.number}. {section.title}",
                *(f"{question.number} {question.label}" for question in section.questions),
            )
        ]


def assert_tells_all(text: str, language: str) -> None:
    text, place = flat(text), 0
    for line in in_order(language):
        found = text.find(line, place)
        assert found >= 0, line
        place = found + len(line)
    with translation.override(language):
        choices = [
            str(label)
            for kind in (Dwelling.Secured, Dwelling.Kind, GuidanceStep.Step, Application.Rhythm)
            for label in kind.labels
        ]
        helps = [str(question.help) for section in questions.SECTIONS for question in section.questions]
        conditions = [str(question.asked.text) for question in questions.BY_NUMBER.values()]
    for line in [*choices, *helps, *conditions]:
        assert flat(line) in text


def questionnaire(language: str) -> bytes:
    response = Client().get(f"/{language}/prepare/questionnaire.docx")
    assert response.status_code == 200
    assert not response.cookies
    assert re.fullmatch(r'attachment; filename="[a-z-]+\.docx"', response["Content-Disposition"])
    return response.content


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_questions_as_pdf(language):
    printed = prints.ask(QUESTIONNAIRE, language)
    waiting = Client().get(f"/{language}/prepare/questionnaire.pdf")
    assert waiting.status_code == 202
    prints.make(printed)
    response = Client().get(f"/{language}/prepare/questionnaire.pdf")
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    content = b"".join(response.streaming_content)
    about = poppler("pdfinfo", content)
    assert "Tagged:          yes" in about
    assert re.search(r"^Title: +\S", about, re.MULTILINE)
    assert language_of(content) == language
    structure = poppler("pdfinfo", content, "-struct")
    assert structure.count("H2 ") >= len(questions.SECTIONS)
    text = poppler("pdftotext", content)
    assert_tells_all(text, language)
    assert "@@" not in text


def test_the_questions_as_docx_opened_by_libreoffice(tmp_path):
    documents = {language: questionnaire(language) for language in LANGUAGES}
    for language, content in as_pdf(documents, tmp_path).items():
        assert_tells_all(poppler("pdftotext", content), language)
        properties = Document(BytesIO(documents[language])).core_properties
        assert properties.language == language
        assert f"Title:           {properties.title}" in poppler("pdfinfo", content)


def test_english_is_to_read_only():
    said = "To read only: applications are made in Dutch, French or German."
    assert said in text_of(questionnaire("en"))
    with translation.override("nl"):
        dutch = translation.gettext(said)
    text = text_of(questionnaire("nl"))
    assert said not in text
    assert dutch not in text


def text_of(content: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in Document(BytesIO(content)).paragraphs)


def test_a_new_question_follows_by_itself(monkeypatch, django_capture_on_commit_callbacks):
    before = questionnaire("en")
    printed = prints.ask(QUESTIONNAIRE, "en")
    prints.make(printed)
    printed.refresh_from_db()
    old = printed.file_id
    offer = questions.BY_CODE["offer"]
    new = Question(
        "3.9",
        "language",
        "In which language do you like to work?",
        "The one of the dossier.",
        optional=True,
        asked=Condition(lambda application: False, "Asked only on Mondays."),
    )
    grown = replace(offer, questions=(*offer.questions, new))
    monkeypatch.setattr(
        questions, "SECTIONS", tuple(grown if section == offer else section for section in questions.SECTIONS)
    )
    content = questionnaire("en")
    assert content != before
    text = text_of(content)
    assert "3.9 In which language do you like to work? (optional)" in text
    for line in ("The one of the dossier.", "Asked only on Mondays.", *Application._meta.get_field("language").choices):
        assert (line if isinstance(line, str) else line[1]) in text
    # At the next start after a deployment the PDF is looked at, and made anew.
    with django_capture_on_commit_callbacks(execute=True):
        call_command("load_site", verbosity=0)
    printed.refresh_from_db()
    assert printed.is_outdated
    prints.make(printed)
    printed.refresh_from_db()
    assert printed.file_id != old
    assert "3.9 In which language" in poppler("pdftotext", printed.file.read())


def test_each_condition_is_said_in_words():
    for question in questions.BY_NUMBER.values():
        assert question.asked is definition.always or question.asked.text


def test_the_questions_take_few_queries(django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        questionnaire("fr")


def test_the_pdf_is_no_other_with_the_day():
    html = prints.html_of(QUESTIONNAIRE, "nl")
    assert prints.html_of(QUESTIONNAIRE, "nl") == html
    assert pdf(prints.dated(html[1], "nl")).startswith(b"%PDF")
    assert prints.DATE_MARK not in prints.dated(html[1], "nl")


# ── The sample texts ──────────────────────────────────────────────────────────────────────────────────────────────────
SAMPLES = ("council-note", "sample-agreement")


@pytest.mark.parametrize("name", SAMPLES)
def test_each_sample_text_can_be_filled_in_as_docx(name, tmp_path):
    documents = {}
    for page in Page.objects.filter(translation_key=fixed_id(name)).specific():
        address = f"/{page.language}/docx/{page.translation_key}/"
        assert f'href="{address}"' in Client().get(page.url_path).content.decode()
        response = Client().get(address)
        assert f'filename="{slugify(page.title)}.docx"' in response["Content-Disposition"]
        documents[page.language] = response.content
    assert set(documents) == set(LANGUAGES)
    for language, content in as_pdf(documents, tmp_path).items():
        page = Page.objects.get(translation_key=fixed_id(name), locale__language_code=language).specific
        sample = next(block for block in page.body if block.block_type == "sample")
        text = flat(poppler("pdftotext", content))
        assert flat(str(sample.value["title"])) in text
        assert "[" in text
        assert "{" not in text
        assert "3.000" in text or "3000" in text or "3,000" in text


def test_the_agreement_gives_no_rule_of_law_that_fedasil_did_not_confirm():
    page = Page.objects.get(translation_key=fixed_id("sample-agreement"), locale__language_code="en").specific
    text = str(next(block for block in page.body if block.block_type == "sample").value["text"])
    assert text.count("sample, Fedasil to confirm]") == 6
    for amount in ("stay_lump_sum", "second_year", "direct_head", "direct_member"):
        assert f"{{rate.{amount}}}" in text
    assert "EUR" not in text
    assert "€" not in text


def test_a_sample_that_an_editor_changed_is_what_readers_get(django_capture_on_commit_callbacks):
    page = Page.objects.get(translation_key=fixed_id("council-note"), locale__language_code="nl").specific
    raw = list(page.body.raw_data)
    raw[0]["value"]["text"] += "<p>Een zin van de <b>redactie</b>.</p>"
    page.body.raw_data = raw
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    content = Client().get(f"/nl/docx/{page.translation_key}/").content
    assert "Een zin van de redactie." in text_of(content)


def test_a_page_without_a_sample_has_no_document(django_assert_max_num_queries):
    for key in (fixed_id("contact"), fixed_id("home"), fixed_id("nothing")):
        assert Client().get(f"/nl/docx/{key}/").status_code == 404
    with django_assert_max_num_queries(15):
        Client().get(f"/nl/docx/{fixed_id('council-note')}/")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_to_have_at_hand_leads_to_all_of_it(language):
    page = Page.objects.get(translation_key=fixed_id("at-hand"), locale__language_code=language)
    html = Client().get(page.url_path).content.decode()
    pages = Page.objects.filter(translation_key__in=map(fixed_id, SAMPLES), locale__language_code=language)
    tools = [f"/{language}/{path}" for path in ("check/", "prepare/questionnaire.pdf", "prepare/questionnaire.docx")]
    for address in [*tools, *(page.url_path for page in pages)]:
        assert f'href="{address}"' in html


def test_the_questions_are_made_before_anyone_asks():
    prints.keep_up()
    asked = PrintedPage.objects.filter(key=QUESTIONNAIRE, queued_at__isnull=False)
    assert set(asked.values_list("language", flat=True)) == set(LANGUAGES)
