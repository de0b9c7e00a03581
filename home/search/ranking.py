"""What fits best: the same on both databases, in a number of queries that never changes."""

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from ..models import SearchEntry, SearchPlace
from .matching import Sought, sought_in
from .stems import words_in

Kind = SearchEntry.Kind
LISTED = 20
# Those of which the names are looked at: the words alone say which these are.
LOOKED_AT = 60
# Of the best result's score.
WORTH_SHOWING = 0.12
# Of so many words one has to be known.
LEAST = 3
# Answers before pages; the first page says a little of everything, and news are old soon.
BOOST = {Kind.QUESTION: 1.1, Kind.TERM: 1.1, Kind.TOOL: 1.1, Kind.NEWS: 0.8}
HOME = 0.3
# What is asked for by its name: by all of it and nothing else; or all words are in it, or it is among the words.
NAMED, PARTLY_NAMED = 1.6, 1.25
# What is left of the score of an entry that has hardly any of the words that are known.
SOME = 0.3
# What the others of a word's meanings count beside the best: "revenu d'intégration" has two.
OTHERS = 0.3
# What words in one sentence add, where all that was typed stands in it.
TOGETHER = 0.4
# What a title adds that has all the words as they were typed, small ones too.
ALIKE = 0.15
# How well a word has to stand for one of the name.
CALLS = 0.6
# And for one that is marked in a result.
SURE = 0.5
ANSWERS = (Kind.QUESTION, Kind.TERM)
FIRST = 3
ABOUT = 0.6


@dataclass
class Found:
    """The results, best first, and for a search without any the words of the site that look like what was typed.

    Each entry has `told`, the number of its sentence that says most of what was sought (0: its title); `stems` are what
    the typed words surely mean.
    """

    entries: list[SearchEntry] = field(default_factory=list)
    nearest: list[str] = field(default_factory=list)
    stems: set[str] = field(default_factory=set)


@dataclass
class Match:
    """An entry that has some of the words: its score, how much of what was typed it has, and in which sentences."""

    score: float = 0
    has: float = 0
    sentences: dict[int, float] = field(default_factory=lambda: defaultdict(float))

    @property
    def told(self) -> int:
        """The sentence that says most; the title only where no other has any of the words."""
        others = [sentence for sentence in self.sentences if sentence]
        return max(others, key=lambda sentence: (self.sentences[sentence], -sentence), default=0)

    def total(self, known: float) -> float:
        """The score, less where rare words are missing, more where the words stand together."""
        together = max(self.sentences.values(), default=0) / known
        return self.score * (SOME + (1 - SOME) * self.has / known) * (1 + TOGETHER * together)


def find(language: str, query: str) -> Found:
    """The entries that fit, best first; none where less than a third of the words are known."""
    sought = sought_in(language, query)
    places = places_of(language, {stem for one in sought for stem in one.stems})
    number = SearchEntry.objects.filter(language=language).count()
    matches: dict[int, Match] = defaultdict(Match)
    known = 0.0
    words = 0
    for one in sought:
        rarity = rarity_of(one, places, number)
        if rarity:
            known += rarity
            words += 1
            add(one, rarity, places, number, matches)
    if words * LEAST < len(sought):
        matches.clear()
    scores = {entry_id: match.total(known) for entry_id, match in matches.items()}
    first = sorted(scores, key=lambda entry_id: (-scores[entry_id], entry_id))[:LOOKED_AT]
    rows = SearchEntry.objects.in_bulk(first)
    typed = set(words_in(query))
    ranked = {
        entry_id: scores[entry_id] * boost(rows[entry_id], sought) * alike(rows[entry_id], typed)
        for entry_id in first
        if entry_id in rows
    }
    least = WORTH_SHOWING * max(ranked.values(), default=0)
    order = sorted((found for found in ranked if ranked[found] >= least), key=lambda found: (-ranked[found], found))
    entries = [rows[found] for found in order[:LISTED]]
    for entry in entries:
        entry.told = matches[entry.pk].told
    nearest = [one.like[0] for one in sought if one.like and not any(stem in places for stem in one.stems)]
    sure = {stem for one in sought for stem, confidence in one.stems.items() if confidence >= SURE}
    return Found(answers_first(entries, ranked), [] if entries else nearest, sure)


