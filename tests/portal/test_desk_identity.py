"""The desk is Fedasil's: name, sign, four languages, and no English where the reader chose another language."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.users.models import UserProfile

from portal.models import User
from tests.clients import client_of
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def nameless():
    """Someone who never gave a name, and whose first one would be refused today."""
    user = UserFactory(groups=["Editors"], last_name="")
    User.objects.filter(pk=user.pk).update(first_name="R2D2 @ home")
    return user


@pytest.mark.parametrize("name", ["wagtailadmin_home", "wagtailadmin_account", "desk_broken_links"])
def test_our_name_and_sign_stand_where_wagtails_stood(name):
    response = client_of(UserFactory(groups=["Editors"])).get(reverse(name))
    page = BeautifulSoup(response.content, "html.parser")
    assert page.title.string.strip().endswith("Partners voor hervestiging")
    assert page.find("link", rel="icon")["href"].endswith("icon.svg")
    assert "icon.svg" in str(page.find("template", {"data-wagtail-sidebar-branding-logo": True}))
    assert "Wagtail" not in page.get_text()


def test_a_page_that_does_not_exist_is_ours_too():
    response = client_of(UserFactory(groups=["Editors"])).get("/admin/nowhere/")
    assert response.status_code == 404
    assert "icon.svg" in response.content.decode()
    assert "Wagtail" not in BeautifulSoup(response.content, "html.parser").get_text()


def test_the_account_offers_four_languages_and_changing_it_fails_on_no_other_field(nameless):
    client = client_of(nameless)
    page = BeautifulSoup(client.get(reverse("wagtailadmin_account")).content, "html.parser")
    options = page.find("select", {"name": "locale-preferred_language"}).find_all("option")
    assert [option["value"] for option in options] == ["nl", "fr", "de", "en"]
    assert not page.find("select", {"name": "locale-current_time_zone"})
    data = {field["name"]: field.get("value", "") for field in page.select("form [name]") if field.name == "input"}
    data |= {"locale-preferred_language": "de", "theme-theme": "system", "theme-density": "default"}
    data |= {"theme-contrast": "system"}
    response = client.post(reverse("wagtailadmin_account"), data)
    assert response.status_code == 302
    assert UserProfile.objects.get(user=nameless).preferred_language == "de"
