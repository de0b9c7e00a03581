"""A page that is renamed or moved is found at its old address, in each language."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from home.models import InformationPage
from tests.clients import client_of
from tests.factories import UserFactory
from tests.home.translation.world import page_at, translate, translation_of

pytestmark = pytest.mark.django_db
PARENT = "/nl/wat-mag-een-partner-verwachten/"


def leads_to(path: str) -> str:
    response = Client().get(path)
    assert response.status_code == 301, path
    return response.headers["Location"]


@pytest.fixture
def publisher():
    return UserFactory(groups=["Publishers"])


def test_a_translation_that_gets_another_slug_is_found_at_its_old_address(
    publisher, django_capture_on_commit_callbacks
):
    page, client = page_at("/fr/contact/"), client_of(publisher)
    translation = translation_of(page_at("/nl/contact/"), "fr")
    translate(client, translation, "contact", "nous-ecrire")
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {"action": "publish"})
    assert Page.objects.get(pk=page.pk).url_path == "/fr/nous-ecrire/"
    assert leads_to("/fr/contact/") == "/fr/nous-ecrire/"
    # Back again: nothing leads in a circle.
    translate(client, translation, "contact", "contact")
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {"action": "publish"})
    assert leads_to("/fr/nous-ecrire/") == "/fr/contact/"
    assert Client().get("/fr/contact/").status_code == 200


def test_a_page_that_is_moved_and_all_its_translations_are_found_at_their_old_addresses(publisher):
    page = InformationPage.objects.filter(url_path__startswith=PARENT, locale__language_code="nl", depth=4).first()
    paths = {each.pk: each.url_path for each in page.get_translations(inclusive=True)}
    assert len(paths) == 4
    destination = page_at("/nl/")
    address = reverse("wagtailadmin_pages:move_confirm", args=[page.pk, destination.pk])
    assert client_of(publisher).post(address).status_code == 302
    for pk, old in paths.items():
        new = Page.objects.get(pk=pk).url_path
        assert new != old
        assert leads_to(old) == new


def test_an_editor_makes_a_redirect_and_cannot_import_any(settings):
    client = client_of(UserFactory(groups=["Editors"]))
    data = {"old_path": "/oud", "site": "", "is_permanent": "on", "redirect_link": f"{settings.SITE_URL}/nl/contact/"}
    response = client.post(reverse("wagtailredirects:add"), data)
    assert response.status_code == 302, response.context["form"].errors
    assert Redirect.objects.filter(old_path="/oud").exists()
    assert leads_to("/oud/").endswith("/nl/contact/")
    assert "/import/" not in client.get(reverse("wagtailredirects:index")).content.decode()
