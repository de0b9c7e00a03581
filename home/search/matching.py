"""Which words of the site a typed word means: itself, its other forms, slips, parts of compounds, synonyms of readers.

One query for the words, however many there are. Only words that begin or end as the typed one can match, so the rest
is never read.
"""

import math
from collections.abc import Collection, Container, Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from os.path import commonprefix

from django.db.models import Q
from rapidfuzz.distance import OSA

from ..models import SearchWord
from ..synonyms import meanings
from .stems import share_a_form, stems_of, telling_words

# How well another word stands for the one that was typed (its own forms: 1).
SYNONYM, FORM, BEGINNING, PART, END, SHARED = 0.9, 0.9, 0.8, 0.75, 0.7, 0.5
# The same where the site uses the word itself, and its synonym is that of another of its forms.
SYNONYM_OF_KNOWN = 0.5
# Letters at the beginning of two words that make them of one family: Aufenthaltskarte and Aufenthaltstitel; or as many
# of the shorter one, in one that is not short.
FAMILY = 7
MOST_OF_IT, LONG = 0.7, 6
# A slip in a word that no page has, and in one that stands on pages: then it is seldom meant otherwise.
SLIP, SLIP_IN_KNOWN = 0.85, 0.35
SHORTEST = 4
# A word beside which the space is missing.
SHORT = 3
# Parts of a compound, where its length leaves no doubt.
MOST_PARTS = 3
# Dutch and German write compounds in one word.
COMPOUNDING = {"nl", "de"}
LINKS = ("", "s", "e", "n", "en", "es", "er")
# More words than anyone searches by.
MOST = 12
# How alike a word has to be to be proposed where nothing was found.
PROPOSED = 0.5
LAST = "zzzz"


def slips(word: str) -> int:
    """How many slips a word of this length may have: letters too many, too few, wrong, or swapped with a neighbour."""
    length = len(word)
    return 0 if length < SHORTEST else 1 if length < 8 else 2


@dataclass
class Sought:
    """A word that was typed, with the stems that it means and how well each does."""

    word: str
    stems: dict[str, float] = field(default_factory=dict)
    # Words of the site that look like it.
    like: list[str] = field(default_factory=list)

    def mean(self, stem: str, confidence: float) -> None:
        if confidence > self.stems.get(stem, 0):
            self.stems[stem] = confidence


def sought_in(language: str, query: str) -> list[Sought]:
    """What the words of a query mean in this language: one query for synonyms, one for the words of the site."""
    words = list(dict.fromkeys(telling_words(language, query)))[:MOST]
    if not words:
        return []
    joined = [first + second for first, second in pairwise(words)]
    stems = dict(zip(words, stems_of(language, words), strict=True))
    synonyms = meanings(language)
    known = dict(candidates(language, words, joined))
    found = {word: _sought(language, word, stems[word], synonyms, known) for word in words}
    for (first, second), whole in zip(pairwise(words), joined, strict=True):
        # "opvang initiatief" is written in one word.
        for stem in [known[whole]] if whole in known else stems_of(language, synonyms.get(whole, [])):
            for one in (*found[first], *found[second]):
                one.mean(stem, FORM)
    return [one for word in words for one in found[word]]


def _sought(language: str, word: str, stem: str, synonyms: dict[str, list[str]], known: dict[str, str]) -> list[Sought]:
    """One word that was typed; several where it is a compound that no page has."""
    is_known = word in known or stem in known.values()
    means, of_form = synonyms.get(word, []), synonyms.get(stem, [])
    is_meant = bool(is_known or means or of_form)
    if not is_meant and (parts := split(language, word, {*known, *synonyms})):
        return [_part(language, part, known, synonyms) for part in parts]
    own = Sought(word, {stem: 1.0})
    for meant in stems_of(language, means):
        own.mean(meant, SYNONYM)
    for meant in stems_of(language, of_form):
        own.mean(meant, SYNONYM_OF_KNOWN if is_known else SYNONYM)
    others = {other: its_stem for other, its_stem in known.items() if other != word}
    for other, its_stem in others.items():
        own.mean(its_stem, family(language, word, other, is_meant))
        if share_a_form(language, stem, its_stem):
            own.mean(its_stem, FORM)
    # What begins like a word of the site is that word sooner than another one with a slip.
    is_meant = is_meant or max((sure for found, sure in own.stems.items() if found != stem), default=0) >= BEGINNING
    for other, its_stem in others.items():
        own.mean(its_stem, slipped(word, other, is_meant))
    for other, means in synonyms.items() if not is_meant else ():
        if sure := slipped(word, other, is_meant):
            for meant in stems_of(language, means):
                own.mean(meant, SYNONYM * sure)
    if not is_meant and len(own.stems) == 1 and (pair := apart(word, known)):
        return [Sought(part, {known[part]: PART}) for part in pair]
    likeness = {other: OSA.normalized_similarity(word, other) for other in known}
    own.like = sorted((other for other in known if likeness[other] >= PROPOSED), key=lambda other: -likeness[other])
    return [own]


