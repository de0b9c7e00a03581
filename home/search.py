"""Search in one language: forgives accents and small typos, knows readers' own words, puts short answers first.

The index is small (a few hundred texts) and stands in memory; it works the same on both databases. rapidfuzz compares.
"""

import math
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field

from django.core.cache import cache
from django.utils.html import strip_tags
from rapidfuzz import process
from rapidfuzz.distance import OSA
from wagtail.models import Page

from .models import Question, Term
from .models.lists import GlossaryPage, QuestionsPage
from .models.pages import SitePage
from .numbers import TOKEN
from .synonyms import meanings
from .words import words_of

KEPT = 600
# The first page says a little of everything: seldom an answer.
HOME = 0.3
TITLE, HEADING, TEXT = 4.0, 2.0, 1.0
# One slip, neighbours swapped included, in four letters; in longer words one in five.
SIMILAR, SIMILAR_LONG, LONG = 0.74, 0.8, 6
CLOSE = 0.5
STEM = 5
LISTED = 20
# Of the best result's score.
WORTH_SHOWING = 0.3
# Parts of blocks that are no texts.
NO_TEXTS = {
    *("id", "type", "page", "icon", "code", "tool", "mark", "example"),
    *("key", "shape", "address", "language", "file", "image", "decorative"),
}
# Words that say nothing about what is sought.
EMPTY = {
    "nl": "de het een en of van voor op in is zijn was wie wat hoe hoeveel lang wij we krijgen moet met u naar zet dat",
    "fr": "le la les de du des un une et ou pour en est ce c qu qui que quoi comment combien nous avec l d s a par",
    "de": "der die das ein eine und oder von fur in ist wer was wie viel wir mit pro zur zum bis auf",
    "en": "the a an and or of for in is are who what how much many we get with from per do you use to",
}


def cut(word: str) -> float:
    """How alike another word has to be to be meant."""
    return SIMILAR if len(word) < LONG else SIMILAR_LONG


@dataclass(frozen=True)
class Entry:
    """Something that can be found; `kind` is term, question or page."""

    kind: str
    key: str
    title: str
    url: str
    summary: str


@dataclass
class Index:
    """Entries, and for each word where it stands and how much it counts there."""

    language: str
    entries: list[Entry] = field(default_factory=list)
    places: dict[str, dict[int, float]] = field(default_factory=lambda: defaultdict(dict))

    def add(self, entry: Entry, texts: list[tuple[str, float]]) -> None:
        number = len(self.entries)
        self.entries.append(entry)
        for text, weight in texts:
            for word in words_of(TOKEN.sub(" ", text)):
                self.places[word][number] = max(weight, self.places[word].get(number, 0))

    def rarity(self, word: str) -> float:
        return math.log(1 + len(self.entries) / len(self.places[word]))

    def matches(self, sought: str, synonyms: Collection[str] = ()) -> dict[str, float]:
        """The words of the index that this word or its synonyms mean, with how well (0 to 1)."""
        found = {}
        for own in [sought, *synonyms]:
            faith = 1.0 if own == sought else 0.9
            if own in self.places:
                found[own] = faith
            if len(own) >= STEM:
                for word in self.places:
                    if word.startswith(own) or (len(word) >= STEM and own.startswith(word)):
                        found[word] = max(found.get(word, 0), 0.85 * faith)
            if len(own) > 3:
                like = OSA.normalized_similarity
                for word, score, _place in process.extract(own, list(self.places), scorer=like, score_cutoff=cut(own)):
                    found[word] = max(found.get(word, 0), 0.9 * faith * score)
        return found

    def find(self, query: str) -> list[Entry]:
        """The entries that fit, best first; none where less than half of the words are known."""
        said = words_of(query)
        sought = [word for word in said if word not in EMPTY[self.language].split()] or said
        synonyms = meanings(self.language, sought)
        scores: dict[int, float] = defaultdict(float)
        known = 0
        for word in sought:
            best: dict[int, float] = {}
            for match, faith in self.matches(word, synonyms.get(word, ())).items():
                for number, weight in self.places[match].items():
                    best[number] = max(best.get(number, 0), faith * weight * self.rarity(match))
            known += bool(best)
            for number, score in best.items():
                scores[number] += score
        if not sought or known * 2 < len(sought):
            return []
        ranked = {number: score * self.boost(number, sought) for number, score in scores.items()}
        least = WORTH_SHOWING * max(ranked.values(), default=0)
        order = sorted((number for number in ranked if ranked[number] >= least), key=lambda number: -ranked[number])
        return [self.entries[number] for number in order[:LISTED]]

    def boost(self, number: int, sought: list[str]) -> float:
        """What is asked for by its own name comes first, and a short answer before a page."""
        entry = self.entries[number]
        if entry.url == f"/{self.language}/":
            return HOME
        empty = EMPTY[self.language].split()
        title = [word for word in words_of(entry.title) if word not in empty]
        named = sum(any(OSA.normalized_similarity(word, own) >= cut(word) for own in title) for word in sought)
        if named and (named == len(sought) or named == len(title)):
            return 1.6 if len(title) == named else 1.2
        return 1.0 if entry.kind == "page" else 0.9

    def nearest(self, query: str) -> list[str]:
        """Words of the site that look like those that were not found."""
        found = []
        for word in words_of(query):
            if word not in self.places and len(word) > 3:
                close = process.extractOne(
                    word, list(self.places), scorer=OSA.normalized_similarity, score_cutoff=CLOSE
                )
                found += [close[0]] if close else []
        return found


def index_for(language: str) -> Index:
    """The index of a language, made anew when something was published."""
    return cache.get_or_set(f"search:{language}", lambda: build(language), KEPT)


def build(language: str) -> Index:
    index = Index(language)
    homes = {}
    pages = Page.objects.live().filter(locale__language_code=language, depth__gt=1).specific()
    for page in pages:
        if isinstance(page, SitePage):
            homes[type(page)] = page.url_path
            entry = Entry("page", str(page.translation_key), page.title, page.url_path, page.search_description)
            index.add(entry, [(page.title, TITLE), (page.intro, HEADING), *texts_in(page.body.raw_data)])
    published = {"locale__language_code": language, "live": True}
    for question in Question.objects.filter(**published):
        url = f"{homes.get(QuestionsPage, '')}#q{question.translation_key}"
        answer = strip_tags(question.answer)
        entry = Entry("question", str(question.translation_key), question.question, url, "")
        index.add(entry, [(question.question, TITLE), (answer, TEXT)])
    for term in Term.objects.filter(**published):
        url = f"{homes.get(GlossaryPage, '')}#{term.translation_key}"
        entry = Entry("term", str(term.translation_key), term.term, url, term.definition)
        index.add(entry, [(term.term, TITLE), (term.definition, TEXT)])
    return index


def texts_in(value, weight: float = TEXT) -> list[tuple[str, float]]:
    """All texts of a body with their weights: headings and titles count more; doors lead elsewhere and do not count."""
    found = []
    if isinstance(value, str):
        return [(strip_tags(value), weight)]
    if isinstance(value, dict):
        if value.get("type") in ("doors", "action"):
            return []
        inner = HEADING if value.get("type") == "heading" else weight
        for name, part in value.items():
            if name not in NO_TEXTS:
                found += texts_in(part, HEADING if name in ("title", "moment") else inner)
    elif hasattr(value, "__iter__"):
        for part in value:
            found += texts_in(part, weight)
    return found
