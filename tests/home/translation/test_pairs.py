"""Dutch and French go live together, or one alone for a reason; German and English may follow."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, Revision, TaskState
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, streamfield

from home.models import InformationPage, PairDecision, SourceDraft
from home.scheduled_panel import waiting_for
from home.scheduled_publishing import publish_scheduled
from portal import clock
from portal.audit import log
from portal.models import Mail, User
from tests.factories import UserFactory
from tests.home.translation.conftest import person
from tests.home.translation.world import DUTCH, client_of, locale, page_at, translate, translation_of

pytestmark = pytest.mark.django_db
FRENCH = "/fr/contact/"
DUTCH_INTRO, FRENCH_INTRO = "Een nieuwe inleiding.", "Une nouvelle introduction."
REASON = "The amounts hold from tomorrow."


@pytest.fixture
def capture(django_capture_on_commit_callbacks):
    return django_capture_on_commit_callbacks


def reads(path: str) -> str:
    response = Client().get(path)
    return response.content.decode() if response.status_code == 200 else ""


def publish_in_editor(user: User, page: Page, **typed):
    """Press Publish in the editor of a page."""
    client, url = client_of(user), reverse("wagtailadmin_pages:edit", args=[page.pk])
    form = querydict_from_html(client.get(url).content.decode(), form_id="page-edit-form").dict()
    body = nested_form_data({"body": streamfield([])})
    return client.post(url, {**form, **body, "action-publish": "1", **typed}, follow=True)


def answer(user: User, page: Page, choice: str, **typed):
    url = reverse("publish_together", args=[page.pk])
    return client_of(user).post(url, {"choice": choice, **typed}, follow=True)


def translate_draft(publisher: User, page: Page) -> None:
    answer(publisher, page, "translate")
    translate(client_of(publisher), translation_of(page, "fr"), DUTCH_INTRO, FRENCH_INTRO)


def submit_change(editor: User):
    """A changed introduction of the Dutch page, waiting for approval."""
    page = page_at(DUTCH)
    page.intro = DUTCH_INTRO
    page.save_revision(user=editor)
    page.get_workflow().start(page, editor)
    return page_at(DUTCH)


def approve(publisher: User, page: Page, **headers):
    """As the first page of the desk does it."""
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", page.current_workflow_task_state.pk])
    return client_of(publisher).post(url, headers=headers)


def test_publishing_asks_where_the_french_lacks_a_text(publisher, capture):
    with capture(execute=True):
        response = publish_in_editor(publisher, page_at(DUTCH), intro=DUTCH_INTRO)
    assert response.redirect_chain[-1][0] == reverse("publish_together", args=[page_at(DUTCH).pk])
    assert DUTCH_INTRO in response.content.decode()
    assert "Publish both" not in response.content.decode()
    assert DUTCH_INTRO not in reads(DUTCH)
    # What was typed is a draft.
    assert page_at(DUTCH).get_latest_revision_as_object().intro == DUTCH_INTRO


def test_alone_takes_a_reason_which_is_logged(publisher, capture):
    page = page_at(DUTCH)
    publish_in_editor(publisher, page, intro=DUTCH_INTRO)
    with capture(execute=True):
        answer(publisher, page, "alone", reason=" ")
    assert DUTCH_INTRO not in reads(DUTCH)
    with capture(execute=True):
        answer(publisher, page, "alone", reason=REASON)
    assert DUTCH_INTRO in reads(DUTCH)
    entry = log.entries_of(Page.objects.get(pk=page.pk)).latest("number")
    assert (entry.action, entry.actor, entry.note.text) == ("translation.published_alone", publisher, REASON)
    assert entry.data["without"] == "fr"


def test_both_are_published_when_the_draft_is_translated(publisher, capture):
    page = page_at(DUTCH)
    publish_in_editor(publisher, page, intro=DUTCH_INTRO)
    answer(publisher, page, "both")  # not whole
    assert DUTCH_INTRO not in reads(DUTCH)
    translate_draft(publisher, page)
    assert FRENCH_INTRO not in reads(FRENCH)
    with capture(execute=True):
        answer(publisher, page, "both")
    assert DUTCH_INTRO in reads(DUTCH)
    assert FRENCH_INTRO in reads(FRENCH)
    assert not SourceDraft.objects.exists()


@pytest.mark.parametrize("language", ["fr", "de"])
def test_a_translation_of_a_draft_waits_for_its_source(language, publisher):
    page = page_at(DUTCH)
    publish_in_editor(publisher, page, intro=DUTCH_INTRO)
    translate_draft(publisher, page)
    translation = translation_of(page, language)
    translate(client_of(publisher), translation, DUTCH_INTRO, FRENCH_INTRO)
    target = translation.get_target_instance()
    url = reverse("wagtailadmin_pages:edit", args=[target.pk])
    response = client_of(publisher).post(url, {"action": "publish"}, follow=True)
    assert "The source of this translation is a draft" in response.content.decode()
    assert FRENCH_INTRO not in reads(target.url_path)


def test_nothing_is_asked_where_the_french_says_it_all(publisher, capture):
    page = page_at(DUTCH)
    page.show_in_menus = not page.show_in_menus
    page.save_revision().publish()
    page.save_revision()
    with capture(execute=True):
        client_of(publisher).post(reverse("publish_together", args=[page.pk]), {"choice": "both"})
    assert page_at(DUTCH).has_unpublished_changes is False
    german = page_at("/de/kontakt/")
    german.save_revision()
    assert client_of(publisher).get(reverse("publish_together", args=[german.pk])).status_code == 302


def test_who_translates_is_told_at_once_that_a_publisher_waits(publisher):
    page = page_at(DUTCH)
    page.intro = DUTCH_INTRO
    page.save_revision()
    french = UserFactory(groups=("Translators (French)",))
    UserFactory(groups=("Translators (German)",))
    answer(publisher, page, "translate")
    answer(publisher, page, "translate")
    [mail] = Mail.objects.filter(key__startswith="draft-to-translate:")
    assert mail.to == french.email
    assert "/edit/" in mail.text


def test_a_page_without_french_is_asked_about_too(publisher, capture):
    parent = page_at("/nl/")
    page = parent.add_child(instance=InformationPage(title="Nieuw", intro="Nieuw.", locale=locale("nl"), live=False))
    page.save_revision()
    response = client_of(publisher).get(reverse("publish_together", args=[page.pk]))
    assert "no such page yet" in response.content.decode()
    answer(publisher, page, "translate")
    french = page.get_translation(locale("fr"))
    assert french.live is False
    with capture(execute=True):
        answer(publisher, page, "alone", reason=REASON)
    assert "Nieuw." in reads("/nl/nieuw/")


# ── Approving ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_approving_asks_and_both_follow(editor, publisher, capture):
    page = submit_change(editor)
    response = approve(publisher, page)
    assert response["Location"] == reverse("publish_together", args=[page.pk])
    assert page_at(DUTCH).workflow_in_progress
    in_a_window = approve(publisher, page, x_requested_with="XMLHttpRequest")
    assert in_a_window.json() == {"step": "success", "redirect": response["Location"]}
    translate_draft(publisher, page)
    with capture(execute=True):
        answer(publisher, page, "both")
    assert DUTCH_INTRO in reads(DUTCH)
    assert FRENCH_INTRO in reads(FRENCH)
    assert not page_at(DUTCH).workflow_in_progress


def test_approving_alone_takes_a_reason(editor, publisher, capture):
    page = submit_change(editor)
    with capture(execute=True):
        answer(publisher, page, "alone", reason=REASON)
    assert DUTCH_INTRO in reads(DUTCH)
    assert page_at(DUTCH).workflow_states.latest("created_at").status == "approved"


def test_an_editor_cannot_answer(editor):
    page = submit_change(editor)
    answer(editor, page, "alone", reason=REASON)
    assert not PairDecision.objects.exists()
    assert page_at(DUTCH).intro != DUTCH_INTRO


def set_back(revision: Revision) -> None:
    """Let the time to go live be past."""
    revision.approved_go_live_at = clock.now() - timedelta(minutes=1)
    revision.content["go_live_at"] = revision.approved_go_live_at.isoformat()
    revision.save()


def test_a_time_that_is_past_is_no_time_to_wait_for(publisher, capture):
    """A page that went live at a time keeps it."""
    page = page_at(DUTCH)
    InformationPage.objects.filter(pk=page.pk).update(go_live_at=clock.now() - timedelta(days=7))
    page = page_at(DUTCH)
    page.intro = DUTCH_INTRO
    page.save_revision()
    translate_draft(publisher, page)
    asked = client_of(publisher).get(reverse("publish_together", args=[page.pk])).content.decode()
    assert "go live on" not in asked
    with capture(execute=True):
        said = answer(publisher, page, "both").content.decode()
    assert "is published in both languages" in said
    # Where readers find both.
    assert f'{DUTCH}" class="button' in said
    assert f'{FRENCH}" class="button' in said


def test_after_publishing_it_is_said_what_readers_of_other_languages_lack(publisher, capture):
    page = page_at(DUTCH)
    for each in page.get_translations().filter(locale__language_code__in=["de", "fr"]):
        each.unpublish()
    page.intro = DUTCH_INTRO
    page.save_revision()
    translate_draft(publisher, page)
    with capture(execute=True):
        said = answer(publisher, page, "both").content.decode()
    assert "Readers do not see “Contact” yet in:" in said
    assert ">Deutsch</a>" in said


def test_a_translation_that_goes_live_with_its_source_no_longer_waits_for_approval(publisher, german, capture):
    page = page_at(DUTCH)
    page.intro, page.go_live_at = DUTCH_INTRO, clock.now() + timedelta(days=1)
    page.save_revision()
    translate_draft(publisher, page)
    translator, translation = person("Translators (French)"), translation_of(page, "fr")
    client_of(translator).post(reverse("submit_translation", args=[translation.pk]))
    assert TaskState.objects.reviewable_by(publisher).count() == 1
    with capture(execute=True):
        answer(publisher, page, "both")
    assert not TaskState.objects.reviewable_by(publisher).exists()
    assert FRENCH_INTRO not in reads(FRENCH)
    told = Mail.objects.get(to=translator.email, key__startswith="text_published")
    assert "komt online op" in told.text
    set_back(page.get_latest_revision())
    with capture(execute=True):
        publish_scheduled()
    assert FRENCH_INTRO in reads(FRENCH)


# ── At a time ─────────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("is_whole", [True, False])
def test_both_go_live_at_the_time_that_was_set(is_whole, publisher, capture):
    page = page_at(DUTCH)
    page.intro, page.go_live_at = DUTCH_INTRO, clock.now() + timedelta(days=1)
    page.save_revision()
    translate_draft(publisher, page)
    with capture(execute=True):
        answer(publisher, page, "both")
        assert DUTCH_INTRO not in reads(DUTCH)
        [waiting] = waiting_for(publisher)
        assert waiting.languages == ["Nederlands", "Français"]
        if not is_whole:
            # Someone takes the translation back in the meantime.
            translate(client_of(publisher), translation_of(page, "fr"), DUTCH_INTRO, "")
    set_back(page.get_latest_revision())
    with capture(execute=True):
        assert publish_scheduled() == 1
    assert DUTCH_INTRO in reads(DUTCH)
    assert (FRENCH_INTRO in reads(FRENCH)) is is_whole
