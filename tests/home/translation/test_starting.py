"""A page that goes live in one language is begun in the others, and those who translate learn of it."""

from datetime import timedelta

import pytest
from wagtail.models import Locale, Page

from home.models import InformationPage, Term
from home.translation.starting import SETTLED
from portal import clock, jobs
from portal.models import Absence, Mail
from tests.factories import UserFactory
from tests.home.translation.world import DUTCH, change_dutch, page_at, translation_of

pytestmark = pytest.mark.django_db
BEGIN, TELL = "begun translations", "mails to translators"
OTHERS = ("fr", "de", "en")


def new_page(parent: Page, title: str) -> InformationPage:
    """Published some time ago in one language."""
    page = parent.add_child(instance=InformationPage(title=title, intro="Vier woorden staan hier.", live=False))
    page.save_revision().publish()
    Page.objects.filter(pk=page.pk).update(last_published_at=clock.now() - SETTLED)
    return page


def languages_of(page) -> dict[str, bool]:
    """The languages in which the page is there, and whether it is live."""
    return dict(page.get_translations(inclusive=True).values_list("locale__language_code", "live"))


@pytest.fixture
def morning(monkeypatch):
    """Goes to eight in the morning, so many days from now."""
    today = clock.now().astimezone().replace(hour=8, minute=0)

    def go(days: int) -> None:
        monkeypatch.setattr(clock, "now", lambda: today + timedelta(days=days))

    return go


def test_a_new_page_is_begun_in_each_language_and_stays_a_draft():
    page = new_page(page_at(DUTCH).get_parent(), "Nieuw")
    assert jobs.run(BEGIN) == len(OTHERS)
    assert languages_of(page) == {"nl": True, **dict.fromkeys(OTHERS, False)}
    total, translated = translation_of(page, "de").get_progress()
    assert total > translated == 0
    assert jobs.run(BEGIN) == 0


def test_one_that_begins_in_french_is_begun_in_dutch():
    french_home = Page.objects.get(url_path="/fr/").specific
    page = new_page(french_home, "Nouveau")
    assert jobs.run(BEGIN) == len(OTHERS)
    assert languages_of(page) == {"fr": True, "nl": False, "de": False, "en": False}


def test_a_term_is_begun_too():
    term = Term(term="buurt", definition="Een plek.", locale=Locale.objects.get(language_code="nl"))
    term.save()
    term.save_revision().publish()
    Term.objects.filter(pk=term.pk).update(last_published_at=clock.now() - SETTLED)
    assert jobs.run(BEGIN) == len(OTHERS)


def test_drafts_wait_and_children_wait_for_their_parent():
    parent = page_at(DUTCH).get_parent()
    draft = parent.add_child(instance=InformationPage(title="Ontwerp", intro="Nog niet.", live=False))
    child = new_page(draft, "Kind")
    assert jobs.run(BEGIN) == 0
    draft.save_revision().publish()
    Page.objects.filter(pk=draft.pk).update(last_published_at=clock.now() - SETTLED)
    assert jobs.run(BEGIN) == 2 * len(OTHERS)
    assert set(languages_of(child)) == {"nl", *OTHERS}


def test_what_was_deleted_or_stopped_stays_so():
    page = new_page(page_at(DUTCH).get_parent(), "Nieuw")
    jobs.run(BEGIN)
    german = translation_of(page, "de")
    page.get_translation(german.target_locale).delete()
    french = translation_of(page, "fr")
    french.enabled = False
    french.save()
    assert jobs.run(BEGIN) == 0
    assert set(languages_of(page)) == {"nl", "fr", "en"}


def test_nothing_of_the_shipped_site_is_begun(django_assert_max_num_queries):
    # Four for each kind of text.
    with django_assert_max_num_queries(24):
        assert jobs.JOBS[BEGIN]() == 0


def test_translators_are_told_of_what_is_new_and_reminded_each_week(morning, german):
    french = UserFactory(groups=("Translators (French)",))
    change_dutch(page_at(DUTCH), intro="Vier nieuwe woorden hier.")

    def told(person) -> int:
        jobs.JOBS[TELL]()
        return Mail.objects.filter(to=person.email).count()

    morning(1)
    assert (told(german), told(german), told(french)) == (1, 1, 1)
    assert "Contact: Deutsch, 4" in Mail.objects.get(to=german.email).text
    assert "/admin/translations/" in Mail.objects.get(to=german.email).text
    # Nothing is new, until a week has gone by.
    morning(2)
    assert told(german) == 1
    morning(8)
    assert told(german) == 2
    assert "Français" not in Mail.objects.filter(to=german.email).last().text


def test_where_no_translator_is_there_editors_are_told(morning, german, editor):
    change_dutch(page_at(DUTCH), intro="Vier nieuwe woorden hier.")
    UserFactory(groups=("Translators (French)",)), UserFactory(groups=("Translators (English)",))
    morning(1)
    day = clock.today()
    Absence.objects.create(user=german, deputy=editor, first_day=day, last_day=day)
    jobs.JOBS[TELL]()
    assert not Mail.objects.filter(to=german.email).exists()
    text = Mail.objects.get(to=editor.email).text
    assert "Deutsch" in text
    assert "Français" not in text
