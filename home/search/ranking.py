"""What fits best: the same on both databases, in a number of queries that never changes."""

import math
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from ..models import SearchEntry, SearchPlace
from .matching import Sought, sought_in

Kind = SearchEntry.Kind
LISTED = 20
# Those of which the names are looked at: the words alone say which these are.
LOOKED_AT = 60
# Of the best result's score.
WORTH_SHOWING = 0.12
# Answers before pages; the first page says a little of everything, and news are old soon.
BOOST = {Kind.QUESTION: 1.1, Kind.TERM: 1.1, Kind.TOOL: 1.1, Kind.NEWS: 0.8}
HOME = 0.3
# What is asked for by its name: by all of it and nothing else; or all words are in it, or it is among the words.
NAMED, PARTLY_NAMED = 1.6, 1.25
# What is left of the score of an entry that has hardly any of the words that are known.
SOME = 0.4
# How well a word has to stand for one of the name.
CALLS = 0.6
ANSWERS = (Kind.QUESTION, Kind.TERM)
FIRST = 3


@dataclass
class Found:
    """The results, best first, and for a search without any the words of the site that look like what was typed."""

    entries: list[SearchEntry] = field(default_factory=list)
    nearest: list[str] = field(default_factory=list)


def find(language: str, query: str) -> Found:
    """The entries that fit, best first; none where less than half of the words are known."""
    sought = sought_in(language, query)
    stems = {stem for one in sought for stem in one.stems}
    weights: dict[str, dict[int, float]] = defaultdict(dict)
    places = SearchPlace.objects.filter(word__language=language, word__stem__in=stems)
    for stem, entry_id, weight in places.values_list("word__stem", "entry_id", "weight"):
        weights[stem][entry_id] = max(weight, weights[stem].get(entry_id, 0))
    number = SearchEntry.objects.filter(language=language).count()
    scores: dict[int, float] = defaultdict(float)
    has: Counter[int] = Counter()
    known = 0
    for one in sought:
        best = best_of(one, weights, number)
        known += bool(best)
        for entry_id, score in best.items():
            scores[entry_id] += score
            has[entry_id] += 1
    if known * 2 < len(sought):
        scores.clear()
    for entry_id in scores:
        scores[entry_id] *= SOME + (1 - SOME) * has[entry_id] / known
    first = sorted(scores, key=lambda entry_id: (-scores[entry_id], entry_id))[:LOOKED_AT]
    rows = SearchEntry.objects.in_bulk(first)
    ranked = {entry_id: scores[entry_id] * boost(rows[entry_id], sought) for entry_id in first if entry_id in rows}
    least = WORTH_SHOWING * max(ranked.values(), default=0)
    order = sorted((found for found in ranked if ranked[found] >= least), key=lambda found: (-ranked[found], found))
    entries = [rows[found] for found in order[:LISTED]]
    nearest = [one.like[0] for one in sought if one.like and not any(stem in weights for stem in one.stems)]
    return Found(answers_first(entries), [] if entries else nearest)


def best_of(one: Sought, weights: dict[str, dict[int, float]], number: int) -> dict[int, float]:
    """What each entry has of one word: of all that it means, that which counts most. Rare words count more."""
    best: dict[int, float] = {}
    for stem, confidence in one.stems.items():
        there = weights.get(stem, {})
        rarity = math.log(1 + number / len(there)) if there else 0
        for entry_id, weight in there.items():
            best[entry_id] = max(best.get(entry_id, 0), confidence * weight * rarity)
    return best


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


def answers_first(entries: list[SearchEntry]) -> list[SearchEntry]:
    """The same results; if there is an answer among the first three, it stands first."""
    answer = next((entry for entry in entries[:FIRST] if entry.kind in ANSWERS and entry.answer), None)
    return [answer, *(entry for entry in entries if entry is not answer)] if answer else entries
