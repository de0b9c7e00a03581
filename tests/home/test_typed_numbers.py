"""A number that was typed, and is no fact, is found; what only looks like a figure is not."""

import pytest

from home.numbers import Numbers
from home.typed_numbers import TypedNumber, typed_numbers


@pytest.mark.parametrize(
    "text",
    [
        "Vandaag, op 12 maart 2026, om 14u30 of 14:30.",
        "Le 1er juin, 12/03/2026.",
        "Fedasil, Kartuizersstraat 21, 1000 Brussel, +32 2 213 44 11",
        "De wet van 2007, artikel 57ter/1, art. 60 §7.",
        "Twee gezinnen, 3 kamers, {home_months} maanden.",
        '<a href="https://example.org/12345">meer</a>',
        "",
    ],
)
def test_what_is_no_figure_is_left_alone(text):
    assert typed_numbers(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("U begeleidt hen 12 maanden.", "12"),
        ("Vous recevez 1.500 euros.", "1.500 euros"),
        ("Sie erhalten € 7,50 am Tag.", "€ 7,50"),
        ("About 60% of them.", "60%"),
        ("Il y avait 1\u202f234 personnes.", "1\u202f234"),
        ("<p>Sinds 2013 kwamen <b>4000</b> mensen.</p>", "4000"),
    ],
)
def test_a_typed_figure_is_found(text, found):
    assert [number.text for number in typed_numbers(text)] == [found]


@pytest.mark.django_db
def test_the_key_of_a_fact_with_this_value_is_named():
    known = Numbers({"home_months"})
    value = known.get("home_months").value
    assert typed_numbers(f"U begeleidt hen {value:.0f} maanden.", known) == [
        TypedNumber(f"{value:.0f}", ("home_months",))
    ]
