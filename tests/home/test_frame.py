"""What stands around every page: of the site, of its tools, of the service, and of what goes wrong."""

import re

import pytest
from django.test import Client

from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
MENU = "/nl/wat-mag-een-partner-verwachten/"
TOOLS = ("calculator/", "check/", "interest/", "search/?q=huur", "account/login/", "nergens/", "begrippen/")


def landmarks(html: str, tag: str, name: str) -> str:
    """The part of a page between this tag and its end."""
    return re.search(rf"<{tag}\b[^>]*{name}.*?</{tag}>", html, re.DOTALL)[0]


@pytest.mark.parametrize("address", TOOLS)
def test_tools_forms_and_faults_have_menu_breadcrumb_and_footer_of_the_site(address):
    html = Client().get(f"/nl/{address}").content.decode()
    assert MENU in landmarks(html, "nav", "main-nav")
    assert MENU in landmarks(html, "details", "menu")
    assert 'href="/nl/"' in landmarks(html, "nav", "breadcrumb")
    footer = landmarks(html, "footer", "footer")
    for way in (
        MENU,
        "/nl/calculator/",
        "/nl/check/",
        "/nl/applications/start/",
        "/nl/decide/council-pack.pdf",
        "/nl/privacy/",
    ):
        assert way in footer


def test_the_service_is_quieter_its_menu_is_folded_and_the_way_back_leads_to_my_page():
    client = Client()
    client.force_login(UserFactory())
    html = client.get("/nl/account/security/").content.decode()
    assert "main-nav" not in html
    assert MENU in landmarks(html, "details", "menu")
    assert "/nl/start/" in landmarks(html, "nav", "breadcrumb")


def test_the_first_page_has_no_breadcrumb():
    assert 'class="breadcrumb' not in Client().get("/nl/").content.decode()
