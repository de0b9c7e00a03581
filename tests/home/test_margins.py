"""What stands beside the parts of a page: its words explained, its sources, notes for a council and our reading."""

import re

import pytest
from django.test import Client

from home.glossary import Glossary
from home.models import Term
from home.numbers import Numbers

pytestmark = pytest.mark.django_db
AMOUNTS = "/nl/wat-mag-een-partner-verwachten/wat-een-partner-ontvangt/"


def parts_of(address: str) -> dict[str, tuple[str, str]]:
    """By heading: the text of a part, and what stands beside it."""
    html = Client().get(address).content.decode()
    body = html.partition('<div class="page__end">')[0]
    found = {}
    for part in body.split('<div class="part">')[1:]:
        heading = re.search(r"<h2[^>]*>([^<]*)</h2>", part)
        found[heading[1] if heading else ""] = part.partition('<div class="margin')[::2]
    return found


def test_notes_stand_beside_the_part_to_which_they_belong():
    parts = parts_of(AMOUNTS)
    _text, amounts = parts["De bedragen"]
    text, examples = parts["Drie voorbeelden"]
    assert "Fedasil, partnerschapsbrochure" in amounts
    assert "Onze lezing" not in amounts + text
    for note in ("Onze lezing", "Voor uw raad", "<b>Opvangnetwerk</b>"):
        assert note in examples
        assert note not in amounts
    assert parts["Wat partners nog vragen"][1] == ""


def test_a_source_is_named_once_beside_its_part_and_not_again_at_the_end():
    html = Client().get(AMOUNTS).content.decode()
    assert "Bronnen van de cijfers" not in html
    # Eight sources are too many for a margin.
    figures = Client().get("/nl/wat-is-hervestiging/cijfers/").content.decode()
    assert "Bronnen van de cijfers" in figures


def test_every_amount_has_its_year_beside_it():
    text, _margin = parts_of(AMOUNTS)["De bedragen"]
    assert text.count("amount__figure") == text.count("Bedrag van 2023") == 4


def test_numbers_in_a_table_stand_under_each_other():
    html = Client().get("/nl/wat-is-hervestiging/").content.decode()
    assert '<th scope="col" class="number">Hoeveel mensen</th>' in html
    assert '<td class="number">6.000</td>' in html
    assert '<th scope="col">Wie</th>' in html


@pytest.mark.parametrize("sign", [",", ".", ").", ":", "”,", ";"])
def test_a_word_that_is_explained_stays_with_the_sign_behind_it(sign):
    glossary = Glossary([Term(pk=1, term="home", definition="A house.")], Numbers(set()))
    kept = re.search(r'<span class="kept">(.*?)</span>', glossary.explain(f"a home{sign} a street"))[1]
    assert kept.endswith(f"home</button>{sign}")
