"""The first page: its bands follow from the blocks, and what it says stays true whatever Fedasil answers."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from wagtail.models import Page

from home.bands import bands
from home.content.source import fixed_id
from home.models import HomePage, Session
from portal import clock

pytestmark = pytest.mark.django_db
LANGUAGES = ("nl", "fr", "de", "en")
# Whether Fedasil looks for partners today is one of the questions that the site asks openly.
LOOKS_FOR_PARTNERS = {"nl": "Fedasil zoekt", "fr": "Fedasil cherche", "de": "Fedasil sucht", "en": "Fedasil looks for"}


def main_of(path: str) -> str:
    return Client().get(path).content.decode().partition("<main")[2]


def test_each_part_stands_on_the_ground_of_its_subject():
    made = bands(HomePage.objects.get(locale__language_code="nl").body)
    assert [band.subject for band in made] == ["money", "aims", "story", "figures", "steps", "help"]
    assert [[block.block_type for block in part.beside] for band in made for part in band.parts if part.beside] == [
        ["entrances"],
        ["chart"],
    ]
    assert len(made[-1].parts) == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_the_amount_with_its_year_and_has_one_button(language):
    text = main_of(f"/{language}/")
    assert re.search(r"<strong>(€\s?3[.,]000|3.000\s€)", text)
    assert "2023" in text.partition("amount__figure")[2].partition("</ul>")[0]
    assert text.count("action__link") == 1
    assert LOOKS_FOR_PARTNERS[language] not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_note_for_a_council_does_not_say_it_either(language):
    note = Page.objects.get(translation_key=fixed_id("council-note"), locale__language_code=language)
    assert LOOKS_FOR_PARTNERS[language] not in main_of(note.url_path)


def test_the_next_session_or_how_to_ask_for_one():
    Session.objects.all().update(date=clock.today() - timedelta(days=1))
    text = main_of("/nl/")
    assert "Er is nu geen infosessie gepland" in text
    assert "/nl/interest/" in text
