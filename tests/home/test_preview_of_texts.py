"""The preview of a question, a term or a frame: where readers find it, with what is typed, in its own language."""

import json

import pytest
from django.conf import settings
from django.urls import reverse
from wagtail.models import Locale

from home.models import Frame, Question, QuestionsPage, Term
from tests.clients import client_of
from tests.factories import UserFactory
from tests.home.drafts import draft_questions

pytestmark = pytest.mark.django_db
LANGUAGES = [code for code, _name in settings.LANGUAGES]
BLOCK = {"key": "a", "type": "unstyled", "depth": 0, "inlineStyleRanges": [], "entityRanges": []}
ANSWER = json.dumps({"blocks": [{**BLOCK, "text": "For {home_months} months, typed."}], "entityMap": {}})
# What is typed, and what readers see of it.
TYPED = {
    Question: ({"theme": "home", "question": "Typed?", "answer": ANSWER, "order": "1"}, ["Typed?", "For 12 months"]),
    Term: ({"term": "Typed word", "definition": "It is typed."}, ["Typed word", "It is typed."]),
    Frame: (
        {"bar": "Typed bar", "team": "Typed team", "address": "Street 1", "email": "typed@fedasil.example"},
        ["Typed bar", "Typed team", "typed@fedasil.example"],
    ),
}


@pytest.fixture
def editor():
    return client_of(UserFactory(groups=["Editors"]))


def url_of(model, page: str, *args) -> str:
    return reverse(f"wagtailsnippets_home_{model._meta.model_name}:{page}", args=args)


def assert_shown_in_panel(response, language, words) -> str:
    assert response.status_code == 200
    body = response.content.decode()
    assert f'<html lang="{language}"' in body
    assert [word for word in words if word not in body] == []
    assert "wagtailadmin/js/userbar.js" in body
    return body


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("model", TYPED, ids=lambda model: model.__name__)
def test_the_panel_shows_what_is_typed_in_its_language(model, language, editor):
    text = model.objects.filter(locale__language_code=language).first()
    typed, words = TYPED[model]
    url = url_of(model, "preview_on_edit", text.pk)
    assert editor.post(url, typed).json() == {"is_valid": True, "is_available": True}
    assert_shown_in_panel(editor.get(url, {"in_preview_panel": "true"}), language, words)
    text.refresh_from_db()
    assert "yped" not in str(text)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("model", TYPED, ids=lambda model: model.__name__)
def test_a_new_one_is_shown_before_it_is_saved_in_the_language_in_which_it_is_written(model, language, editor):
    typed, words = TYPED[model]
    page = editor.get(url_of(model, "add"), {"locale": language}).content.decode()
    assert [width for width in (375, 768, 1280) if f'data-device-width="{width}"' not in page] == []
    url = f"{url_of(model, 'preview_on_add')}?locale={language}"
    assert f'data-w-preview-url-value="{url}"' in page
    assert editor.post(url, typed).json() == {"is_valid": True, "is_available": True}
    assert_shown_in_panel(editor.get(f"{url}&in_preview_panel=true"), language, words)


def test_the_answer_stands_open_in_the_preview_only(editor):
    question = draft_questions().first()
    revision = question.save_revision()
    body = editor.get(url_of(Question, "revisions_view", question.pk, revision.pk)).content.decode()
    assert '<details class="question"' in body
    assert " open>" in body.partition('<details class="question"')[2].partition("<summary")[0]
    page = QuestionsPage.objects.get(locale__language_code="nl")
    assert " open>" not in editor.get(page.url_path).content.decode().partition('<details class="question"')[2][:200]


def test_a_publisher_previews_what_waits_for_approval():
    question = Question.objects.filter(locale__language_code="fr").first()
    question.question = "Vraiment ?"
    question.save_revision()
    state = question.get_workflow().start(question, UserFactory(groups=["Editors"]))
    publisher = client_of(UserFactory(groups=["Publishers"]))
    url = url_of(Question, "workflow_preview", question.pk, state.current_task_state.task_id)
    assert "Vraiment ?" in publisher.get(url).content.decode()


def test_a_language_without_the_page_says_that_there_is_no_preview(editor):
    QuestionsPage.objects.filter(locale__language_code="de").update(locale=Locale.objects.create(language_code="it"))
    question = Question.objects.filter(locale__language_code="de").first()
    revision = question.save_revision()
    assert editor.get(url_of(Question, "revisions_view", question.pk, revision.pk)).status_code == 404
