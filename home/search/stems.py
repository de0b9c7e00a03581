"""Words as the search compares them: which of them say something, and the stem that their forms share."""

import functools
import re

import snowballstemmer

from portal.text import words_of

# The newer rules for Dutch take off beginnings too: "gemeente" and "gemeen" would be one.
STEMMERS = {"nl": "dutch_porter", "fr": "french", "de": "german", "en": "english"}
# Longer ones are no words of a language.
LONGEST = 40
# 3.000 and 3 000 are one number.
THOUSANDS = re.compile(r"(?<=\d)[.,'\s\u202f](?=\d{3}(?!\d))")
# Snowball leaves these of Dutch words apart.
VERB = re.compile(r"(?<=[^aeiou])t$")
DOUBLE = re.compile(r"([a-z])\1(?=[a-z]?$)")
HARD = {"v": "f", "z": "s"}
HARD_END = re.compile(r"[vz]$")
ENDING = re.compile(r"(?<=[a-z]{4})(?:i?e)?s?$")
# Words that say nothing about what is sought.
EMPTY = {
    "nl": (
        "de het een en of van voor op in is zijn was wie wat hoe hoeveel lang wij we krijgen moet met u naar zet "
        "dat bent hebt heeft worden wordt aan te om bij onze ons dit die er kan kunnen mag mogen ik mijn als "
        "hebben heb doen wanneer waar welke welk tijdens via dan ook al wil wilt willen moeten zal zullen gaan "
        "gaat doet betekenis betekent definitie ze zij hij hem hun hen haar jullie uw jouw deze daar hier heel "
        "zeer nog maar niet geen wel toe door over uit tot tegen onder tussen daarbij erbij zelf iets iemand zo"
    ),
    "fr": (
        "le la les de du des un une et ou pour en est ce c qu qui que quoi comment combien nous avec l d s a par "
        "sommes etes avons avez ont peut pouvons on se au aux cas notre nos je mon ma ca cela sont y il elle si "
        "quand quel quelle quels quelles dans sur pendant via aussi veut veulent voulons doit doivent devons faut "
        "fait faire lors leur leurs signification definition signifie ils elles eux vous votre vos lui ses son sa "
        "cet cette ces ne pas plus tres donc mais chez entre t m n meme encore ici"
    ),
    "de": (
        "der die das ein eine einen und oder von fur in ist wer was wie viel wir mit pro zur zum bis auf sind bin "
        "haben hat durfen darf wird werden uns zu dem den des im an wenn ich mein unser unsere man kann konnen es "
        "wann wo welche welcher welches wahrend ob auch beim vom einem einer will wollen soll sollen muss mussen "
        "gibt eines bedeutung bedeutet definition sie er ihr ihre ihnen ihrem ihren sich sein seine seinen seiner "
        "nicht noch nur sehr aber doch als durch gegen aus hier dort dies diese dieser dieses jede jeder so nun "
        "denn"
    ),
    "en": (
        "the a an and or of for in is are who what how much many we get with from per do you use to am was were "
        "will would this us our does can i my it be on at if when where which have has any during via want wants "
        "need needs should must whose there their they meaning means definition he she them his her its not no so "
        "too very only more most some such than then as by about into out up down your yours me him been being "
        "let"
    ),
}


def silent_words(language: str) -> frozenset[str]:
    return _silent(language)


@functools.cache
def _silent(language: str) -> frozenset[str]:
    return frozenset(EMPTY[language].split())


def words_in(text: str) -> list[str]:
    """The words and numbers of a text as the index has them."""
    return [word for word in words_of(THOUSANDS.sub("", text)) if len(word) <= LONGEST]


def telling_words(language: str, text: str) -> list[str]:
    """The words of a text that say something; all of them where none does."""
    said = words_in(text)
    return [word for word in said if word not in silent_words(language)] or said


def stems_of(language: str, words: list[str]) -> list[str]:
    """The stem of each word (Snowball's rules for the language)."""
    # One for each call: it keeps the word at which it is, so threads cannot share one.
    return snowballstemmer.stemmer(STEMMERS[language]).stemWords(words)


def share_a_form(language: str, stem: str, other: str) -> bool:
    """Whether two stems may be of one word all the same: "betaalt" and "betalen", "réfugié" and "réfugiés"."""
    forms = FORMS.get(language)
    return bool(forms) and not forms(stem).isdisjoint(forms(other))


def forms_in_dutch(stem: str) -> set[str]:
    """A stem with and without the ending of verbs, each with single letters and hard at its end."""
    return {HARD_END.sub(lambda end: HARD[end[0]], DOUBLE.sub(r"\1", form)) for form in (stem, VERB.sub("", stem))}


def forms_in_french(stem: str) -> set[str]:
    """A stem with and without what Snowball leaves, since it reads é as e in words without accents."""
    return {stem, ENDING.sub("", stem)}


FORMS = {"nl": forms_in_dutch, "fr": forms_in_french}
