"""The blocks as editors meet them: in the chooser with a preview, within limits, and translated."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import override
from wagtail.models import Page

from home.models import InformationPage
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
BLOCKS = InformationPage._meta.get_field("body").stream_block.child_blocks


def editor(language: str = "nl") -> Client:
    client = Client()
    client.force_login(UserFactory(groups=["Editors"], language=language))
    return client


@pytest.mark.parametrize("name", BLOCKS)
def test_each_block_has_a_preview_in_the_chooser_in_the_language_of_who_writes(name):
    block = BLOCKS[name]
    assert block.is_previewable
    shown = {}
    for language in ("nl", "fr"):
        response = editor(language).get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})
        assert response.status_code == 200
        body = response.content.decode()
        assert f'<html lang="{language}"' in body
        assert "portal/site.css" in body
        assert "{" not in strip_tags(body.partition("<main")[2])
        # As the admin's policy has it: nothing of another site, no frame but the chooser's.
        assert "default-src 'none'" in response["Content-Security-Policy"]
        assert response["X-Frame-Options"] == "SAMEORIGIN"
        shown[language] = body.partition("<main")[2]
        assert len(strip_tags(shown[language]).split()) > 1 or "<svg" in shown[language]
    assert shown["nl"] != shown["fr"]


@pytest.mark.parametrize("name", BLOCKS)
def test_each_block_says_what_it_is_for_and_stands_in_a_group(name):
    block = BLOCKS[name]
    assert block.label
    assert block.meta.icon != "placeholder"
    assert block.get_description()
    assert block.meta.group


def test_no_two_blocks_have_the_same_name():
    for language in ("nl", "fr", "de", "en"):
        with override(language):
            labels = [str(block.label) for block in BLOCKS.values()]
        assert len(labels) == len(set(labels)), language


def test_the_page_editor_offers_all_of_them():
    page = Page.objects.get(url_path="/nl/contact/")
    response = editor().get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert response.status_code == 200
