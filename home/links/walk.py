"""The links in what readers see: choosers, rich text, addresses and tools, in fields and in blocks of any kind."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bs4 import BeautifulSoup
from django.db import models
from wagtail import blocks
from wagtail.documents.models import AbstractDocument
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from ..blocks import TOOLS

PAGE, DOCUMENT, ADDRESS, TOOL = "page", "document", "address", "tool"
# Of Page itself: where it stands, not where it leads.
NO_LINKS = {"alias_of", "page_ptr"}


@dataclass(frozen=True)
class Link:
    """`block` names the field or the piece of the body in which it stands; `target` is an id, an address or a name."""

    block: str
    kind: str
    target: str


def links_in(instance: models.Model) -> Iterator[Link]:
    """All links in a page or snippet as it stands in the database."""
    for field in instance._meta.concrete_fields:
        value = getattr(instance, field.attname)
        if isinstance(field, StreamField):
            for part in value.raw_data:
                name = part["type"]
                if name in value.stream_block.child_blocks:
                    found = _in_block(value.stream_block.child_blocks[name], part["value"])
                    yield from (Link(name, *link) for link in found)
        elif value and field.name not in NO_LINKS:
            yield from (Link(field.name, *link) for link in _in_field(field, value))


def _in_field(field: models.Field, value) -> Iterable[tuple[str, str]]:
    if isinstance(field, RichTextField):
        return _in_html(value)
    if isinstance(field, models.URLField):
        return [(ADDRESS, value)]
    return _chosen(field.related_model, value) if isinstance(field, models.ForeignKey) else []


def _chosen(model: type[models.Model], key) -> Iterable[tuple[str, str]]:
    if issubclass(model, Page):
        return [(PAGE, str(key))]
    return [(DOCUMENT, str(key))] if issubclass(model, AbstractDocument) else []


def _in_block(block: blocks.Block, raw) -> Iterator[tuple[str, str]]:
    """`raw` is what the database keeps: where what was chosen is gone, only that still tells its id."""
    if not raw:
        return
    if isinstance(block, blocks.BaseStreamBlock):
        for part in raw:
            if part["type"] in block.child_blocks:
                yield from _in_block(block.child_blocks[part["type"]], part["value"])
    elif isinstance(block, blocks.ListBlock):
        for part in raw:
            is_item = isinstance(part, dict) and part.get("type") == "item"
            yield from _in_block(block.child_block, part["value"] if is_item else part)
    elif isinstance(block, blocks.BaseStructBlock):
        for name, child in block.child_blocks.items():
            yield from _in_block(child, raw.get(name))
    elif isinstance(block, blocks.RichTextBlock):
        yield from _in_html(raw)
    elif isinstance(block, blocks.URLBlock):
        yield ADDRESS, raw
    elif isinstance(block, blocks.ChooserBlock):
        yield from _chosen(block.model_class, raw)
    elif isinstance(block, blocks.ChoiceBlock) and block.field.choices and _is_tool(block):
        yield TOOL, raw


def _is_tool(block: blocks.ChoiceBlock) -> bool:
    return {value for value, _label in TOOLS} <= {value for value, _label in block.field.choices}


def _in_html(html: str) -> Iterator[tuple[str, str]]:
    """The links of rich text, as Wagtail keeps them."""
    for link in BeautifulSoup(html, "html.parser").find_all("a"):
        if link.get("linktype") in (PAGE, DOCUMENT):
            yield link["linktype"], link.get("id", "")
        elif link.get("href"):
            yield ADDRESS, link["href"]
