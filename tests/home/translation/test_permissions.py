"""Translators write their own languages, and nothing else; by no way."""

import pytest
from django.urls import reverse
from wagtail.models import Page

from home.models import Fact, Question, Term
from tests.home.translation.conftest import person
from tests.home.translation.world import (
    DUTCH,
    GERMAN,
    client_of,
    downloaded,
    edit_url,
    page_at,
    translate,
    translation_of,
    upload,
)

pytestmark = pytest.mark.django_db
FRENCH = "/fr/contact/"


def opens(user, url: str) -> bool:
    return client_of(user).get(url).status_code == 200


@pytest.mark.parametrize(("path", "may"), [(GERMAN, True), (FRENCH, False), (DUTCH, False)])
def test_a_german_translator_opens_german_pages_only(german, path, may):
    assert opens(german, edit_url(page_at(path))) is may


@pytest.mark.parametrize(("language", "may"), [("de", True), ("fr", False), ("nl", False)])
@pytest.mark.parametrize("model", [Question, Term])
def test_a_german_translator_opens_german_snippets_only(german, model, language, may):
    assert opens(german, edit_url(model.objects.filter(locale__language_code=language).first())) is may


def test_a_translator_of_all_languages_does_not_open_the_source():
    translator = person("Translators")
    assert opens(translator, edit_url(page_at(GERMAN)))
    assert opens(translator, edit_url(page_at(FRENCH)))
    assert not opens(translator, edit_url(page_at(DUTCH)))


@pytest.mark.parametrize(
    "made", [lambda: page_at(DUTCH), lambda: Question.objects.filter(locale__language_code="nl").first()]
)
def test_a_german_translator_does_not_write_french(german, publisher, made):
    instance = made()
    french = translation_of(instance, "fr")
    segment = french.source.stringsegment_set.first()
    before = french.source.stringsegment_set.get_translations(french.target_locale).values_list("data", flat=True)
    texts = list(before)
    translate(client_of(german), french, segment.string.data, "Neu")
    po = downloaded(client_of(publisher), french)
    po[0].msgstr = "Neu"
    upload(client_of(german), french, po)
    client_of(german).post(f"/admin/localize/translate/{french.pk}/disable/")
    french.refresh_from_db()
    assert french.enabled
    assert list(before.all()) == texts


def test_a_translator_deletes_and_copies_nothing(german):
    draft = page_at(GERMAN)
    draft.unpublish()
    for address in ("delete", "copy", "move"):
        client_of(german).post(reverse(f"wagtailadmin_pages:{address}", args=[draft.pk]), {"new_slug": "x"})
    client_of(german).post(f"/admin/bulk/wagtailcore/page/delete/?id={draft.pk}")
    assert Page.objects.filter(pk=draft.pk, url_path=GERMAN).exists()
    assert Page.objects.filter(locale=draft.locale, slug="x").count() == 0


def test_the_editor_does_not_offer_what_is_refused(german):
    html = client_of(german).get(edit_url(page_at(GERMAN))).content.decode()
    assert "convert_to_alias" not in html
    assert "translation-state--translator" in html


def test_a_translator_does_not_end_the_translation(german):
    translation = translation_of(page_at(DUTCH), "de")
    client_of(german).post(f"/admin/localize/translate/{translation.pk}/disable/")
    translation.refresh_from_db()
    assert translation.enabled


def test_a_german_translator_does_not_write_a_source_in_german(german, editor):
    below = page_at("/de/")
    page = type(page_at(GERMAN))(title="Neu", slug="neu", intro="Neu.", locale=below.locale)
    below.add_child(instance=page)
    assert opens(editor, edit_url(page))
    assert not opens(german, edit_url(page))


def test_an_editor_deletes_a_draft(editor):
    draft = page_at(GERMAN)
    draft.unpublish()
    client_of(editor).post(reverse("wagtailadmin_pages:delete", args=[draft.pk]))
    assert not Page.objects.filter(pk=draft.pk).exists()


def test_who_types_keys_sees_the_numbers(editor, german):
    for user in (editor, german):
        answer = client_of(user).get(reverse("wagtailsnippets_home_fact:list")).content.decode()
        assert "home_months" in answer
    edit = reverse("wagtailsnippets_home_fact:edit", args=[Fact.objects.get(key="home_months").pk])
    assert opens(editor, edit)
    assert not opens(german, edit)
