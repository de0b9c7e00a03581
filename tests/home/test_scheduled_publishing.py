"""Pages and snippets go live and expire at the time that is set on them, in every language."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page
from wagtail.users.models import UserProfile
from wagtail_localize.models import StringTranslation, Translation

from home.models import Fact, Question
from portal import jobs
from portal.models import User
from tests.clients import client_of
from tests.factories import UserFactory
from tests.home.drafts import draft_questions

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


def test_a_source_that_expires_takes_its_translations_along(run_due):
    """With a time of its own a translation may go before; it does not take its source along."""
    pages = Page.objects.get(url_path="/nl/contact/").get_translations(inclusive=True)
    pages.filter(locale__language_code="de").update(expire_at=a_minute_ago())
    run_due()
    assert set(pages.live().values_list("locale__language_code", flat=True)) == {"nl", "fr", "en"}
    pages.filter(locale__language_code="nl").update(expire_at=a_minute_ago())
    run_due()
    assert not pages.live().exists()
    assert pages.filter(expired=True).count() == 4


def test_a_page_that_expired_comes_back_with_its_translations_that_are_whole(run_due):
    """French is decided about with the Dutch; a translation that is not whole waits for its translator."""
    page = Page.objects.get(url_path="/nl/contact/").specific
    pages = page.get_translations(inclusive=True)
    type(page).objects.filter(pk=page.pk).update(expire_at=a_minute_ago())
    run_due()
    page.refresh_from_db()
    english = Translation.objects.get(source__object_id=page.translation_key, target_locale__language_code="en")
    StringTranslation.objects.filter(
        context__object_id=page.translation_key, locale=english.target_locale, context__path="intro"
    ).delete()
    page.expire_at = None
    page.save_revision().publish()
    assert set(pages.live().values_list("locale__language_code", flat=True)) == {"nl", "de"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_goes_live_and_expires_at_its_time(language, kept_pages, run_due):
    question = draft_questions(language).first()
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
    question = draft_questions().first()
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
    first, second = draft_questions()[:2]
    schedule(first, a_minute_ago() - timedelta(minutes=1))
    schedule(second, a_minute_ago())
    # Its language is gone since: the database refuses it.
    revision = first.latest_revision
    revision.content = {**revision.content, "locale": second.locale_id + 999}
    revision.save(update_fields=["content"])
    run_due()
    assert list(Question.objects.filter(pk__in=[first.pk, second.pk], live=True)) == [second]


def test_what_is_not_due_yet_stays():
    question = draft_questions().first()
    schedule(question, timezone.now() + timedelta(minutes=5))
    assert jobs.run(JOB) == 0


# ── What waits for its time ───────────────────────────────────────────────────────────────────────────────────────────
SOON = datetime(2099, 3, 29, 1, 30, tzinfo=UTC)


def a_page() -> Page:
    return Page.objects.get(url_path="/nl/contact/").specific


def a_question() -> Question:
    return draft_questions().first()


def a_fact() -> Fact:
    return Fact.objects.get(key="home_months")


def url_of(instance, page: str, *args) -> str:
    kind = "wagtailadmin_pages" if isinstance(instance, Page) else f"wagtailsnippets_home_{instance._meta.model_name}"
    return reverse(f"{kind}:{page}", args=[instance.pk, *args])


def first_page(group: str, language="en") -> str:
    user = UserFactory(groups=[group], language=language)
    UserProfile.objects.create(user=user, preferred_language=language)
    return client_of(user).get(reverse("wagtailadmin_home")).content.decode()


WORDS = {
    "nl": ("Gaat live", "Verdwijnt"),
    "fr": ("Mise en ligne", "Retrait"),
    "de": ("Geht online", "Geht offline"),
    "en": ("Goes live", "Goes offline"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_page_says_when_texts_go_live_and_when_they_go(language):
    page, question = a_page(), a_question()
    schedule(question, SOON)
    Page.objects.filter(pk=page.pk).update(expire_at=SOON + timedelta(days=1))
    body = first_page("Editors", language)
    begins, ends = WORDS[language]
    assert begins in body
    assert ends in body
    assert url_of(question, "edit") in body
    assert url_of(page, "edit") in body
    # In Brussels, in summer time since half an hour.
    assert "03:30" in body
    assert "30" in body


@pytest.mark.parametrize("made", [a_page, a_question, a_fact])
def test_who_may_publish_cancels_it_from_there(made):
    instance = made()
    schedule(instance, SOON)
    revision = instance.latest_revision
    cancel = url_of(instance, "revisions_unschedule", revision.pk)
    assert cancel not in first_page("Editors")
    assert cancel in first_page("Publishers")
    client_of(UserFactory(groups=["Editors"])).post(cancel)
    revision.refresh_from_db()
    assert revision.approved_go_live_at == SOON
    publisher = client_of(UserFactory(groups=["Publishers"]))
    response = publisher.post(cancel + "?next=/admin/", {"next": "/admin/"})
    assert response["Location"] == "/admin/"
    revision.refresh_from_db()
    assert revision.approved_go_live_at is None
    # The draft stays, and can be edited again.
    assert instance._meta.model.objects.get(pk=instance.pk).has_unpublished_changes
    assert first_page("Publishers").count(url_of(instance, "edit")) == first_page("Editors").count(
        url_of(instance, "edit")
    )


def test_a_page_that_waits_is_locked_until_someone_cancels_it():
    page = a_page()
    schedule(page, SOON)
    assert "Cancel scheduled publish" in page_of(client_of(in_english("Publishers")), page)
    assert "Cancel scheduled publish" not in page_of(client_of(in_english("Editors")), page)
    Page.objects.get(pk=page.pk).revisions.update(approved_go_live_at=None)
    assert Page.objects.get(pk=page.pk).specific.get_lock() is None


def in_english(group: str) -> User:
    user = UserFactory(groups=[group])
    UserProfile.objects.create(user=user, preferred_language="en")
    return user


def page_of(client: Client, page: Page) -> str:
    return client.get(url_of(page, "edit")).content.decode()


def test_who_sees_no_texts_is_not_told_of_any():
    schedule(a_question(), SOON)
    body = first_page("Deciders")
    assert "Goes live" not in body


def test_queries_do_not_grow_with_what_waits():
    questions = list(draft_questions()[:6])
    client = client_of(in_english("Publishers"))
    schedule(questions[0], SOON)
    client.get(reverse("wagtailadmin_home"))
    with CaptureQueriesContext(connection) as one:
        client.get(reverse("wagtailadmin_home"))
    for question in questions[1:]:
        schedule(question, SOON)
    with CaptureQueriesContext(connection) as six:
        client.get(reverse("wagtailadmin_home"))
    assert len(six) == len(one)


# ── Where the clocks change ───────────────────────────────────────────────────────────────────────────────────────────
def typed(question: Question, **times) -> dict:
    block = {"key": "a", "type": "unstyled", "depth": 0, "inlineStyleRanges": [], "entityRanges": []}
    answer = json.dumps({"blocks": [{**block, "text": "Yes."}], "entityMap": {}})
    return {"theme": question.theme, "question": question.question, "order": 1, "answer": answer, **times}


@pytest.mark.parametrize(
    ("at", "utc"),
    [
        ("2099-03-29 01:59", datetime(2099, 3, 29, 0, 59, tzinfo=UTC)),
        ("2099-03-29 03:00", datetime(2099, 3, 29, 1, 0, tzinfo=UTC)),
        ("2099-10-25 01:59", datetime(2099, 10, 24, 23, 59, tzinfo=UTC)),
        ("2099-10-25 03:00", datetime(2099, 10, 25, 2, 0, tzinfo=UTC)),
    ],
)
def test_a_time_around_the_change_of_the_clocks_is_that_of_brussels(at, utc):
    question = a_question()
    url = url_of(question, "edit")
    client_of(UserFactory(groups=["Publishers"])).post(
        url, typed(question, go_live_at=at, expire_at="2100-01-01 00:00", **{"action-publish": "1"})
    )
    assert Question.objects.get(pk=question.pk).scheduled_revision.approved_go_live_at == utc


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("at", ["2099-03-29 02:30", "2099-10-25 02:30"])
def test_a_time_that_is_not_there_or_there_twice_is_refused_at_its_field(at, language):
    question = a_question()
    user = UserFactory(groups=["Publishers"])
    UserProfile.objects.create(user=user, preferred_language=language)
    response = client_of(user).post(url_of(question, "edit"), typed(question, go_live_at=at, **{"action-publish": "1"}))
    said = response.context["form"].errors["go_live_at"]
    words = {
        "nl": "wordt de klok verzet",
        "fr": "changement d’heure",
        "de": "wird die Uhr umgestellt",
        "en": "The clocks change",
    }
    assert words[language] in str(said)
    assert Question.objects.get(pk=question.pk).scheduled_revision is None
