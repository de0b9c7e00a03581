"""What ships uses one word for one thing and is set as each language sets it: catalogues, pages, letters, guides."""

import re

import pytest

from home.content_checks.wording import forbidden_in
from tests.home.texts import LANGUAGES, all_texts

NO_BREAK = "[\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]"


def test_no_text_has_a_word_that_is_not_used():
    """wording.csv, for all that ships; editors' own texts are checked by the same list (home/content_checks)."""
    found = [
        f"{text.place} ({text.language}): “{word}”, write “{instead}”"
        for text in all_texts()
        for word, instead in forbidden_in(text.text, text.language)
    ]
    assert not found, "\n".join([f"{len(found)} found", *found])


# What no text of a language may have, and what to write; no-break spaces keep French marks with their words.
FAULTS = {
    "all": [(r"'", "’")],
    "nl": [(r"[«»„\"]", "“ ”")],
    "fr": [
        (r"[“”„\"]", "« »"),
        (rf"(?<!{NO_BREAK})[:;?!»](?=[\s»)]|$)", "a no-break space before it"),
        (rf"«(?!{NO_BREAK})", "a no-break space after it"),
    ],
    "de": [(r"[«»”\"]", "„ “"), (r"(?<![„\w])“(?=\w)", "„ “")],
    "en": [(r"[«»„\"]", "“ ” or ‘ ’")],
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_marks_are_set_as_the_language_sets_them(language):
    found = [
        f"{text.place}: {match[0]} in “{text.text[max(0, match.start() - 30) : match.end() + 15]}”, write {instead}"
        for text in all_texts()
        if text.language == language
        for pattern, instead in FAULTS["all"] + FAULTS[language]
        for match in re.finditer(pattern, text.text)
    ]
    assert not found, "\n".join([f"{len(found)} found", *found])


# A claim, and the sentence without which it says too much (facts of Fedasil's site, as consulted on 30 November 2026).
LIVING_WAGE = {
    "nl": ("recht op een leefloon", "het OCMW bekijkt elke situatie"),
    "fr": ("droit à un revenu d’intégration", "le CPAS examine chaque situation"),
    "de": ("Anspruch auf ein Eingliederungseinkommen", "das ÖSHZ prüft jede Situation"),
    "en": ("entitled to a living wage", "the PCSW looks at each situation"),
}


def test_a_right_to_a_living_wage_is_said_with_its_condition():
    claims = [text for text in all_texts() if LIVING_WAGE[text.language][0] in text.text]
    assert {text.language for text in claims} == set(LANGUAGES)
    alone = [text.place for text in claims if LIVING_WAGE[text.language][1].casefold() not in text.text.casefold()]
    assert alone == []
