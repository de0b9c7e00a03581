"""Words explained in place: the first use of each on a page, and never where it would harm."""

import re

import pytest
from django.test import Client
from wagtail.models import Page

from home.glossary import Glossary
from home.models import Term
from home.numbers import Numbers

pytestmark = pytest.mark.django_db
PATH = "/nl/wat-is-hervestiging/"


def explained(path: str) -> list[str]:
    """The words that a page explains, in their order."""
    body = Client().get(path).content.decode()
    words = re.findall(r'<button type="button" class="term" popovertarget="([^"]+)">([^<]+)</button>', body)
    for target, _word in words:
        assert body.count(f'id="{target}"') == 1
    return [word for _target, word in words]


def glossary(*terms: tuple[str, str]) -> Glossary:
    return Glossary(
        [Term(pk=number, term=term, definition=text) for number, (term, text) in enumerate(terms)], Numbers([])
    )


def test_the_first_use_of_each_term_is_explained_once():
    words = explained(PATH)
    assert "UNHCR" in words
    assert "quotum" in words
    assert len(words) == len({word.casefold() for word in words})


def test_terms_with_accents_are_explained_too():
    assert "réinstallation" in [word.casefold() for word in explained("/fr/qu-est-ce-que-la-reinstallation/")]
    assert "ÖSHZ" in explained("/de/")


def test_an_explanation_shows_its_numbers():
    body = Client().get("/fr/a-quoi-un-partenaire-peut-il-s-attendre/").content.decode()
    assert "{home_months}" not in body


@pytest.mark.parametrize(("unexplained", "left"), [("UNHCR", ["quotum"]), ("unhcr\nQUOTUM", []), ("*", [])])
def test_a_page_may_leave_words_unexplained(unexplained, left):
    page = Page.objects.get(url_path=PATH).specific
    page.unexplained = unexplained
    page.save()
    words = {word.casefold() for word in explained(PATH)}
    assert words & {"unhcr", "quotum"} == set(left)


def test_a_draft_explains_nothing():
    Term.objects.filter(term="UNHCR").update(live=False)
    assert "UNHCR" not in explained(PATH)


def test_links_tags_and_parts_of_words_stay_as_they_are():
    found = glossary(("home", "A place."))
    for html in ('<a href="/home/">home</a>', '<p class="home">homes</p>', "<button>home</button>", "at-home-ness"[:2]):
        assert found.explain(html) == html


def test_longer_terms_come_before_the_shorter_that_they_contain():
    found = glossary(("BELCO", "Before."), ("BELCO+", "After."))
    html = found.explain("BELCO+ and BELCO")
    assert re.findall(r">(BELCO\+?)</button>", html) == ["BELCO+", "BELCO"]


def test_an_abbreviation_counts_in_capitals_only():
    assert glossary(("LOI", "Reception.")).explain("la loi") == "la loi"


def test_a_definition_cannot_bring_markup_in():
    html = glossary(("home", "<script>alert(1)</script>")).explain("home")
    assert "<script>" not in html
