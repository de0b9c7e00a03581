"""Official terms in the texts that somebody translates: what to call a thing, and where it is called something else."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape

from django.utils.html import strip_tags
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from ..models import OfficialTerm, Term
from ..numbers import TOKEN

# Short endings of a plural or a case, after a word as it stands in the list.
ENDING = {"nl": "(?:en|n|s|’s|e)?", "fr": "(?:s|x|e|es)?", "de": "(?:en|n|es|s|e|er|ern)?", "en": "(?:s|es)?"}


@dataclass(frozen=True)
class KnownTerm:
    """A term with its spellings in the language of the source and in that of the translation."""

    source: tuple[str, ...]
    target: tuple[str, ...]


@dataclass(frozen=True)
class UsedTerm:
    source: str
    target: str
    # What the translation of this text does not have; None where there is no translation yet.
    is_absent: bool | None


@dataclass(frozen=True)
class SegmentTerms:
    """A text to translate with the terms in it."""

    text: str
    terms: list[UsedTerm]

    @property
    def absent(self) -> list[UsedTerm]:
        """What its translation calls something else."""
        return [term for term in self.terms if term.is_absent]


def known_terms(source: str, target: str) -> list[KnownTerm]:
    """The official terms, and words of the glossary that are none; those of more words first."""
    found = [
        KnownTerm(tuple(term.spellings(source)), tuple(term.spellings(target))) for term in OfficialTerm.objects.all()
    ]
    official = {spelling.casefold() for term in found for spelling in term.source}
    glossary: dict = {}
    for word in Term.objects.filter(live=True, locale__language_code__in=[source, target]).select_related("locale"):
        glossary.setdefault(word.translation_key, {})[word.locale.language_code] = word.term
    found += [
        KnownTerm((words[source],), (words[target],))
        for words in glossary.values()
        if len(words) == 2 and words[source].casefold() not in official
    ]
    return sorted(found, key=lambda term: -max(map(len, term.source)))


def terms_in(text: str, translated: str | None, known: Iterable[KnownTerm], source: str, target: str) -> list[UsedTerm]:
    """The terms of a text, each once; a part of a longer term is not one of its own."""
    rest, found = TOKEN.sub(" ", text), []
    for term in known:
        pattern = _pattern(term.source, source)
        if match := pattern.search(rest):
            rest = pattern.sub(" ", rest)
            if term.source == term.target:
                continue  # a name
            is_absent = None if translated is None else not _pattern(term.target, target).search(translated)
            found.append((text.find(match[0]), UsedTerm(match[0], term.target[0], is_absent)))
    return [term for _place, term in sorted(found, key=lambda each: each[0])]


def _pattern(spellings: Iterable[str], language: str) -> re.Pattern:
    # An abbreviation is one only in capitals.
    words = "|".join(
        (re.escape(word) if word.isupper() else f"(?i:{re.escape(word)})") + ENDING.get(language, "")
        for word in sorted(spellings, key=len, reverse=True)
    )
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)")


def segments_with_terms(translation: Translation) -> Iterator[SegmentTerms]:
    """The texts of a page or snippet in which a term stands, in its order; four queries."""
    source, target = translation.source.locale.language_code, translation.target_locale.language_code
    known = known_terms(source, target)
    rows = StringTranslation.objects.filter(
        locale=translation.target_locale, context__object_id=translation.source.object_id
    ).values_list("context", "translation_of", "data")
    translated = {(context, string): data for context, string, data in rows if data}
    # An address is made of letters without accents: no text in which a term could be right.
    segments = StringSegment.objects.filter(source=translation.source).exclude(context__path="slug")
    segments = segments.order_by("order").select_related("string")
    for segment in segments:
        text = _plain(segment.string.data) or ""
        target_text = translated.get((segment.context_id, segment.string_id))
        if found := terms_in(text, _plain(target_text), known, source, target):
            yield SegmentTerms(text, found)


def _plain(text: str | None) -> str | None:
    return None if text is None else unescape(strip_tags(text)).replace("'", "’")