# ── Words in entries ──────────────────────────────────────────────────────────────────────────────────────────────────
# Of each stem, the entries that have it, each with the weight of its best word and the sentences of all of them.
Places = dict[str, dict[int, tuple[float, set[int]]]]


def places_of(language: str, stems: Iterable[str]) -> Places:
    found: Places = defaultdict(dict)
    places = SearchPlace.objects.filter(word__language=language, word__stem__in=stems)
    for stem, entry_id, weight, sentences in places.values_list("word__stem", "entry_id", "weight", "sentences"):
        best, others = found[stem].get(entry_id, (0, set()))
        found[stem][entry_id] = (max(weight, best), others.union(sentences))
    return found


def rarity_of_stem(stem: str, places: Places, number: int) -> float:
    return math.log(1 + number / len(places[stem])) if stem in places else 0


def rarity_of(one: Sought, places: Places, number: int) -> float:
    """How much a word says: itself, where the site has it; else of all that it means, what stands for it best."""
    own = max((rarity_of_stem(stem, places, number) for stem, sure in one.stems.items() if sure == 1), default=0)
    return own or max((sure * rarity_of_stem(stem, places, number) for stem, sure in one.stems.items()), default=0)


def add(one: Sought, rarity: float, places: Places, number: int, matches: dict[int, Match]) -> None:
    """What each entry has of one word: of all that it means, mostly that which counts most. Rare words count more.

    How much of what was typed an entry has does not depend on how rare the word is by which it says it.
    """
    worths: dict[int, list[float]] = defaultdict(list)
    surest: dict[int, float] = {}
    said: dict[tuple[int, int], float] = {}
    for stem, sure in one.stems.items():
        worth = sure * rarity_of_stem(stem, places, number)
        for entry_id, (weight, sentences) in places.get(stem, {}).items():
            worths[entry_id].append(worth * weight)
            surest[entry_id] = max(surest.get(entry_id, 0), sure)
            for sentence in sentences:
                said[entry_id, sentence] = max(said.get((entry_id, sentence), 0), sure)
    for entry_id, found in worths.items():
        best = max(found)
        matches[entry_id].score += best + OTHERS * (sum(found) - best)
        matches[entry_id].has += surest[entry_id] * rarity
    for (entry_id, sentence), sure in said.items():
        matches[entry_id].sentences[sentence] += sure * rarity


# ── Names and answers ─────────────────────────────────────────────────────────────────────────────────────────────────
def boost(entry: SearchEntry, sought: list[Sought]) -> float:
    """What is asked for by its own name comes first, and a short answer before a page."""
    if entry.url == f"/{entry.language}/":
        return HOME
    names = set(entry.names)
    called = [{stem for stem, confidence in one.stems.items() if confidence >= CALLS} & names for one in sought]
    kind = BOOST.get(Kind(entry.kind), 1.0)
    all_asked, all_named = all(called), names and names == set().union(*called)
    if all_asked and all_named:
        return NAMED * kind
    return PARTLY_NAMED * kind if all_asked or all_named else kind


def alike(entry: SearchEntry, typed: set[str]) -> float:
    """What asks in the same words comes first: "who can …", "when …"; here those that say little count too."""
    return 1 + ALIKE * len(typed.intersection(words_in(entry.title))) / len(typed) if typed else 1


def answers_first(entries: list[SearchEntry], ranked: dict[int, float]) -> list[SearchEntry]:
    """The same results; an answer among the first three that fits about as well as the best of them stands first."""
    best = ranked[entries[0].pk] if entries else 0
    close = [entry for entry in entries[:FIRST] if ranked[entry.pk] >= ABOUT * best]
    answer = next((entry for entry in close if entry.kind in ANSWERS and entry.answer), None)
    return [answer, *(entry for entry in entries if entry is not answer)] if answer else entries
