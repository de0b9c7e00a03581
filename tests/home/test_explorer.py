"""The list of pages in the desk, and the editor of a long one: what they cost the database."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page

from home.models import InformationPage
from portal.models import User
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.each_database("home.translation.listing")]


@pytest.fixture(autouse=True)
def cache(settings):
    """As on a server, where Wagtail remembers the roots of its sites."""
    local = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "explorer"}
    settings.CACHES = {**settings.CACHES, "default": local}


def queries_of(user: User, url: str) -> list[str]:
    client = Client()
    client.force_login(user)
    assert client.get(url).status_code == 200
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return [query["sql"] for query in captured]


@pytest.mark.parametrize("group", ["Editors", "Publishers", "Translators"])
def test_the_list_of_pages_takes_as_many_queries_for_few_as_for_many(group):
    parent = Page.objects.get(url_path="/nl/").specific
    user, url = UserFactory(groups=(group,)), reverse("wagtailadmin_explore", args=[parent.pk])
    few = queries_of(user, url)
    for number in range(20):
        page = parent.add_child(instance=InformationPage(title=f"Pagina {number}", intro="Een inleiding."))
        page.save_revision()
    many = queries_of(user, url)
    assert len(many) == len(few)


def test_the_list_offers_to_translate_what_lacks_a_language():
    parent = Page.objects.get(url_path="/nl/").specific
    parent.add_child(instance=InformationPage(title="Nieuw", intro="Een inleiding."))
    client = Client()
    client.force_login(UserFactory(groups=("Editors",)))
    html = client.get(reverse("wagtailadmin_explore", args=[parent.pk])).content.decode()
    new = Page.objects.get(url_path="/nl/nieuw/")
    assert re.findall(r"/admin/localize/submit/page/(\d+)/", html) == [str(new.pk)]
