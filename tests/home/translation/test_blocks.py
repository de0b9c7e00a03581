"""Blocks in a translation: what is a text waits for its translator, what is not may be another one in each language."""

import json
import uuid

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from wagtail.documents.models import Document
from wagtail_localize.models import OverridableSegment, SegmentOverride

from home.missing import missing_from
from home.models import Question
from home.translation import publishing
from tests.home.test_pictures import block_of, embed, image_of, published, run_tasks
from tests.home.translation.world import GERMAN, client_of, page_at, translate, translation_of

pytestmark = pytest.mark.django_db
TABLE = {
    "type": "table",
    "value": {
        "caption": "Wie doet wat",
        "columns": [{"type": "cell", "heading": "Taak"}, {"type": "cell", "heading": "U"}],
        "rows": [{"values": ["Woning", "ja"]}, {"values": ["School", "ja"]}],
    },
}
TEXTS = {
    "Wie doet wat": "Wer macht was",
    "Taak": "Aufgabe",
    "U": "Sie",
    "Woning": "Wohnung",
    "ja": "ja",
    "School": "Schule",
}


def texts_of(page) -> set[str]:
    translation = translation_of(page, "de")
    return {segment.string.data for segment in translation.source.stringsegment_set.select_related("string")}


def german() -> str:
    return Client().get(GERMAN).content.decode()


def translated(page, publisher, texts: dict[str, str], reason: str = ""):
    """Translate these texts into German, and publish."""
    client = client_of(publisher)
    for source, text in texts.items():
        assert translate(client, translation_of(page, "de"), source, text).status_code in (200, 201)
    publishing.publish(translation_of(page, "de"), publisher, reason)


def test_a_table_is_translated_text_by_text(publisher):
    page = published(TABLE)
    translated(page, publisher, TEXTS)
    for text in TEXTS.values():
        assert text in german()
    assert "Woning" not in german()


def test_a_row_in_between_leaves_the_translations_of_the_others(publisher):
    page = published(TABLE)
    translated(page, publisher, TEXTS)
    value = TABLE["value"]
    body = list(page.body.raw_data)
    body[0]["value"] = {**value, "rows": [{"values": ["Dokter", "ja"]}, *value["rows"]]}
    page = page_at("/nl/contact/")
    page.body = page._meta.get_field("body").to_python(body)
    page.save_revision().publish()
    assert [text.plain for text in missing_from(translation_of(page, "de"))] == ["Dokter"]


def test_a_text_too_long_for_its_cell_is_refused(publisher):
    page = published(TABLE)
    translate(client_of(publisher), translation_of(page, "de"), "Woning", "x" * 300)
    assert "Woning" in [text.plain for text in missing_from(translation_of(page, "de"))]


@pytest.mark.parametrize("kind", [block_of, lambda image: embed(image, "Een groen vlak")], ids=["block", "rich text"])
def test_an_alternative_text_is_translated(kind, publisher):
    page = published(kind(image_of(50, 50)))
    run_tasks()
    texts = {text: f"{text} auf Deutsch" for text in texts_of(page) & {"Een groen vlak", "Groen", "Wij", "Voor", "Na"}}
    assert "Een groen vlak" in texts
    translated(page, publisher, texts)
    assert 'alt="Een groen vlak auf Deutsch"' in german()


@pytest.mark.parametrize("kind", [block_of, lambda image: embed(image, "Een groen vlak"), lambda image: TABLE])
def test_what_is_missing_is_marked(kind, publisher):
    page = published(kind(image_of(50, 50)))
    run_tasks()
    translated(page, publisher, {}, reason="It cannot wait.")
    if kind(image_of(5, 5)) is TABLE:
        assert '<th scope="row"><span lang="nl">School</span></th>' in german()
    else:
        assert 'lang="nl"' in german().partition('alt="Een groen vlak"')[2].partition(">")[0]


def test_a_file_and_its_language_may_be_others_in_a_translation(publisher):
    dutch, french = (Document.objects.create(title=name, file=ContentFile(b"x", f"{name}.pdf")) for name in ("n", "d"))
    value = {"title": "Folder", "text": "", "file": dutch.pk, "language": "nl"}
    page = published({"type": "file", "value": value})
    source = translation_of(page, "de").source
    for segment, other in zip(
        OverridableSegment.objects.filter(source=source, context__path__startswith="body").order_by("order"),
        (french.pk, "de"),
        strict=True,
    ):
        SegmentOverride.objects.create(
            locale=translation_of(page, "de").target_locale, context=segment.context, data_json=json.dumps(other)
        )
    client = client_of(publisher)
    assert client.get(reverse("wagtailadmin_pages:edit", args=[page_at(GERMAN).pk])).status_code == 200
    translated(page, publisher, {"Folder": "Broschüre"})
    assert f'{french.url}" hreflang="de"' in german()


def test_questions_are_those_of_the_language(publisher):
    question = Question.objects.filter(locale__language_code="nl", live=True).first()
    page = published({"type": "questions", "value": [{"type": "item", "id": str(uuid.uuid4()), "value": question.pk}]})
    assert question.question in Client().get("/nl/contact/").content.decode()
    translated(page, publisher, {})
    other = question.get_translations().get(locale__language_code="de")
    assert other.question in german()
    other.unpublish()
    assert other.question not in german()
