"""Which words of the site a typed word means: itself, its other forms, slips, parts of compounds, synonyms of readers.

One query for the words, however many there are. Only words that begin or end as the typed one can match, so the rest
is never read.
"""

from collections.abc import Container, Iterable
from dataclasses import dataclass, field

from django.db.models import Q
from rapidfuzz.distance import OSA

from ..models import SearchWord
from ..synonyms import meanings
from .stems import stems_of, telling_words

# How well another word stands for the one that was typed (its own forms: 1).
SYNONYM, BEGINNING, PART, END, SHARED = 0.9, 0.8, 0.75, 0.7, 0.5
# Letters at the beginning of two words that make them of one family: Aufenthaltskarte and Aufenthaltstitel.
FAMILY = 7
# A slip in a word that no page has, and in one that stands on pages: then it is seldom meant otherwise.
SLIP, SLIP_IN_KNOWN = 0.85, 0.35
SHORTEST = 4
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
    stems = dict(zip(words, stems_of(language, words), strict=True))
    parts = {part for word in words for part in parts_of(language, word)}
    synonyms = meanings(language, {*words, *stems.values(), *parts})
    known = dict(candidates(language, words))
    return [part for word in words for part in _sought(language, word, stems[word], synonyms, known)]


def _sought(language: str, word: str, stem: str, synonyms: dict[str, list[str]], known: dict[str, str]) -> list[Sought]:
    """One word that was typed; two where it is a compound that no page has."""
    means = synonyms.get(word) or synonyms.get(stem) or []
    is_known = word in known or stem in known.values()
    if not is_known and not means and (parts := split(language, word, {*known, *synonyms})):
        return [_part(language, part, known, synonyms) for part in parts]
    own = Sought(word, {stem: 1.0})
    for meant in stems_of(language, means):
        own.mean(meant, SYNONYM)
    for other, its_stem in known.items():
        if other != word:
            own.mean(its_stem, max(family(language, word, other, is_known), slipped(word, other, is_known or means)))
    likeness = {other: OSA.normalized_similarity(word, other) for other in known}
    own.like = sorted((other for other in known if likeness[other] >= PROPOSED), key=lambda other: -likeness[other])
    return [own]


def family(language: str, word: str, other: str, is_known: bool) -> float:
    """How well a word of the site stands for one that was typed, by the letters that they have in common."""
    compounds = language in COMPOUNDING
    if len(word) < SHORTEST:
        return 0
    if other.startswith(word):
        return BEGINNING
    if compounds and other.endswith(word):
        return END
    if is_known:
        return 0
    if compounds and len(other) > SHORTEST and (word.endswith(other) or word.startswith(other)):
        return END
    return SHARED if len(word) > FAMILY and other.startswith(word[:FAMILY]) else 0


def slipped(word: str, other: str, is_meant: object) -> float:
    """How probably it is the other word with slips; seldom where the typed word means something itself."""
    most = slips(word)
    away = OSA.distance(word, other, score_cutoff=most)
    return (SLIP_IN_KNOWN if is_meant else SLIP) ** away if most and away <= most else 0


def _part(language: str, part: str, known: dict[str, str], synonyms: dict[str, list[str]]) -> Sought:
    stems = [known[part]] if part in known else stems_of(language, synonyms[part])
    return Sought(part, dict.fromkeys(stems, PART))


def parts_of(language: str, word: str) -> set[str]:
    """What a compound may be made of."""
    if language not in COMPOUNDING or len(word) < 2 * SHORTEST:
        return set()
    places = range(SHORTEST, len(word) - SHORTEST + 1)
    heads = {word[:place].removesuffix(link) for place in places for link in LINKS}
    return heads | {word[place:] for place in places}


def split(language: str, word: str, known: Container[str]) -> tuple[str, str] | None:
    """A compound as two known words, the longest end first."""
    if language not in COMPOUNDING:
        return None
    for place in range(SHORTEST, len(word) - SHORTEST + 1):
        head, tail = word[:place], word[place:]
        if tail in known:
            for link in LINKS:
                if head.endswith(link) and head.removesuffix(link) in known:
                    return head.removesuffix(link), tail
    return None


def candidates(language: str, words: Iterable[str]) -> Iterable[tuple[str, str]]:
    """Words of the site, with their stems, that begin or end as one of these: ranges of two indexes."""
    asked = Q(word__in=words)
    for word in words:
        if len(word) < SHORTEST:
            continue
        backwards = word[::-1]
        asked |= _begins("word", word)
        if language in COMPOUNDING:
            asked |= _begins("backwards", backwards) | Q(word__in=parts_of(language, word))
        if len(word) > FAMILY:
            asked |= _begins("word", word[:FAMILY])
        # A slip leaves the beginning of a word as it was, or its end.
        intact = max(1, (len(word) - 2) // (slips(word) + 1))
        asked |= _begins("word", word[:intact]) | _begins("backwards", backwards[:intact])
    return SearchWord.objects.filter(asked, language=language).values_list("word", "stem")


def _begins(column: str, beginning: str) -> Q:
    """A range in place of LIKE, for which neither database would use the index; words are of a to z and digits only."""
    return Q(**{f"{column}__gte": beginning, f"{column}__lte": beginning + LAST})
