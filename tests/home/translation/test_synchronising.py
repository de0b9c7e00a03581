"""What changed in the source waits for its translators at once, and everyone sees how much it is."""

import pytest
from django.urls import reverse

from home.models import Term
from tests.home.translation.world import DUTCH, change_dutch, client_of, page_at, translate, translation_of, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.each_database("home.missing", "home.translation.waiting")]
NEW = "Vier nieuwe woorden hier."


@pytest.fixture
def changed(publisher):
    return change_dutch(page_at(DUTCH), publisher, intro=NEW)


def seen_by(user, url: str) -> str:
    return words_of(client_of(user).get(url).content.decode())


def test_a_published_change_waits_in_each_language(changed):
    for language in ("fr", "de", "en"):
        total, translated = translation_of(changed, language).get_progress()
        assert total - translated == 1, language


def test_a_published_change_of_a_snippet_waits_too(publisher):
    term = Term.objects.filter(locale__language_code="nl").first()
    term.definition = NEW
    term.save_revision(user=publisher).publish(user=publisher)
    total, translated = translation_of(term, "fr").get_progress()
    assert total - translated == 1


def test_a_draft_changes_nothing_for_translators(publisher):
    page = page_at(DUTCH)
    page.intro = NEW
    page.save_revision(user=publisher)
    total, translated = translation_of(page, "fr").get_progress()
    assert total == translated


def test_the_first_page_shows_ones_own_languages(changed, german, editor):
    url = reverse("wagtailadmin_home")
    row = "<td>Deutsch</td> <td>1</td> <td>4</td>"
    assert row in seen_by(german, url)
    assert "<td>Français</td>" not in seen_by(german, url)
    assert row in seen_by(editor, url)
    assert "<td>Français</td>" in seen_by(editor, url)


def test_the_first_page_is_quiet_when_nothing_waits(german):
    assert "texts-to-translate" not in seen_by(german, reverse("wagtailadmin_home"))


def test_the_report_shows_and_exports_it(changed, german):
    url = reverse("desk_translations")
    assert "Contact" in seen_by(german, url)
    assert "Contact,Deutsch,1,4" in b"".join(client_of(german).get(url, {"export": "csv"})).decode()


def test_the_list_of_pages_shows_it(changed, editor):
    below_dutch = reverse("wagtailadmin_explore", args=[changed.get_parent().pk])
    assert "live, 3 to translate" in seen_by(editor, below_dutch)
    german = changed.get_translation(translation_of(changed, "de").target_locale)
    below_german = reverse("wagtailadmin_explore", args=[german.get_parent().pk])
    assert "live, 1 to translate" in seen_by(editor, below_german)


def test_the_editor_says_how_much_there_is(changed, german):
    page = changed.get_translation(translation_of(changed, "de").target_locale)
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert "1 text to translate: 4 words." in seen_by(german, url)
    translate(client_of(german), translation_of(changed, "de"), NEW, "Vier neue Wörter hier.")
    assert "Everything is translated." in seen_by(german, url)
