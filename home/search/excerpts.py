"""What a result shows: the short answer, what a tool does, or the sentence that says most; its words marked."""

import re

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from ..models import SearchEntry
from ..models.snippets import short_answer_of
from ..numbers import Numbers, keys_in
from ..templatetags.site import FOREIGN, TAG_OR_FOREIGN
from .ranking import Found
from .sentences import cut, plain
from .stems import stems_of, words_in

Kind = SearchEntry.Kind
# A word; a number with its thousands apart is one.
WORD = re.compile(r"\d+(?:[.,'\s\u202f]\d{3}(?!\d))+|[^\W_]+")
Place = tuple[int, int]


def numbers_of(found: Found) -> Numbers:
    """The numbers that the results show."""
    texts = [text for entry in found.entries for text in (line_of(entry)[0], entry.answer)]
    return Numbers(set().union(*map(keys_in, texts)))


def line_of(entry: SearchEntry) -> tuple[str, str]:
    """What an entry says on this search, not cut yet, and the language of it."""
    if entry.kind == Kind.QUESTION:
        return short_answer_of(entry.answer), entry.language
    if entry.kind == Kind.TERM:
        return plain(entry.answer), entry.language
    if entry.told and entry.kind not in (Kind.TOOL, Kind.DOCUMENT):
        text, language = entry.sentences[entry.told]
        return text, language
    return entry.summary, entry.language


def excerpt(entry: SearchEntry, found: Found, numbers: Numbers) -> SafeString:
    """That line as HTML, cut to a length that one reads, the words that were sought in <mark>."""
    text, language = line_of(entry)
    text = numbers.say(text)
    places = marked_in(text, language, found.stems)
    text, moved = cut(text, places)
    places = [(begin + moved, end + moved) for begin, end in places]
    html = with_marks(text, [(begin, end) for begin, end in places if begin >= 0 and end <= len(text)], language)
    return format_html('<span lang="{}">{}</span>', language, html) if language != entry.language else html


def marked_in(text: str, language: str, stems: set[str]) -> list[Place]:
    """Where words stand that were sought."""
    found = [(word.span(), words_in(word[0])) for word in WORD.finditer(text)]
    return [place for place, words in found if not stems.isdisjoint(stems_of(language, words))]


def with_marks(text: str, places: list[Place], language: str) -> SafeString:
    """A text as HTML: these places marked, names of another language with theirs."""
    parts, at = [], 0
    for name in TAG_OR_FOREIGN.finditer(text):
        if FOREIGN.get(name[0], language) != language:
            parts.append(_with_marks(text, places, at, name.start()))
            named = _with_marks(text, places, name.start(), name.end())
            parts.append(format_html('<span lang="{}">{}</span>', FOREIGN[name[0]], named))
            at = name.end()
    parts.append(_with_marks(text, places, at, len(text)))
    return mark_safe("".join(parts))  # noqa: S308 (made of escaped parts)


def _with_marks(text: str, places: list[Place], begin: int, end: int) -> SafeString:
    parts, at = [], begin
    for first, last in places:
        if begin <= first and last <= end:
            parts += [conditional_escape(text[at:first]), format_html("<mark>{}</mark>", text[first:last])]
            at = last
    parts.append(conditional_escape(text[at:end]))
    return mark_safe("".join(parts))  # noqa: S308 (made of escaped parts)