def family(language: str, word: str, other: str, is_meant: bool) -> float:
    """How well a word of the site stands for one that was typed, by the letters that they have in common."""
    compounds = language in COMPOUNDING
    if len(word) < SHORTEST:
        return 0
    if other.startswith(word):
        return BEGINNING
    if compounds and other.endswith(word):
        return END
    if is_meant:
        return 0
    if compounds and len(other) > SHORTEST and (word.endswith(other) or word.startswith(other)):
        return END
    common = len(commonprefix((word, other)))
    is_family = common >= FAMILY or min(len(word), len(other)) >= LONG and common >= MOST_OF_IT * len(word)
    return SHARED if is_family else 0


def slipped(word: str, other: str, is_meant: bool) -> float:
    """How probably it is the other word with slips; seldom where the typed word means something itself."""
    most = slips(word)
    away = OSA.distance(word, other, score_cutoff=most)
    return (SLIP_IN_KNOWN if is_meant else SLIP) ** away if most and away <= most else 0


def _part(language: str, part: str, known: dict[str, str], synonyms: dict[str, list[str]]) -> Sought:
    stems = [known[part]] if part in known else stems_of(language, synonyms[part])
    return Sought(part, dict.fromkeys(stems, PART))


def parts_of(language: str, word: str) -> set[str]:
    """What a compound may be made of: its beginnings, its ends, and all between, with and without a link."""
    if language not in COMPOUNDING or len(word) < 2 * SHORTEST:
        return set()
    ends = range(SHORTEST, len(word) + 1)
    parts = {word[begin:end] for begin in (0, *ends) for end in ends if SHORTEST <= end - begin < len(word)}
    return parts | {part.removesuffix(link) for part in parts for link in LINKS if len(part) - len(link) >= SHORTEST}


def split(language: str, word: str, known: Container[str], most: int = MOST_PARTS) -> list[str]:
    """A compound as known words, the longest end first; none where it is not made of them."""
    if language not in COMPOUNDING or most < 2:
        return []
    for place in range(SHORTEST, len(word) - SHORTEST + 1):
        head, tail = word[:place], word[place:]
        if tail not in known:
            continue
        for link in LINKS:
            part = head.removesuffix(link)
            if not head.endswith(link) or len(part) < SHORTEST:
                continue
            if part in known:
                return [part, tail]
            if parts := split(language, part, known, most - 1):
                return [*parts, tail]
    return []


def apart(word: str, known: Collection[str]) -> tuple[str, str] | None:
    """Two words of the site that were typed without the space between them."""
    places = range(SHORT, len(word) - SHORT + 1)
    pairs = ((word[:place], word[place:]) for place in places)
    return next((pair for pair in pairs if pair[0] in known and pair[1] in known), None)


def candidates(language: str, words: Iterable[str], joined: Iterable[str]) -> Iterable[tuple[str, str]]:
    """Words of the site, with their stems, that begin or end as one of these: ranges of two indexes."""
    asked = Q(word__in=[*words, *joined])
    for word in words:
        if len(word) < SHORTEST:
            continue
        backwards = word[::-1]
        asked |= _begins("word", word)
        if language in COMPOUNDING:
            asked |= _begins("backwards", backwards) | Q(word__in=parts_of(language, word))
        if len(word) >= LONG:
            asked |= _begins("word", word[: min(FAMILY, math.ceil(MOST_OF_IT * len(word)))])
        asked |= Q(word__in=[part for place in range(SHORT, len(word)) for part in (word[:place], word[place:])])
        # A slip leaves the beginning of a word as it was, or its end.
        intact = max(1, (len(word) - 2) // (slips(word) + 1))
        asked |= _begins("word", word[:intact]) | _begins("backwards", backwards[:intact])
    return SearchWord.objects.filter(asked, language=language).values_list("word", "stem")


def _begins(column: str, beginning: str) -> Q:
    """A range in place of LIKE, for which neither database would use the index; words are of a to z and digits only."""
    return Q(**{f"{column}__gte": beginning, f"{column}__lte": beginning + LAST})
