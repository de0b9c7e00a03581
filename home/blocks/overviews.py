"""Blocks that set things side by side or in a row: cards, steps, comparison, table."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTable, TypedTableBlock, TypedTableBlockValidationError
from wagtail_localize.segments import StringSegmentValue

from partners.models import Phase
from portal.text import clean_line

from ..numbers import TOKEN
from . import base
from .base import PlainBlock, TitleBlock
from .texts import digest

ICONS = [
    ("aim_stay", _("first aim: a lasting stay")),
    ("aim_guidance", _("second aim: fitting guidance")),
    ("aim_together", _("third aim: working together")),
    ("home", _("house")),
    ("guidance", _("form and card")),
    ("talk", _("conversation")),
    ("town", _("town")),
    ("key", _("key")),
    ("bag", _("school bag")),
    ("letter", _("letter box")),
]
# In their order these stand for the three aims, which alone have the colours of the strands.
AIMS = ["home", "guidance", "talk"]
MOST_COLUMNS, MOST_ROWS, CELL_LENGTH = 6, 40, 250
# A number as it is typed, or named: 1.200, € 600, 84 %, {home_months}; a dash where there is none.
NUMBER = re.compile(rf"(€\s*)?(\d[\d.,\s]*|{TOKEN.pattern})(\s*[%€])?|[-–]?")


class ChecklistBlock(blocks.ChoiceBlock):
    """The checklist of one time that is valid today (partners/checklists), with boxes to tick on paper."""

    class Meta:
        label = _("checklist")
        icon = "tasks"
        group = base.OVERVIEWS
        template = "home/blocks/checklist.html"
        description = _("What to do at one time, as a list to tick off on paper. Its texts are changed at Checklists.")
        preview_value = Phase.FIRST_DAYS

    def __init__(self, **kwargs):
        super().__init__(**{"choices": Phase.choices, **kwargs})

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        context["checklist"] = (parent_context or {}).get("checklists", {}).get(value)
        return context


class CardBlock(blocks.StructBlock):
    title = TitleBlock()
    text = PlainBlock()
    icon = blocks.ChoiceBlock(choices=ICONS, required=False, label=_("drawing"))


class CardsBlock(blocks.ListBlock):
    class Meta:
        label = _("cards")
        icon = "list-ul"
        group = base.OVERVIEWS
        template = "home/blocks/cards.html"
        description = _("Two to four things of equal weight, each with a drawing.")
        preview_value = [
            {"title": base.HOME, "text": base.HOME_TEXT, "icon": "home"},
            {"title": base.GUIDANCE, "text": base.GUIDANCE_TEXT, "icon": "guidance"},
            {"title": base.TOGETHER, "text": base.TOGETHER_TEXT, "icon": "talk"},
        ]

    def __init__(self, **kwargs):
        super().__init__(CardBlock(), max_num=9, **kwargs)

    def get_context(self, value, parent_context=None):
        drawn = [card["icon"] for card in value]
        return {**super().get_context(value, parent_context=parent_context), "are_aims": drawn == AIMS}


class StepBlock(blocks.StructBlock):
    title = TitleBlock()
    who = TitleBlock(label=_("who does it"), required=False)
    text = PlainBlock()


class StepsBlock(blocks.ListBlock):
    class Meta:
        label = _("steps")
        icon = "list-ol"
        group = base.OVERVIEWS
        template = "home/blocks/steps.html"
        description = _("What happens one after the other, and who does it.")
        preview_value = [
            {"title": base.HOME, "text": base.HOME_TEXT, "who": ""},
            {"title": base.GUIDANCE, "text": base.GUIDANCE_TEXT, "who": ""},
        ]

    def __init__(self, **kwargs):
        super().__init__(StepBlock(), max_num=15, **kwargs)


class MomentBlock(blocks.StructBlock):
    moment = TitleBlock(label=_("moment"))
    first = PlainBlock(label=_("on the first way"))
    second = PlainBlock(label=_("on the second way"))


class ComparisonBlock(blocks.StructBlock):
    """Two ways side by side, moment by moment; in pairs on a narrow screen."""

    first = TitleBlock(label=_("name of the first way"))
    second = TitleBlock(label=_("name of the second way"))
    moments = blocks.ListBlock(MomentBlock(), max_num=12, label=_("moments"))

    class Meta:
        label = _("comparison")
        icon = "table"
        group = base.OVERVIEWS
        template = "home/blocks/comparison.html"
        description = _("Two ways side by side, moment by moment.")
        preview_value = {
            "first": _("alone"),
            "second": _("together"),
            "moments": [{"moment": base.HOME, "first": base.HOME_TEXT, "second": base.TOGETHER_TEXT}],
        }


class TableBlock(TypedTableBlock):
    """A table of texts with a caption; its first row and, unless it is only a list, its first column are headings.

    Each text is translated by itself. A place in it is named after the text that stands there, so that translations
    stay with their texts when a row or column comes between.
    """

    cell = PlainBlock(label=_("text"), required=False, max_length=CELL_LENGTH)

    class Meta:
        label = _("table")
        icon = "table"
        group = base.OVERVIEWS
        template = "home/blocks/table.html"
        description = _("Words or dates in rows and columns. Two columns or more; the first names the row.")
        help_text = _("Write a caption and a heading for each column; the first column names the rows.")
        preview_value = staticmethod(
            lambda: {
                "caption": str(_("Who does what")),
                "columns": [
                    {"type": "cell", "heading": str(heading)} for heading in (_("Task"), _("You"), _("Fedasil"))
                ],
                "rows": [
                    {"values": [str(base.HOME), str(_("yes")), str(_("no"))]},
                    {"values": [str(base.GUIDANCE), str(_("yes")), str(_("yes"))]},
                ],
            }
        )

    def get_context(self, value, parent_context=None):
        return {**super().get_context(value, parent_context=parent_context), "numeric": numeric_columns(value)}

    @property
    def validators(self):
        """Of the translated texts (home/translation/checks.py)."""
        return self.child_blocks["cell"].field.validators

    def value_from_datadict(self, data, files, prefix):
        table = super().value_from_datadict(data, files, prefix)
        table.caption = clean_line(table.caption)
        for column in table.columns:
            column["heading"] = clean_line(column["heading"])
        return table

    def clean(self, table):
        table = super().clean(table)
        if not table.columns:
            return table
        errors = list(self._faults(table))
        if errors:
            raise TypedTableBlockValidationError(non_block_errors=errors)
        return table

    def _faults(self, table: TypedTable):
        headings = [column["heading"] for column in table.columns]
        if not self.is_deferred_validation and not (table.caption and all(headings)):
            yield ValidationError(_("Write a caption, and a heading for each column."))
        if len(headings) > MOST_COLUMNS:
            yield ValidationError(_("At most %(most)s columns.") % {"most": MOST_COLUMNS})
        if len(table.row_data) > MOST_ROWS:
            yield ValidationError(_("At most %(most)s rows.") % {"most": MOST_ROWS})
        for text in (table.caption, *headings):
            for validate in self.validators:
                try:
                    validate(text)
                except ValidationError as error:
                    yield error

    def get_translatable_segments(self, table):
        return [StringSegmentValue(digest(text), text) for text in dict.fromkeys(texts_of(table)) if has_words(text)]

    def restore_translated_segments(self, table, segments):
        texts = {segment.path: segment.render_text() for segment in segments}
        change_texts(table, lambda text: texts.get(digest(text), text))
        return table


def has_words(text: str) -> bool:
    """Whether there is something to translate: numbers are written by the page, in its language."""
    return any(letter.isalpha() for letter in TOKEN.sub("", text))


def numeric_columns(table: TypedTable) -> set[int]:
    """The columns, by number, that hold numbers and nothing else: their digits stand under each other."""
    columns = zip(*(row["values"] for row in table.row_data), strict=False)
    return {
        number
        for number, cells in enumerate(columns)
        if any(cells) and all(NUMBER.fullmatch(str(cell or "").strip()) for cell in cells)
    }


def texts_of(table: TypedTable):
    yield table.caption
    for column in table.columns:
        yield column["heading"]
    for row in table.row_data:
        yield from row["values"]


def change_texts(table: TypedTable, change) -> None:
    """Put in the place of each text what `change` makes of it."""
    table.caption = change(table.caption)
    for column in table.columns:
        column["heading"] = change(column["heading"])
    for row in table.row_data:
        row["values"] = [change(text) for text in row["values"]]
