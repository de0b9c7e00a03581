"""Translators read the official term beside a text, and are warned, not stopped, where another word stands."""

import re

import pytest

from home.models import OfficialTerm
from home.translation.terms import known_terms, terms_in
from tests.home.translation.world import (
    DUTCH,
    change_dutch,
    client_of,
    edit_url,
    page_at,
    translate,
    translation_of,
    words_of,
)

pytestmark = pytest.mark.django_db
INTRO = "Het OCMW betaalt een leefloon aan een hervestigde persoon."


def terms_of(text: str, translated: str | None, target: str) -> list[tuple[str, str, bool | None]]:
    found = terms_in(text, translated, known_terms("nl", target), "nl", target)
    return [(term.source, term.target, term.is_absent) for term in found]


def test_each_term_is_suggested_in_the_order_of_the_text():
    assert terms_of(INTRO, None, "fr") == [
        ("OCMW", "CPAS", None),
        ("leefloon", "revenu d’intégration", None),
        ("hervestigde persoon", "personne réinstallée", None),
    ]


@pytest.mark.parametrize(
    ("text", "translated", "target", "absent"),
    [
        ("Vraag het aan uw gemeenten.", "Fragen Sie Ihre Gemeinden.", "de", False),
        ("Vraag het aan uw gemeente.", "Fragen Sie Ihre Stadt.", "de", True),
        ("Wat kost een partnerschap?", "Was kosten Partnerschaften?", "de", False),
        ("Een LOI", "A local reception initiative", "en", False),
    ],
)
def test_another_spelling_is_no_other_word(text, translated, target, absent):
    assert [term[2] for term in terms_of(text, translated, target)] == [absent]


def test_a_part_of_a_longer_word_is_no_term():
    assert terms_of("De gemeenteschool, ocmw en {gemeente}", None, "fr") == []


def test_words_of_the_glossary_are_suggested_too():
    assert [term[0] for term in terms_of("Wij willen samenwerken.", None, "fr")] == ["samenwerken"]


@pytest.mark.each_database("home.models.terms")
def test_the_editor_lists_terms_beside_the_texts_and_warns(german):
    page = change_dutch(page_at(DUTCH), intro=INTRO)
    translation = translation_of(page, "de")
    client = client_of(german)

    def listed() -> str:
        body = words_of(client.get(edit_url(translation.get_target_instance())).content.decode())
        rows = re.findall(r"<tr>.*?</tr>", body.partition("data-terms")[2])
        return next(row for row in rows if "betaalt een leefloon" in row)

    assert "Eingliederungseinkommen" in listed()
    assert "data-absent" not in listed()
    translate(client, translation, INTRO, "Das ÖSHZ zahlt einer umgesiedelten Person Geld.")
    assert listed().count("data-absent") == 1
    response = client.post(f"/admin/translations/{translation.pk}/submit/", follow=True)
    said = [str(message) for message in response.context["messages"]]
    assert said[0] == "1 text does not use the official term."
    assert said[1].startswith("Submitted.")


def test_a_term_that_was_edited_stays_with_a_new_release():
    from home.content.loader import load_terms

    term = OfficialTerm.objects.get(key="leefloon")
    term.fr = "revenu d’intégration sociale"
    term.save()
    load_terms()
    assert OfficialTerm.objects.get(key="leefloon").fr == "revenu d’intégration sociale"
    assert OfficialTerm.objects.count() == len({*OfficialTerm.objects.values_list("key", flat=True)})
