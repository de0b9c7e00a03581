"""The preview beside the editor: the page in a frame of the admin, with what the checks need, for each kind of page."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags
from wagtail.models import Page
from wagtail.test.utils.form_data import querydict_from_html

from home.blocks import BodyBlock
from home.models import HomePage, InformationPage, Session, SitePage
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
KINDS = sorted((kind for kind in SitePage.__subclasses__()), key=lambda kind: kind.__name__)


@pytest.fixture
def editor() -> Client:
    client = Client()
    client.force_login(UserFactory(groups=["Editors"]))
    return client


def assert_shown_in_panel(editor: Client, form_url: str, preview_url: str, language: str, **typed) -> None:
    """As the panel does it: what stands in the form is sent, then shown."""
    form = querydict_from_html(editor.get(form_url).content.decode(), form_id="page-edit-form")
    sent = editor.post(preview_url, {**form.dict(), "body-count": "0", **typed})
    assert sent.json() == {"is_valid": True, "is_available": True}
    response = editor.get(preview_url, {"in_preview_panel": "true"})
    assert response.status_code == 200
    policy = set(response["Content-Security-Policy"].split("; "))
    assert "frame-ancestors 'self'" in policy
    # As strict as what readers get, in all else.
    assert {"script-src 'self'", "style-src 'self'", "default-src 'none'"} <= policy
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert "private" in response["Cache-Control"]
    body = response.content.decode()
    assert f'<html lang="{language}"' in body
    # The checks of the panel talk to this script in the frame.
    assert "wagtailadmin/js/userbar.js" in body


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_the_panel_shows_the_page(kind, editor):
    page = kind.objects.filter(locale__language_code="nl").first()
    urls = [reverse(f"wagtailadmin_pages:{name}", args=[page.pk]) for name in ("edit", "preview_on_edit")]
    assert_shown_in_panel(editor, *urls, "nl")


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != HomePage], ids=lambda kind: kind.__name__)
def test_the_panel_shows_a_page_that_is_not_saved_yet(kind, editor):
    parent = kind.objects.filter(locale__language_code="fr").first().get_parent()
    args = ["home", kind._meta.model_name, parent.pk]
    urls = [reverse(f"wagtailadmin_pages:{name}", args=args) for name in ("add", "preview_on_add")]
    needed = {"title": "Un titre", "slug": "un-titre", "date": "2026-12-01", "session": Session.objects.first().pk}
    assert_shown_in_panel(editor, *urls, "fr", **needed)


@pytest.mark.parametrize("kind", BodyBlock().child_blocks)
def test_a_block_that_was_only_added_is_shown_in_a_draft(kind, editor):
    page = InformationPage.objects.filter(locale__language_code="de").first()
    page.body = [(kind, BodyBlock().child_blocks[kind].get_default())]
    page.save_revision()
    response = editor.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    assert response.status_code == 200
    body = response.content.decode()
    shown = body.partition('<div class="page__body">')[2].partition('<div class="page__end">')[0]
    assert "None" not in shown
    # Something stands there, or the preview says what is missing.
    assert strip_tags(shown).strip()


def test_readers_get_no_trace_of_it(editor):
    for page in Page.objects.filter(locale__language_code="nl", depth__gt=1, live=True):
        response = editor.get(page.url)
        assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
        assert response["X-Frame-Options"] == "DENY"
        assert "userbar" not in response.content.decode()
