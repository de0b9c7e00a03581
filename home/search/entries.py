"""What readers can find, as entries with their texts: pages, questions, terms, tools, documents, sessions, news."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db.models import Model
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.models import Page

from partners.checklists.services import valid_on
from partners.models import YearFigure
from portal import clock
from portal.formats import labelled

from ..models import (
    GlossaryPage,
    NewsPage,
    Question,
    QuestionsPage,
    SearchEntry,
    SessionPage,
    SitePage,
    Term,
)
from ..models.incomplete import is_incomplete
from ..numbers import Numbers, keys_in
from ..open_questions import open_questions
from .actions import ACTIONS, FILES, Offered
from .sentences import plain, sentences_in

Kind = SearchEntry.Kind
# An answer says what it says in a few words; a page mentions much.
TITLE, HEADING, ANSWER, TEXT = 3.0, 2.0, 2.0, 1.0
# Parts of blocks that are no texts.
NO_TEXTS = {
    *("id", "type", "page", "icon", "code", "tool", "mark", "example"),
    *("key", "shape", "address", "language", "file", "image", "decorative"),
    # Said only while there is nothing to show.
    "nobody",
}
OPEN = "open-questions"
# Blocks that lead elsewhere: what they say is found there.
LEADS_ON = {"doors", "entrances", "action", "questions", "sessions", "checklist"}
CHECKLIST = "checklist"
YEARS = {"arrivals", "chart"}


@dataclass(frozen=True)
class Entry:
    """Something that can be found, and its texts, each with how much its words count.

    Numbers stand in texts by their keys; `numbers` are their values as people type them: (key, digits).
    """

    language: str
    kind: Kind
    key: str
    title: str
    url: str
    texts: tuple[tuple[str, float], ...]
    summary: str = ""
    answer: str = ""
    numbers: tuple[tuple[str, str], ...] = ()
    # Sentences that are not translated yet, and their language.
    foreign: frozenset[str] = frozenset()
    source_language: str = ""

    @property
    def sentences(self) -> list[tuple[str, float]]:
        """The title, then each other sentence once, with how much its words count."""
        found = {self.title: TITLE}
        for text, weight in self.texts:
            for sentence in sentences_in(text):
                found[sentence] = max(weight, found.get(sentence, 0))
        return list(found.items())

    def language_of(self, sentence: str) -> str:
        return self.source_language if sentence in self.foreign else self.language

    @property
    def digest(self) -> str:
        parts = [self.title, self.url, self.texts, self.summary, self.answer, self.numbers, sorted(self.foreign)]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def with_numbers(entries: Iterable[Entry]) -> list[Entry]:
    """These entries with the numbers that they name; three queries, however many there are."""
    entries = list(entries)
    keys = {entry: keys_in(" ".join(text for text, _weight in entry.texts)) for entry in entries}
    numbers = Numbers(set().union(*keys.values()))
    values = {key: digits(number.value) for key, number in numbers.found.items()}
    return [
        replace(entry, numbers=tuple((key, values[key]) for key in sorted(named) if values.get(key)))
        for entry, named in keys.items()
    ]


def digits(value: Decimal) -> str:
    """A whole number as it is typed; parts of one are typed in too many ways."""
    return str(int(value)) if value == int(value) else ""


def entries_of(language: str) -> list[Entry]:
    """All that can be found in this language; a few queries, however much there is."""
    return with_numbers(_entries_of(language))


def _entries_of(language: str) -> Iterator[Entry]:
    published = {"locale__language_code": language, "live": True}
    for page in Page.objects.filter(**published, depth__gt=1).annotate(is_incomplete=is_incomplete()).specific():
        if isinstance(page, SitePage):
            yield entry_of_page(page)
    yield from entry_of_open_questions(language)
    homes = Homes(language)
    for question in Question.objects.filter(**published):
        yield entry_of_question(question, homes)
    for term in Term.objects.filter(**published):
        yield entry_of_term(term, homes)
    with translation.override(language):
        for offered in ACTIONS:
            yield entry_of_offered(offered, Kind.TOOL, language)
        for offered in FILES:
            yield entry_of_offered(offered, Kind.DOCUMENT, language)
    for document in get_document_model().objects.filter(collection__view_restrictions=None):
        yield entry_of_document(document, language)


class Homes:
    """Where questions and terms stand in this language; asked once, at first need."""

    def __init__(self, language: str):
        self.language = language
        self.found: dict[type[Page], str] = {}

    def __getitem__(self, model: type[Page]) -> str:
        if model not in self.found:
            page = model.objects.filter(locale__language_code=self.language, live=True).first()
            self.found[model] = page.url_path if page else f"/{self.language}/"
        return self.found[model]


def entry_of_page(page: SitePage) -> Entry:
    kind, summary = Kind.PAGE, page.search_description or page.intro
    if isinstance(page, SessionPage):
        kind, day = Kind.SESSION, date_in(page.language, page.session.date)
        summary = f"{day}. {summary}"
    elif isinstance(page, NewsPage):
        kind, summary = Kind.NEWS, f"{date_in(page.language, page.date)}. {summary}"
    texts = [(page.title, TITLE), (summary, HEADING), (page.intro, HEADING), *texts_in(page.body.raw_data)]
    kinds = page.kinds_of_blocks()
    if CHECKLIST in kinds:
        texts += checklist_texts(page)
    if not YEARS.isdisjoint(kinds):
        texts += year_texts(page.language)
    missing, source_language = page.missing_on_the_site()
    return Entry(
        page.language,
        kind,
        str(page.translation_key),
        page.title,
        page.url_path,
        tuple(texts),
        summary,
        foreign=frozenset(sentence for text in missing for sentence in sentences_in(text.plain)),
        source_language=source_language,
    )


def checklist_texts(page: SitePage) -> list[tuple[str, float]]:
    """What stands in the lists that are valid today: the page names only their times."""
    shown = {block["value"] for block in page.body.raw_data if block["type"] == CHECKLIST}
    lists = [found for phase, found in valid_on(clock.today()).items() if phase in shown]
    with translation.override(page.language):
        names = [(str(found.get_phase_display()), HEADING) for found in lists]
    return names + [(getattr(item, page.language), TEXT) for found in lists for item in found.items.all()]


def year_texts(language: str) -> list[tuple[str, float]]:
    """What a chart says, year by year: of what is known, by the keys of the numbers."""
    years = YearFigure.objects.filter(live=True).order_by("year").values_list("year", "arrived", "pledged")
    with translation.override(language):
        arrived, pledged = _("%(number)s people arrived"), _("%(number)s places pledged")
        return [
            (labelled(year, f"{', '.join(said)}."), TEXT)
            for year, *numbers in years
            if (
                said := [
                    words % {"number": f"{{year.{year}.{name}}}"}
                    for words, name, number in zip((arrived, pledged), ("arrived", "pledged"), numbers, strict=True)
                    if number is not None
                ]
            )
        ]


def date_in(language: str, day) -> str:
    with translation.override(language):
        return date_format(day)


def entry_of_question(question: Question, homes: Homes) -> Entry:
    """Its link opens the entry, without a script too; one that is still open says so."""
    key = str(question.translation_key)
    url = homes[QuestionsPage] + (f"?open={key}#q{key}" if question.is_answered else f"#q{key}")
    texts = ((question.question, TITLE), (plain(question.answer), ANSWER))
    answer = question.answer if question.is_answered else ""
    return Entry(homes.language, Kind.QUESTION, key, question.question, url, texts, answer=answer)


def entry_of_open_questions(language: str) -> Iterator[Entry]:
    """All questions that the site does not answer yet, as one entry; none before there is a page for them."""
    page = QuestionsPage.objects.filter(locale__language_code=language, live=True).first()
    if page is None:
        return
    published = Question.objects.filter(locale=page.locale_id, live=True)
    asked = open_questions(page.locale_id, published)
    if not asked:
        return
    with translation.override(language):
        title = _("What this site does not answer yet")
        summary = _("Questions that Fedasil still has to answer, and how to ask the team.")
    texts = ((title, TITLE), (summary, HEADING), *((question.text, TEXT) for question in asked))
    yield Entry(language, Kind.PAGE, OPEN, title, f"{page.url_path}#open", texts, summary)


def entry_of_term(term: Term, homes: Homes) -> Entry:
    key = str(term.translation_key)
    texts = ((term.term, TITLE), (term.definition, ANSWER))
    return Entry(
        homes.language, Kind.TERM, key, term.term, f"{homes[GlossaryPage]}#{key}", texts, answer=term.definition
    )


def entry_of_offered(offered: Offered, kind: Kind, language: str) -> Entry:
    """A tool or file of the site, in the active language."""
    title, summary = str(offered.title), str(offered.summary)
    texts = ((title, TITLE), (summary, HEADING), (str(offered.words), HEADING))
    return Entry(language, kind, f"{kind}/{offered.name}", title, reverse(offered.address), texts, summary)


def entry_of_document(document: Model, language: str) -> Entry:
    """A file that editors offer: it has one title for all languages, and may be read in each."""
    with translation.override(language):
        summary = _("Document (%(kind)s)") % {"kind": document.file_extension.upper()}
    texts = ((document.title, TITLE),)
    return Entry(language, Kind.DOCUMENT, f"file/{document.pk}", document.title, document.url, texts, summary)


# ── Texts ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
# A number and the words that go on from it are one sentence.
NUMBERED = {
    "key_figure": lambda value: f"{value['key']} {value['text']}",
    "amounts": lambda value: f"{{rate.{value['code']}}} {value['text']}",
}


def items_of(value) -> list[dict]:
    """The values of a list block, as they are kept, or the only one."""
    return [item.get("value", item) for item in value] if isinstance(value, list) else [value]


def texts_in(value, weight: float = TEXT) -> list[tuple[str, float]]:
    """All texts of a body with their weights: headings and titles count more."""
    found: list[tuple[str, float]] = []
    if isinstance(value, str):
        return [(plain(value), weight)]
    if isinstance(value, dict):
        if value.get("type") in LEADS_ON:
            return []
        if number := NUMBERED.get(value.get("type", "")):
            return [(number(item), weight) for item in items_of(value["value"])]
        if value.get("type") == "arrivals":
            value = {**value["value"], "total": f"{{years.arrived}} {value['value']['total']}"}
        inner = HEADING if value.get("type") == "heading" else weight
        for name, part in value.items():
            if name not in NO_TEXTS:
                found += texts_in(part, HEADING if name in ("title", "moment") else inner)
    elif isinstance(value, Iterable):
        for part in value:
            found += texts_in(part, weight)
    return found
