"""A language is published whole, or its former version stays; what is missing is never silently in another language."""

import json
import re

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail_localize.models import Translation

from home.models import Question, Term
from home.models.incomplete import NotWhole
from portal.audit import log
from portal.models import Mail
from tests.home.translation.world import (
    DUTCH,
    GERMAN,
    change_dutch,
    client_of,
    edit_url,
    page_at,
    translate,
    translation_of,
    words_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.each_database("home.models.incomplete")]
NEW_INTRO = "Een nieuwe inleiding."
NEW_NOTE = "Een nieuwe noot."


def read(path: str = GERMAN) -> str:
    response = Client().get(path)
    return words_of(response.content.decode()) if response.status_code == 200 else ""


def change_intro(user=None) -> Translation:
    """The German translation of a page whose Dutch introduction changed."""
    return translation_of(change_dutch(page_at(DUTCH), user, intro=NEW_INTRO), "de")


def change_body(user=None) -> Translation:
    """The same of a page to which a note and a rich text were added."""
    page = page_at(DUTCH)
    added = [
        {"type": "note", "value": NEW_NOTE, "id": "0b6f2a5e-0000-4000-8000-000000000001"},
        {
            "type": "text",
            "value": '<p data-block-key="aa">Nieuwe <b>alinea</b>.</p>',
            "id": "0b6f2a5e-0000-4000-8000-000000000002",
        },
    ]
    body = json.dumps([*page.body.raw_data, *added])
    return translation_of(change_dutch(page, user, body=body), "de")


def publish(user, instance, capture, **data):
    with capture(execute=True):
        return client_of(user).post(edit_url(instance), {"action": "publish", **data}, follow=True)


def test_the_former_version_stays_while_a_text_is_missing(publisher, django_capture_on_commit_callbacks):
    before = read()
    change_intro(publisher)
    response = publish(publisher, page_at(GERMAN), django_capture_on_commit_callbacks)
    assert NEW_INTRO in response.content.decode()
    assert read() == before


def test_a_translated_page_is_published(publisher, django_capture_on_commit_callbacks):
    translation = change_intro(publisher)
    translate(client_of(publisher), translation, NEW_INTRO, "Eine neue Einleitung.")
    publish(publisher, page_at(GERMAN), django_capture_on_commit_callbacks)
    assert "Eine neue Einleitung." in read()


def test_a_text_that_stands_in_lists_too_takes_no_reason(publisher, django_capture_on_commit_callbacks):
    before = read()
    change_intro(publisher)
    publish(publisher, page_at(GERMAN), django_capture_on_commit_callbacks, reason="It is urgent.")
    assert read() == before


def test_parts_may_be_missing_for_a_reason_and_are_marked(publisher, django_capture_on_commit_callbacks):
    before = read()
    change_body(publisher)
    page = page_at(GERMAN)
    publish(publisher, page, django_capture_on_commit_callbacks, reason=" ")
    assert read() == before
    publish(publisher, page, django_capture_on_commit_callbacks, reason="New amounts hold from tomorrow.")
    html = read()
    assert f'<span lang="nl">{NEW_NOTE}</span>' in html
    assert '<span lang="nl">Nieuwe <b>alinea</b>.</span>' in html
    assert "noch nicht übersetzt" in html
    [entry] = log.entries_of(Page.objects.get(pk=page.pk))
    assert (entry.actor, entry.action) == (publisher, "translation.published_incomplete")
    assert entry.data["missing"] == 2
    assert entry.note.text == "New amounts hold from tomorrow."


def test_what_was_translated_later_is_not_marked(publisher, django_capture_on_commit_callbacks):
    translation = change_body(publisher)
    publish(publisher, page_at(GERMAN), django_capture_on_commit_callbacks, reason="Urgent.")
    translate(client_of(publisher), translation, NEW_NOTE, "Eine neue Anmerkung.")
    translate(client_of(publisher), translation, "Nieuwe <b>alinea</b>.", "Neuer <b>Absatz</b>.")
    publish(publisher, page_at(GERMAN), django_capture_on_commit_callbacks)
    assert "Eine neue Anmerkung." in read()
    assert 'lang="nl">Een' not in read()
    assert "noch nicht übersetzt" not in read()


def test_a_snippet_is_published_whole(publisher, django_capture_on_commit_callbacks):
    question = Question.objects.filter(locale__language_code="nl", live=True).first()
    german = question.get_translation(page_at(GERMAN).locale)
    before = read("/de/fragen-und-antworten/")
    assert german.question in before
    question.answer = "<p>Een nieuw antwoord.</p>"
    question.save_revision(user=publisher).publish(user=publisher)
    publish(publisher, german, django_capture_on_commit_callbacks, reason="Urgent.")
    assert read("/de/fragen-und-antworten/") == before


def test_no_other_way_publishes_what_is_not_whole(publisher):
    """By the list of pages, by the API, by a schedule: a revision that lacks texts is refused at the model."""
    translation = change_body(publisher)
    page = page_at(GERMAN)
    translation.save_target(publish=False)
    revision = page_at(GERMAN).get_latest_revision()
    with pytest.raises(NotWhole):
        revision.publish()
    client_of(publisher).post(f"/admin/bulk/wagtailcore/page/publish/?id={page.pk}")
    client_of(publisher).post(f"/admin/api/main/pages/{page.pk}/action/publish/")
    assert page_at(GERMAN).live_revision_id != revision.pk


