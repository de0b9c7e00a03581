"""Words as the search compares them: which of them say something, and the stem that their forms share."""

import functools

import snowballstemmer

from ..words import words_of

# The newer rules for Dutch take off beginnings too: "gemeente" and "gemeen" would be one.
STEMMERS = {"nl": "dutch_porter", "fr": "french", "de": "german", "en": "english"}
# Longer ones are no words of a language.
LONGEST = 40
# Words that say nothing about what is sought.
EMPTY = {
    "nl": (
        "de het een en of van voor op in is zijn was wie wat hoe hoeveel lang wij we krijgen moet met u naar "
        "zet dat bent hebt heeft worden wordt aan te om bij onze ons dit die er kan kunnen mag mogen ik mijn "
        "als hebben heb doen wanneer waar welke welk betekenis betekent definitie"
    ),
    "fr": (
        "le la les de du des un une et ou pour en est ce c qu qui que quoi comment combien nous avec l d s a "
        "par sommes etes avons avez ont peut pouvons on se au aux cas notre nos je mon ma ca cela sont y il "
        "elle si quand quel quelle quels quelles dans sur signification definition signifie"
    ),
    "de": (
        "der die das ein eine einen und oder von fur in ist wer was wie viel wir mit pro zur zum bis auf "
        "sind bin haben hat durfen darf wird werden uns zu dem den des im an wenn ich mein unser unsere man "
        "kann konnen es wann wo welche welcher welches bedeutung bedeutet definition"
    ),
    "en": (
        "the a an and or of for in is are who what how much many we get with from per do you use to am was "
        "were will would this us our does can i my it be on at if when where which have has any meaning "
        "means definition"
    ),
}


def silent_words(language: str) -> frozenset[str]:
    return _silent(language)


@functools.cache
def _silent(language: str) -> frozenset[str]:
    return frozenset(EMPTY[language].split())


def telling_words(language: str, text: str) -> list[str]:
    """The words of a text that say something; all of them where none does."""
    said = [word for word in words_of(text) if len(word) <= LONGEST]
    return [word for word in said if word not in silent_words(language)] or said


def stems_of(language: str, words: list[str]) -> list[str]:
    """The stem of each word (Snowball's rules for the language)."""
    # One for each call: it keeps the word at which it is, so threads cannot share one.
    return snowballstemmer.stemmer(STEMMERS[language]).stemWords(words)
