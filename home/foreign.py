"""Texts of a page in another language than the page's own, marked so for readers and screen readers."""

from collections.abc import Iterable

from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import blocks
from wagtail.rich_text import RichText
from wagtail_localize.strings import StringValue

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


def _marked(value, path: list[str], text: MissingText, language: str) -> tuple[bool, object]:
    """Whether the text stands here, and the value with it marked."""
    source = StringValue(text.text)
    if isinstance(value, RichText):
        html = source.render_html(text.attributes)
        if html not in value.source:
            return False, value
        return True, RichText(value.source.replace(html, f'<span lang="{language}">{html}</span>'))
    if isinstance(value, str):
        return (True, ForeignText(value, language)) if value == source.render_text() else (False, value)
    return _mark_in(value, path, text, language), value
