"""A page may begin in French as well: then Dutch is one of its translations."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from tests.home.translation.world import client_of, edit_url, locale, page_at, translate, translation_of

pytestmark = pytest.mark.django_db
FRENCH_HOME = "/fr/"
TEXTS = {"Une nouvelle page": "Een nieuwe pagina", "Une phrase.": "Een zin.", "une-page": "een-pagina"}


@pytest.fixture
def french(editor, publisher):
    """A page that an editor wrote in French, and a publisher published."""
    parent = page_at(FRENCH_HOME)
    url = reverse("wagtailadmin_pages:add", args=["home", "informationpage", parent.pk])
    note = {"body-0-type": "note", "body-0-value": "À savoir.", "body-0-order": "0", "body-0-deleted": ""}
    data = {
        "title": "Une nouvelle page",
        "intro": "Une phrase.",
        "slug": "une-page",
        "body-count": "1",
        **note,
        "unexplained": "",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
    }
    client_of(editor).post(url, data)
    page = Page.objects.get(slug="une-page").specific
    page.get_latest_revision().publish(user=publisher)
    return page


def test_a_page_begins_in_french_and_is_read_in_dutch(
    french, editor, publisher, german, django_capture_on_commit_callbacks
):
    assert french.locale.language_code == "fr"
    dutch = [locale("nl").pk, locale("de").pk]
    with django_capture_on_commit_callbacks(execute=True):
        client_of(editor).post(f"/admin/localize/submit/page/{french.pk}/", {"locales": dutch})
    page = french.get_translation(locale("nl"))
    assert not page.live
    translation = translation_of(french, "nl")
    for source, text in TEXTS.items():
        translate(client_of(editor), translation, source, text)
    client = client_of(publisher)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(edit_url(page), {"action": "publish"})
    assert Client().get("/nl/een-pagina/").status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        client.post(edit_url(page), {"action": "publish", "reason": "The note can wait."})
    html = Client().get("/nl/een-pagina/").content.decode()
    assert "Een zin." in html
    assert '<span lang="fr">À savoir.</span>' in html
    assert "Frans" in html
    # Its German translation is one for the translators into German.
    assert client_of(german).get(edit_url(french.get_translation(locale("de")))).status_code == 200
