"""The texts, images and headings of a page or snippet, in the order in which they stand there."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.db import models
from django.template.loader import get_template
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTable
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageBlock
from wagtail.models import Page
from wagtail.rich_text import RichText

from ..blocks.overviews import texts_of

HEADING = re.compile(r"<h([1-6])\b")
# Addresses and mail addresses have no sentences; what is copied between languages is checked in its own.
NO_TEXTS = (models.SlugField, models.URLField, models.EmailField)


@dataclass(frozen=True)
class Part:
    """A part of a page or snippet: a text (HTML where it is rich), or an image with its alternative text.

    block_id: of the block of the body in which it stands. levels: of the headings that its block begins.
    """

    text: str
    block_id: str = ""
    is_rich: bool = False
    is_image: bool = False
    is_decorative: bool = False
    levels: tuple[int, ...] = ()


def parts_of(instance: models.Model) -> Iterator[Part]:
    """All that readers read of it."""
    for field in _fields_of(instance):
        value = getattr(instance, field.name)
        if isinstance(field, StreamField):
            for child in value:
                block_id = child.id or ""
                # Where its headings stand; its texts follow.
                yield Part("", block_id, levels=_levels_of(child.block))
                yield from _parts_of(child.block, child.value, block_id)
        elif value:
            yield Part(str(value), is_rich=isinstance(field, RichTextField))


def _fields_of(instance: models.Model) -> list[models.Field]:
    """Those with texts in the language of the instance; of a page, Wagtail's fields as its search shows them."""
    kinds = (models.CharField, models.TextField, StreamField)
    own = [
        field
        for field in instance._meta.concrete_fields
        if isinstance(field, kinds) and not isinstance(field, NO_TEXTS) and field.editable and not field.choices
    ]
    if isinstance(instance, Page):
        of_wagtail = {field.name for field in Page._meta.concrete_fields} - {"title", "search_description"}
        own = [field for field in own if field.name not in of_wagtail | {"unexplained"}]
    return own


def _parts_of(block: blocks.Block, value, block_id: str) -> Iterator[Part]:
    if value is None:
        return
    if isinstance(block, ImageBlock):
        yield Part(
            getattr(value, "contextual_alt_text", "") or "",
            block_id,
            is_image=True,
            is_decorative=bool(getattr(value, "decorative", False)),
        )
    elif isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            yield from _parts_of(child, value.get(name), block_id)
    elif isinstance(block, blocks.ListBlock):
        for child in value:
            yield from _parts_of(block.child_block, child, block_id)
    elif isinstance(block, blocks.StreamBlock):
        for child in value:
            yield from _parts_of(child.block, child.value, block_id)
    elif isinstance(value, TypedTable):
        for text in filter(None, texts_of(value)):
            yield Part(text, block_id)
    elif isinstance(value, RichText):
        yield Part(value.source, block_id, is_rich=True)
    elif isinstance(block, blocks.CharBlock | blocks.TextBlock) and value:
        yield Part(str(value), block_id)


def _levels_of(block: blocks.Block) -> tuple[int, ...]:
    name = getattr(block.meta, "template", None)
    return _levels_in(name) if name else ()


@lru_cache
def _levels_in(template: str) -> tuple[int, ...]:
    return tuple(int(level) for level in HEADING.findall(get_template(template).template.source))
