"""Which pages are kept for the time when the database is away."""

import pytest
from django.test import RequestFactory
from django.urls import reverse
from wagtail.models import Page

from portal.outage import middleware
from tests.at_desk import client_at_desk
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def copies(settings, monkeypatch):
    """Whether there is a copy of a page."""
    memory = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "copies"}
    settings.CACHES = {**settings.CACHES, "copies": memory}
    monkeypatch.setattr(middleware.CopyMiddleware, "written", {})
    yield lambda path: middleware.copy_of(RequestFactory().get(path)) is not None
    middleware.forget_copies()


def test_what_is_taken_off_the_site_is_not_shown_again(client, copies, django_capture_on_commit_callbacks):
    page = Page.objects.live().filter(depth=3).first()
    assert client.get(page.url_path).status_code == 200
    assert copies(page.url_path)
    with django_capture_on_commit_callbacks(execute=True):
        page.specific.unpublish()
    assert not copies(page.url_path)


def test_a_page_that_changed_is_not_shown_as_it_was(client, copies, django_capture_on_commit_callbacks):
    page, other = Page.objects.live().filter(depth=3)[:2]
    for shown in (page, other):
        client.get(shown.url_path)
    with django_capture_on_commit_callbacks(execute=True):
        page.specific.save_revision().publish()
    assert (copies(page.url_path), copies(other.url_path)) == (False, True)


def test_a_draft_that_an_editor_looks_at_is_not_kept(copies):
    page = Page.objects.live().filter(depth=3).first()
    editor = client_at_desk(UserFactory(groups=["Editors"]))
    assert editor.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk])).status_code == 200
    assert not copies(page.url_path)


def test_only_public_pages_without_a_question_are_kept(client, copies):
    for path in (reverse("account_login"), reverse("interest"), reverse("search") + "?q=opvang", "/nl/nowhere/"):
        client.get(path)
        assert not copies(path)
    client.get(reverse("calculator"))
    assert copies(reverse("calculator"))
