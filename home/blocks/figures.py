"""Blocks of numbers: all come from the facts, the figures by year and the rates (home/numbers.py)."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from partners.models import Rate

from ..chart import chart
from ..columns import columns
from ..numbers import EXAMPLE, TOKEN, known_numbers
from . import base
from .base import KeyBlock, PlainBlock, TitleBlock


class AmountBlock(blocks.StructBlock):
    """An amount from the rates: a change of the rate changes the page."""

    code = blocks.ChoiceBlock(choices=Rate.Code.choices, label=_("which amount"))
    text = PlainBlock(label=_("what it is for"))

    class Meta:
        label = _("amount")
        icon = "tag"
        template = "home/blocks/amount.html"

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        if numbers := context.get("numbers"):
            context["number"] = numbers.get(f"rate.{value['code']}")
        return context


class AmountsBlock(blocks.ListBlock):
    class Meta:
        label = _("amounts")
        icon = "tag"
        group = base.FIGURES
        template = "home/blocks/amounts.html"
        description = _("Amounts of today’s rates, with their source.")
        preview_value = [{"code": Rate.Code.STAY_LUMP_SUM, "text": base.HOME_TEXT}]

    def __init__(self, **kwargs):
        super().__init__(AmountBlock(), max_num=8, **kwargs)


class KeyFigureBlock(blocks.StructBlock):
    """One number, large, with a sentence that says what it is."""

    key = KeyBlock(
        regex=rf"^{TOKEN.pattern}$",
        validators=[known_numbers],
        label=_("number"),
        help_text=_("Its key in braces, such as {years.arrived} or {home_months}."),
    )
    text = PlainBlock(label=_("what it says"), max_length=250, help_text=_("Goes on where the number ends."))

    class Meta:
        label = _("key figure")
        icon = "decimal"
        group = base.FIGURES
        template = "home/blocks/key_figure.html"
        description = _("One number from the facts, large, with a sentence and its source.")
        preview_value = {"key": "{years.arrived}", "text": _("people found safety.")}

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        if numbers := context.get("numbers"):
            context["number"] = numbers.get((value["key"] or "").strip("{}"))
        return context


class AnnotationBlock(blocks.StructBlock):
    """A few words about one year, beside its bar."""

    year = blocks.IntegerBlock(label=_("year"), min_value=1950, max_value=2100)
    text = PlainBlock(max_length=100, help_text=_("A few words; the number of that year stands above them."))


class AnnotationsBlock(blocks.ListBlock):
    class Meta:
        label = _("annotations")

    def __init__(self, **kwargs):
        super().__init__(AnnotationBlock(), **{"max_num": 5, "required": False, "default": [], **kwargs})


def figures_of_years(context: dict, annotations) -> dict:
    """What the chart shows, where the page has read the figures; `annotations` is a list of AnnotationBlock."""
    numbers = context.get("numbers")
    if not numbers:
        return context
    known = [row for row in numbers.years if row.arrived is not None]
    annotations = {item["year"]: numbers.say(item["text"]) for item in annotations or []}
    return {
        **context,
        "chart": chart(numbers.years, annotations),
        "annotations": annotations,
        "most": max(known, key=lambda row: row.arrived, default=None),
        "least": min(known, key=lambda row: row.arrived, default=None),
    }


class ArrivalsBlock(blocks.StructBlock):
    """The figures of all years as a chart and a table, and their sum."""

    total = PlainBlock(label=_("what the sum is"), help_text=_("Stands beside the number of all arrivals."))
    caption = TitleBlock(label=_("title of the table"))
    annotations = AnnotationsBlock()

    class Meta:
        label = _("pledges and arrivals by year")
        icon = "table"
        group = base.FIGURES
        template = "home/blocks/arrivals.html"
        description = _("The figures of all years: their sum, a chart and a table.")
        preview_value = {"total": _("people found safety."), "caption": _("pledges and arrivals by year")}

    def get_context(self, value, parent_context=None):
        return figures_of_years(super().get_context(value, parent_context=parent_context), value.get("annotations"))


class ChartBlock(blocks.StructBlock):
    """The chart alone, on a page that does not list the years."""

    annotations = AnnotationsBlock()

    class Meta:
        label = _("chart of arrivals")
        icon = "history"
        group = base.FIGURES
        template = "home/blocks/chart.html"
        description = _("The chart of all years alone. It follows the figures by year.")
        preview_value = {"annotations": []}

    def bulk_to_python(self, values):
        # Charts that were placed before they could tell anything have no value.
        return super().bulk_to_python([value or {} for value in values])

    def to_python(self, value):
        return super().to_python(value or {})

    def get_context(self, value, parent_context=None):
        return figures_of_years(super().get_context(value, parent_context=parent_context), value.get("annotations"))


class WorkedBlock(blocks.StructBlock):
    """The support for an example at today's rates, drawn with a column for each person, and line by line."""

    title = TitleBlock()
    example = KeyBlock(
        regex=rf"^\{{{EXAMPLE.pattern}\}}$",
        label=_("example"),
        help_text=_("For example {example.5.direct.2}: five persons, straight on arrival, two years."),
    )

    class Meta:
        label = _("worked example")
        icon = "table"
        group = base.FIGURES
        template = "home/blocks/worked.html"
        description = _("The support for an example at today’s rates, as a drawing with a column for each person.")
        preview_value = {"title": base.HOME, "example": "{example.5.direct.2}"}

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        if numbers := context.get("numbers"):
            context["support"] = support = numbers.worked_out.get((value["example"] or "").strip("{}"))
            context["columns"] = columns(support) if support else None
        return context


class BudgetLineBlock(blocks.StructBlock):
    """A cost that the reader fills in."""

    title = TitleBlock()
    text = PlainBlock(required=False)
    ask = blocks.BooleanBlock(required=False, label=_("Fedasil to answer"))


class BudgetBlock(blocks.StructBlock):
    """The support for an example at today's rates, line by line, and the reader's own costs left to fill in."""

    title = TitleBlock()
    example = KeyBlock(
        regex=rf"^\{{{EXAMPLE.pattern}\}}$",
        label=_("example"),
        help_text=_("For example {example.5.direct.2}: five persons, straight on arrival, two years."),
    )
    lines = blocks.ListBlock(BudgetLineBlock(), max_num=20, label=_("own costs"))

    class Meta:
        label = _("budget frame")
        icon = "table"
        group = base.FIGURES
        template = "home/blocks/budget.html"
        description = _("The support for an example at today’s rates, and room for the reader’s own costs.")
        preview_value = {
            "title": base.HOME,
            "example": "{example.5.direct.2}",
            "lines": [{"title": base.GUIDANCE, "text": "", "ask": False}],
        }

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        if numbers := context.get("numbers"):
            context["support"] = numbers.worked_out.get((value["example"] or "").strip("{}"))
        return context
