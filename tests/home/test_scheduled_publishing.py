"""Pages and snippets go live and expire at the time that is set on them, in every language."""

import json
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from home.models import Question
from portal import jobs
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
LANGUAGES = [code for code, _name in settings.LANGUAGES]
JOB = "scheduled publishing"


@pytest.fixture
def kept_pages(settings):
    """Reading pages are kept, as where the site runs."""
    settings.CACHES = {
        name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": name} for name in settings.CACHES
    }


@pytest.fixture
def run_due(django_capture_on_commit_callbacks):
    def run():
        with django_capture_on_commit_callbacks(execute=True):
            call_command("run_due", verbosity=0)

    return run


def schedule(instance, moment, **changes) -> None:
    """Approve a revision with these changes for `moment`: what publishing leaves when a time to go live is set."""
    for name, value in {**changes, "go_live_at": moment}.items():
        setattr(instance, name, value)
    revision = instance.save_revision()
    revision.approved_go_live_at = moment
    revision.save(update_fields=["approved_go_live_at"])


def a_minute_ago():
    return timezone.now() - timedelta(minutes=1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_goes_live_and_expires_at_its_time(language, kept_pages, run_due):
    page = Page.objects.filter(depth=3, locale__language_code=language, live=True).first().specific
    reader = Client()
    assert "A new introduction" not in reader.get(page.url).content.decode()
    schedule(page, a_minute_ago(), intro="A new introduction")
    run_due()
    assert "A new introduction" in reader.get(page.url).content.decode()
    type(page).objects.filter(pk=page.pk).update(expire_at=a_minute_ago())
    run_due()
    assert reader.get(page.url).status_code == 404
    assert Page.objects.get(pk=page.pk).expired


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_goes_live_and_expires_at_its_time(language, kept_pages, run_due):
    question = Question.objects.filter(locale__language_code=language, live=False).first()
    page = Page.objects.get(translation_key=questions_page().translation_key, locale__language_code=language)
    reader = Client()
    reader.get(page.url)
    schedule(question, a_minute_ago(), question="Is this question new?")
    run_due()
    assert "Is this question new?" in reader.get(page.url).content.decode()
    Question.objects.filter(pk=question.pk).update(expire_at=a_minute_ago())
    run_due()
    assert "Is this question new?" not in reader.get(page.url).content.decode()


def questions_page() -> Page:
    return Page.objects.get(url_path="/nl/vragen-en-antwoorden/")


def test_a_publisher_sets_the_time_of_a_question_in_its_form():
    client = Client()
    client.force_login(UserFactory(groups=["Publishers"]))
    question = Question.objects.filter(locale__language_code="nl", live=False).first()
    soon = timezone.localtime() + timedelta(hours=1)
    data = {"theme": question.theme, "question": question.question, "order": 1, "go_live_at": f"{soon:%Y-%m-%d %H:%M}"}
    answer = {
        "key": "answer",
        "type": "unstyled",
        "depth": 0,
        "text": "Yes.",
        "inlineStyleRanges": [],
        "entityRanges": [],
    }
    data |= {"answer": json.dumps({"blocks": [answer], "entityMap": {}}), "action-publish": "1"}
    response = client.post(reverse("wagtailsnippets_home_question:edit", args=[question.pk]), data)
    assert response.status_code == 302, response.context["form"].errors
    question.refresh_from_db()
    assert not question.live
    assert question.scheduled_revision is not None


def test_one_that_cannot_be_published_does_not_keep_the_others_from_it(run_due):
    first, second = Question.objects.filter(locale__language_code="nl", live=False)[:2]
    schedule(first, a_minute_ago() - timedelta(minutes=1))
    schedule(second, a_minute_ago())
    # Its language is gone since: the database refuses it.
    revision = first.latest_revision
    revision.content = {**revision.content, "locale": second.locale_id + 999}
    revision.save(update_fields=["content"])
    run_due()
    assert list(Question.objects.filter(pk__in=[first.pk, second.pk], live=True)) == [second]


def test_what_is_not_due_yet_stays():
    question = Question.objects.filter(locale__language_code="nl", live=False).first()
    schedule(question, timezone.now() + timedelta(minutes=5))
    assert jobs.run(JOB) == 0
