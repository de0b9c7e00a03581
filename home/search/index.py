"""The index of the search, in the database: one for all processes, changed in the transaction that changes the site.

What was published is found by the next reader. `bring_up_to_date` mends what no signal told of: a deployment, a
command.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from wagtail.documents import get_document_model
from wagtail.models import CollectionViewRestriction
from wagtail.signals import (
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
    published,
    unpublished,
)

from partners.models import ChecklistTemplate, YearFigure

from ..models import (
    Fact,
    GlossaryPage,
    Question,
    QuestionsPage,
    SearchEntry,
    SearchPlace,
    SearchWord,
    Session,
    SessionPage,
    SitePage,
    Term,
)
from ..numbers import TOKEN
from . import entries
from .entries import Entry, with_numbers
from .stems import silent_words, stems_of, telling_words, words_in

# How much each further time counts that a word stands in a text.
MORE = 0.25
# Of a word's sentences, so many are kept: enough to see whether it stands beside another.
MOST_SENTENCES = 30
LATER: ContextVar[bool] = ContextVar("LATER", default=False)


@contextmanager
def left_for_later() -> Iterator[None]:
    """Leave the index alone within: whoever changes very much calls `bring_up_to_date` at its end."""
    token = LATER.set(True)
    try:
        yield
    finally:
        LATER.reset(token)


# ── All of it ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def bring_up_to_date(languages: Iterable[str] = ()) -> int:
    """Write what differs from what stands there; answers how many entries (a job of `run_due`)."""
    return sum(_bring_up_to_date(language) for language in languages or [code for code, _name in settings.LANGUAGES])


@transaction.atomic
def _bring_up_to_date(language: str) -> int:
    there = {
        (kind, key): digest
        for kind, key, digest in SearchEntry.objects.filter(language=language).values_list("kind", "key", "digest")
    }
    now = {(entry.kind.value, entry.key): entry for entry in entries.entries_of(language)}
    changed = [entry for place, entry in now.items() if there.get(place) != entry.digest]
    gone = [place for place in there if place not in now]
    put(changed)
    for kind, key in gone:
        remove(language, kind, key)
    if changed or gone:
        SearchWord.objects.filter(language=language, places=None).delete()
    return len(changed) + len(gone)


# ── One entry ─────────────────────────────────────────────────────────────────────────────────────────────────────────
@transaction.atomic
def put(changed: Iterable[Entry]) -> None:
    """Write these entries, each in the place of what stood there before."""
    for entry in changed:
        written, _created = SearchEntry.objects.update_or_create(
            language=entry.language,
            kind=entry.kind,
            key=entry.key,
            defaults={
                "title": entry.title[:255],
                "url": entry.url,
                "summary": entry.summary,
                "answer": entry.answer,
                "sentences": [(sentence, entry.language_of(sentence)) for sentence, _weight in entry.sentences],
                "names": sorted(set(stems_of(entry.language, telling_words(entry.language, entry.title)))),
                "digest": entry.digest,
            },
        )
        written.places.all().delete()
        places = places_of(entry)
        ids = ids_of(entry.language, list(places))
        SearchPlace.objects.bulk_create(
            [
                SearchPlace(entry=written, word_id=ids[word], weight=weight, sentences=sentences)
                for word, (weight, sentences) in places.items()
            ]
        )


def places_of(entry: Entry) -> dict[str, tuple[float, list[int]]]:
    """Each word that says something, with its weight and the sentences in which it stands.

    The weight is that of its best place, a little more where it stands often.
    """
    best: dict[str, float] = defaultdict(float)
    where: dict[str, list[int]] = defaultdict(list)
    # "Who does what?" has a name of nothing but such words.
    name = telling_words(entry.language, entry.title)
    silent = silent_words(entry.language).difference(name)
    values = dict(entry.numbers)
    for number, (sentence, weight) in enumerate(entry.sentences):
        for word in words_in(TOKEN.sub(lambda match: f" {values.get(match[1], '')} ", sentence)):
            if word not in silent:
                best[word] = max(best[word], weight)
                where[word].append(number)
    return {
        word: (weight + MORE * math.log(len(where[word])), list(dict.fromkeys(where[word]))[:MOST_SENTENCES])
        for word, weight in best.items()
    }


def ids_of(language: str, words: list[str]) -> dict[str, int]:
    """The rows of these words, made where there are none yet."""
    rows = SearchWord.objects.filter(language=language, word__in=words)
    known = dict(rows.values_list("word", "pk"))
    new = [word for word in words if word not in known]
    if new:
        SearchWord.objects.bulk_create(
            [
                SearchWord(language=language, word=word, backwards=word[::-1], stem=stem)
                for word, stem in zip(new, stems_of(language, new), strict=True)
            ],
            # Another process may write the same word.
            ignore_conflicts=True,
        )
        known = dict(rows.values_list("word", "pk"))
    return known


def remove(language: str, kind: str, key: str) -> None:
    SearchEntry.objects.filter(language=language, kind=kind, key=key).delete()


# ── What changes it ───────────────────────────────────────────────────────────────────────────────────────────────────
def follow(sender, instance, **kwargs) -> None:
    """Something was published or saved that readers find; what only waits for its time is told of too."""
    if LATER.get() or not getattr(instance, "live", True):
        return
    match instance:
        case QuestionsPage() | GlossaryPage():
            # Its entries stand at its address.
            bring_up_to_date([instance.language])
        case SitePage():
            put(with_numbers([entries.entry_of_page(instance)]))
            follow_open_questions(instance.language)
        case Question():
            language = instance.locale.language_code
            put(with_numbers([entries.entry_of_question(instance, entries.Homes(language))]))
            follow_open_questions(language)
        case Term():
            language = instance.locale.language_code
            put(with_numbers([entries.entry_of_term(instance, entries.Homes(language))]))
        case ChecklistTemplate() | YearFigure() | Fact():
            bring_up_to_date()
        case Session():
            pages = SessionPage.objects.live().filter(session=instance).select_related("session")
            put(with_numbers([entries.entry_of_page(page) for page in pages]))


def follow_open_questions(language: str) -> None:
    """What a page or a question asks may be open no longer, or anew."""
    now = list(entries.entry_of_open_questions(language))
    if now:
        put(with_numbers(now))
    else:
        remove(language, SearchEntry.Kind.PAGE, entries.OPEN)


def follow_text(sender, instance, **kwargs) -> None:
    """Of pages, Wagtail sends this signal as well as their own."""
    if not isinstance(instance, SitePage):
        follow(sender, instance)


def forget(sender, instance, **kwargs) -> None:
    """Something was taken off the site."""
    if isinstance(instance, SitePage | Question | Term):
        key, language = str(instance.translation_key), instance.locale.language_code
        SearchEntry.objects.filter(language=language, key=key).delete()
        if not isinstance(instance, Term):
            follow_open_questions(language)


def follow_addresses(sender, instance, **kwargs) -> None:
    """A page moved, and all below it."""
    if not LATER.get() and isinstance(instance.specific, SitePage):
        bring_up_to_date([instance.locale.language_code])


def follow_document(sender, instance, **kwargs) -> None:
    """Editors offer or change a file; one title for all languages."""
    if LATER.get():
        return
    if instance.collection.view_restrictions.exists():
        forget_document(sender, instance)
    else:
        put(with_numbers([entries.entry_of_document(instance, code) for code, _name in settings.LANGUAGES]))


def follow_collection(sender, instance, **kwargs) -> None:
    """A collection was closed to some, or opened: its files are found by all readers or by none."""
    if not LATER.get():
        for document in get_document_model().objects.filter(collection=instance.collection):
            follow_document(sender, document)


def forget_document(sender, instance, **kwargs) -> None:
    SearchEntry.objects.filter(kind=SearchEntry.Kind.DOCUMENT, key=f"file/{instance.pk}").delete()


def connect() -> None:
    page_published.connect(follow)
    published.connect(follow_text)
    for signal in (page_unpublished, unpublished):
        signal.connect(forget)
    for model in (Question, Term):
        post_delete.connect(forget, sender=model)
    for signal in (page_slug_changed, post_page_move):
        signal.connect(follow_addresses, sender=None)
    post_save.connect(follow_document, sender=get_document_model())
    post_delete.connect(forget_document, sender=get_document_model())
    for signal in (post_save, post_delete):
        signal.connect(follow_collection, sender=CollectionViewRestriction)