def test_synchronising_does_not_publish(publisher, django_capture_on_commit_callbacks):
    before = read()
    translation = change_intro(publisher)
    url = f"/admin/localize/update/{translation.source_id}/"
    with django_capture_on_commit_callbacks(execute=True):
        client_of(publisher).post(url, {"publish_translations": "on"})
    assert read() == before


def test_a_page_that_begins_to_be_translated_is_a_draft(publisher, django_capture_on_commit_callbacks):
    page = page_at(DUTCH)
    fresh = type(page)(title="Nieuw", intro="Nieuw.", slug="nieuw", locale=page.locale)
    page.get_parent().add_child(instance=fresh)
    fresh.save_revision().publish()
    url = f"/admin/localize/submit/page/{fresh.pk}/"
    german = page_at(GERMAN).locale
    with django_capture_on_commit_callbacks(execute=True):
        client_of(publisher).post(url, {"locales": [german.pk]})
    assert not fresh.get_translation(german).live
    assert read("/de/nieuw/") == ""


def test_a_translation_is_no_copy_of_its_source(publisher):
    before = read()
    page = page_at(GERMAN)
    client_of(publisher).post(f"/admin/localize/page/{page.pk}/convert_to_alias/")
    client_of(publisher).post(edit_url(page), {"localize-convert-to-alias": "1"})
    assert read() == before


# ── Approval ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def submit(user, translation):
    return client_of(user).post(f"/admin/translations/{translation.pk}/submit/", follow=True)


def answer(user, action: str, capture, **data):
    """By the form in the editor of the translation."""
    client = client_of(user)
    html = client.get(edit_url(page_at(GERMAN))).content.decode()
    with capture(execute=True):
        client.post(re.search(f'action="(\\S+/{action}/\\S+)"', html)[1], data)


def test_a_translator_submits_for_approval(german, publisher, django_capture_on_commit_callbacks):
    translation = change_intro(publisher)
    before = read()
    assert "Not everything is translated" in submit(german, translation).content.decode()
    translate(client_of(german), translation, NEW_INTRO, "Eine neue Einleitung.")
    assert "Submitted." in submit(german, translation).content.decode()
    assert "already" in submit(german, translation).content.decode()
    assert Mail.objects.filter(to=publisher.email).count() == 1
    assert read() == before
    assert "/reject/" not in client_of(german).get(edit_url(page_at(GERMAN))).content.decode()
    answer(publisher, "reject", django_capture_on_commit_callbacks, comment="Kürzer.")
    assert "Kürzer." in client_of(german).get(edit_url(page_at(GERMAN))).content.decode()
    translate(client_of(german), translation, NEW_INTRO, "Neue Einleitung.")
    submit(german, translation)
    answer(publisher, "approve", django_capture_on_commit_callbacks)
    assert "Neue Einleitung." in read()


def test_a_translator_does_not_publish(german, publisher, django_capture_on_commit_callbacks):
    before = read()
    translation = change_intro(publisher)
    translate(client_of(german), translation, NEW_INTRO, "Eine neue Einleitung.")
    publish(german, page_at(GERMAN), django_capture_on_commit_callbacks)
    assert read() == before


def test_a_translated_snippet_is_approved_too(german, publisher, django_capture_on_commit_callbacks):
    term = Term.objects.filter(locale__language_code="nl", live=True).first()
    term.definition = "Een nieuwe uitleg."
    term.save_revision(user=publisher).publish(user=publisher)
    translation = translation_of(term, "de")
    translate(client_of(german), translation, "Een nieuwe uitleg.", "Eine neue Erklärung.")
    assert "Submitted." in submit(german, translation).content.decode()
    in_german = term.get_translation(page_at(GERMAN).locale)
    state = in_german.current_workflow_state.current_task_state
    url = reverse("wagtailsnippets_home_term:workflow_action", args=[in_german.pk, "approve", state.pk])
    with django_capture_on_commit_callbacks(execute=True):
        client_of(publisher).post(url)
    in_german.refresh_from_db()
    assert in_german.definition == "Eine neue Erklärung."


def test_the_contents_mark_a_missing_heading(publisher, django_capture_on_commit_callbacks):
    page = page_at(DUTCH)
    headings = [
        {"type": "heading", "value": f"Kop {word}", "id": f"0b6f2a5e-0000-4000-8000-00000000000{number}"}
        for number, word in enumerate(("een", "twee", "drie", "vier"))
    ]
    change_dutch(page, publisher, body=json.dumps([*page.body.raw_data, *headings]))
    publish(publisher, page_at(GERMAN), django_capture_on_commit_callbacks, reason="Urgent.")
    # In the contents of a phone, in those beside the text, and above its part.
    assert read().count('<span lang="nl">Kop een</span>') == 3


def test_a_translated_snippet_is_seen_on_its_page(german, publisher):
    term = Term.objects.filter(locale__language_code="nl", live=True).first()
    term.definition = "Een nieuwe uitleg."
    term.save_revision(user=publisher).publish(user=publisher)
    translation = translation_of(term, "de")
    translate(client_of(german), translation, "Een nieuwe uitleg.", "Eine neue Erklärung.")
    url = reverse("preview_translation", args=[translation.pk])
    in_german = term.get_translation(page_at(GERMAN).locale)
    assert url in client_of(german).get(edit_url(in_german)).content.decode()
    assert "Eine neue Erklärung." in client_of(german).get(url).content.decode()
    in_french = reverse("preview_translation", args=[translation_of(term, "fr").pk])
    assert client_of(german).get(in_french).status_code == 302
