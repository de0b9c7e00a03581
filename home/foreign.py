"""Texts of a page in another language than the page's own, marked so for readers and screen readers."""

from collections.abc import Iterable

from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTable
from wagtail.images.models import AbstractImage
from wagtail.rich_text import RichText
from wagtail_localize.strings import StringValue

from .blocks.overviews import change_texts, texts_of
from .blocks.texts import digest, with_foreign_alternative
from .missing import MissingText


class ForeignText(str):
    """A plain text in another language. In a page it says so; as a title, in a search or in a document it is a text."""

    language: str

    def __new__(cls, text: str, language: str):
        made = super().__new__(cls, text)
        made.language = language
        return made

    def __html__(self) -> SafeString:
        return format_html('<span lang="{}">{}</span>', self.language, str(self))


def mark(body: blocks.StreamValue, missing: Iterable[MissingText], language: str) -> int:
    """Mark in this body what is still in the language of the source; answers how many texts that is."""
    return sum(_mark_in(body, text.path.split(".")[1:], text, language) for text in missing if text.may_wait)


def _mark_in(value, path: list[str], text: MissingText, language: str) -> bool:
    """Mark the text at this path below a stream, a list or a group of fields, if it still stands there."""
    if not path:
        return False
    if isinstance(value, TypedTable):
        return _mark_in_table(value, path[0], text, language)
    if isinstance(value, AbstractImage):
        found, value.contextual_alt_text = _marked(value.contextual_alt_text, path[1:], text, language)
        return found
    if isinstance(value, blocks.StructValue):
        name = path[0]
        if name not in value:
            return False
        found, value[name] = _marked(value[name], path[1:], text, language)
        return found
    children = value.bound_blocks if isinstance(value, blocks.list_block.ListValue) else value
    for child in children:
        if child.id == path[0]:
            found, child.value = _marked(child.value, path[1:], text, language)
            return found
    return False


def _mark_in_table(table: TypedTable, place: str, text: MissingText, language: str) -> bool:
    source = StringValue(text.text).render_text()
    is_there = any(found == source and digest(found) == place for found in texts_of(table))
    change_texts(table, lambda found: ForeignText(found, language) if found == source else found)
    return is_there


def _marked(value, path: list[str], text: MissingText, language: str) -> tuple[bool, object]:
    """Whether the text stands here, and the value with it marked."""
    source = StringValue(text.text)
    if isinstance(value, RichText) and path:
        changed = with_foreign_alternative(value, path[0], source, language)
        return changed is not None, changed or value
    if isinstance(value, RichText):
        html = source.render_html(text.attributes)
        if html not in value.source:
            return False, value
        return True, RichText(value.source.replace(html, f'<span lang="{language}">{html}</span>'))
    if isinstance(value, str):
        return (True, ForeignText(value, language)) if value == source.render_text() else (False, value)
    return _mark_in(value, path, text, language), value
