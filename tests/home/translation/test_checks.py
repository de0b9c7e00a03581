"""A translated text keeps to the rules, whichever way it came."""

import polib
import pytest
from django.test import Client

from home.models import Question
from tests.home.translation.world import (
    DUTCH,
    GERMAN,
    change_dutch,
    client_of,
    downloaded,
    page_at,
    translate,
    translation_of,
    upload,
)

pytestmark = pytest.mark.django_db
NEW = "Wij begeleiden u {home_months} maanden."


@pytest.fixture
def translation(publisher):
    """Of the page Contact into German, whose new introduction names a number."""
    return translation_of(change_dutch(page_at(DUTCH), publisher, intro=NEW), "de")


def is_missing(translation) -> bool:
    total, translated = translation.get_progress()
    return translated < total


WRONG = {
    "an unknown number": ("Wir begleiten Sie {home_month} Monate.", "home_month"),
    "a number that was left out": ("Wir begleiten Sie 12 Monate.", "home_months"),
    "a broken key": ("Wir begleiten Sie {home_months} Monate }.", "Braces"),
    "nothing": ("  ", "empty"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_text_that_breaks_a_rule_is_named_in_the_editor(wrong, translation, publisher):
    text, named = WRONG[wrong]
    answer = translate(client_of(publisher), translation, NEW, text)
    assert named in answer.json()["error"]
    assert is_missing(translation)


def test_a_link_of_the_source_is_not_lost(publisher):
    page = page_at(DUTCH)
    linked = f'<p>Lees <a linktype="page" id="{page.get_parent().pk}">de eerste pagina</a>.</p>'
    translation = translation_of(change_dutch(page, publisher, body=[("text", linked)]), "de")
    source, client = 'Lees <a id="a1">de eerste pagina</a>.', client_of(publisher)
    assert "Keep each link" in translate(client, translation, source, "Lesen Sie die erste Seite.").json()["error"]
    assert is_missing(translation)
    right = translate(client, translation, source, 'Lesen Sie <a id="a1">die erste Seite</a>.')
    assert not right.json()["error"]


@pytest.mark.parametrize("wrong", ["an unknown number", "a number that was left out"])
def test_a_text_that_breaks_a_rule_is_named_after_an_upload(wrong, translation, publisher):
    client = client_of(publisher)
    text, named = WRONG[wrong]
    po = downloaded(client, translation)
    po.find(NEW).msgstr = text
    assert named in upload(client, translation, po)
    assert is_missing(translation)
    assert "Wir begleiten" not in Client().get(GERMAN).content.decode()


def test_a_right_text_replaces_a_wrong_one(translation, publisher):
    client = client_of(publisher)
    translate(client, translation, NEW, "Wir begleiten Sie {home_month} Monate.")
    po = downloaded(client, translation)
    po.find(NEW).msgstr = "Wir begleiten Sie {home_months} Monate."
    upload(client, translation, po)
    assert not is_missing(translation)


def test_a_text_is_no_longer_than_its_field(publisher):
    question = Question.objects.filter(locale__language_code="nl", live=True).first()
    translation = translation_of(question, "fr")
    answer = translate(client_of(publisher), translation, question.question, "Pourquoi ? " * 30)
    assert "200" in answer.json()["error"]


def test_a_file_without_its_header_is_refused_in_words(translation, publisher):
    client = client_of(publisher)
    po = downloaded(client, translation)
    del po.metadata["X-WagtailLocalize-TranslationID"]
    po.find(NEW).msgstr = "Wir begleiten Sie {home_months} Monate."
    assert "X-WagtailLocalize-TranslationID" in upload(client, translation, po)
    assert is_missing(translation)


@pytest.mark.parametrize("content", ["", "This is no PO file.", 'msgid "a\nmsgstr'])
def test_what_is_no_po_file_is_refused_in_words(content, translation, publisher):
    assert "PO file" in upload(client_of(publisher), translation, content)


def test_a_file_of_another_language_is_refused_in_words(translation, publisher):
    client = client_of(publisher)
    po = downloaded(client, translation_of(page_at(DUTCH), "fr"))
    assert "another page or language" in upload(client, translation, po)


def test_uncertain_texts_of_a_file_are_left_out(translation, publisher):
    client = client_of(publisher)
    po = downloaded(client, translation)
    entry: polib.POEntry = po.find(NEW)
    entry.msgstr, entry.flags = "Wir begleiten Sie {home_months} Monate.", ["fuzzy"]
    assert "fuzzy" in upload(client, translation, po)
    assert is_missing(translation)
