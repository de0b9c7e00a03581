"""The pieces of which a page's body is made. Texts name numbers in braces (home/numbers.py)."""

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.fields import StreamField

from partners.models import Rate
from portal.text import clean, clean_line

from .chart import chart
from .numbers import EXAMPLE, known_numbers

RICH_TEXT = ["bold", "italic", "link", "ol", "ul"]
DRAWINGS = [
    ("path", _("a path to a door")),
    ("aims", _("three strands that become one")),
    ("ghent", _("the three partners of Ghent")),
    ("two_ways", _("two ways to a home")),
    ("stations", _("a table, a house and an open door")),
    ("two_years", _("from the preparation to the second year")),
]
# What is not certain yet, and who can say it.
MARKS = [("ask", _("Fedasil to answer")), ("law", _("Sample: check with your own service"))]
# By the names of their addresses.
TOOLS = [
    ("calculator", _("the calculator")),
    ("interest", _("the form of interest")),
    ("brochure", _("the brochure")),
    ("eligibility", _("the check whether a partnership suits")),
    ("questionnaire", _("the questions of an application, as PDF")),
    ("questionnaire_docx", _("the questions of an application, as DOCX")),
]
ICONS = [
    ("home", _("house")),
    ("guidance", _("hand in hand")),
    ("talk", _("conversation")),
    ("town", _("town")),
    ("key", _("key")),
    ("bag", _("school bag")),
    ("letter", _("letter box")),
]


class CleanMixin:
    """What is typed in a block is cleaned as in a form: its form field has no bound field (portal/forms/service.py)."""

    clean_text = staticmethod(clean)

    def value_from_form(self, value):
        return super().value_from_form(self.clean_text(value) if isinstance(value, str) else value)


class TitleBlock(CleanMixin, blocks.CharBlock):
    clean_text = staticmethod(clean_line)

    def __init__(self, **kwargs):
        super().__init__(**{"label": _("title"), "default": "", "validators": [known_numbers], **kwargs})


class PlainBlock(CleanMixin, blocks.TextBlock):
    def __init__(self, **kwargs):
        super().__init__(**{"label": _("text"), "default": "", "validators": [known_numbers], **kwargs})


class ProseBlock(CleanMixin, blocks.RichTextBlock):
    def __init__(self, **kwargs):
        super().__init__(
            **{"label": _("text"), "features": RICH_TEXT, "icon": "pilcrow", "validators": [known_numbers], **kwargs}
        )


class HeadingBlock(TitleBlock):
    """Starts a part of the page; the contents of long pages lead to it."""

    class Meta:
        label = _("heading")
        icon = "title"
        template = "home/blocks/heading.html"

    def get_context(self, value, parent_context=None):
        return {**super().get_context(value, parent_context=parent_context), "anchor": anchor(value)}


def anchor(heading: str) -> str:
    """The id under which a heading is reached."""
    return slugify(heading) or "part"


class CardBlock(blocks.StructBlock):
    title = TitleBlock()
    text = PlainBlock()
    icon = blocks.ChoiceBlock(choices=ICONS, required=False, label=_("drawing"))


class StepBlock(blocks.StructBlock):
    title = TitleBlock()
    who = TitleBlock(label=_("who acts"), required=False)
    text = PlainBlock()


class MomentBlock(blocks.StructBlock):
    moment = TitleBlock(label=_("moment"))
    first = PlainBlock(label=_("on the first way"))
    second = PlainBlock(label=_("on the second way"))


class ComparisonBlock(blocks.StructBlock):
    """Two ways side by side, moment by moment; in pairs on a narrow screen."""

    first = TitleBlock(label=_("name of the first way"))
    second = TitleBlock(label=_("name of the second way"))
    moments = blocks.ListBlock(MomentBlock(), label=_("moments"))

    class Meta:
        label = _("comparison")
        icon = "table"
        template = "home/blocks/comparison.html"


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


class ArrivalsBlock(blocks.StructBlock):
    """The figures of all years as a table, and their sum."""

    total = PlainBlock(label=_("what the sum is"), help_text=_("Stands beside the number of all arrivals."))
    caption = TitleBlock(label=_("title of the table"))

    class Meta:
        label = _("pledges and arrivals by year")
        icon = "table"
        template = "home/blocks/arrivals.html"

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        if numbers := context.get("numbers"):
            context["chart"] = chart(numbers.years)
            known = [row for row in numbers.years if row.arrived is not None]
            context["most"] = max(known, key=lambda row: row.arrived, default=None)
            context["least"] = min(known, key=lambda row: row.arrived, default=None)
        return context


class MapBlock(blocks.StructBlock):
    """The partnerships that agreed to be shown, on a map and in a list."""

    nobody = PlainBlock(label=_("while there is none"), help_text=_("Stands here until a first partnership agrees."))

    class Meta:
        label = _("map of partnerships")
        icon = "site"
        template = "home/blocks/map.html"


class ReportedSpeechBlock(blocks.StructBlock):
    """What someone said, told in our own words, with the source."""

    text = PlainBlock(label=_("what was said, indirectly"))
    source = TitleBlock(label=_("source"))

    class Meta:
        label = _("reported speech")
        icon = "openquote"
        template = "home/blocks/reported_speech.html"


class SampleBlock(blocks.StructBlock):
    """A text to take over, such as a note for a council; marked as a sample."""

    title = TitleBlock()
    text = ProseBlock(features=["bold", "ol", "ul"])

    class Meta:
        label = _("sample text")
        icon = "copy"
        template = "home/blocks/sample.html"


class MarkedBlock(blocks.StructBlock):
    """What is not certain, marked so: questions that only Fedasil can answer, or points of law to be confirmed."""

    mark = blocks.ChoiceBlock(choices=MARKS, label=_("mark"))
    text = ProseBlock(features=["bold", "ul"])
    source = PlainBlock(label=_("source"), required=False)

    class Meta:
        label = _("open questions, or a point of law")
        icon = "help"
        template = "home/blocks/marked.html"


class BudgetLineBlock(blocks.StructBlock):
    """A cost that the reader fills in."""

    title = TitleBlock()
    text = PlainBlock(required=False)
    ask = blocks.BooleanBlock(required=False, label=_("Fedasil to answer"))


class ExampleBlock(CleanMixin, blocks.RegexBlock):
    """The key of a worked example in braces (home/numbers.py). The same in every language, so no text to translate."""

    clean_text = staticmethod(clean_line)

    def __init__(self, **kwargs):
        super().__init__(regex=rf"^\{{{EXAMPLE.pattern}\}}$", **{"label": _("example"), **kwargs})


class BudgetBlock(blocks.StructBlock):
    """The support for an example at today's rates, line by line, and the reader's own costs left to fill in."""

    title = TitleBlock()
    example = ExampleBlock(
        help_text=_("For example {example.5.direct.2}: five persons, straight on arrival, two years.")
    )
    lines = blocks.ListBlock(BudgetLineBlock(), label=_("own costs"))

    class Meta:
        label = _("budget frame")
        icon = "table"
        template = "home/blocks/budget.html"

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        if numbers := context.get("numbers"):
            context["support"] = numbers.worked_out.get((value["example"] or "").strip("{}"))
        return context


class DoorBlock(blocks.StructBlock):
    """A way on: to one of our pages, to a tool, or to the application service where neither is chosen."""

    title = TitleBlock()
    text = PlainBlock()
    page = blocks.PageChooserBlock(required=False, label=_("page"), help_text=_("Leave empty for the application."))
    tool = blocks.ChoiceBlock(choices=TOOLS, required=False, label=_("tool"), help_text=_("Instead of a page."))

    class Meta:
        template = "home/blocks/door.html"

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        if value["page"]:
            context["target"] = (parent_context or {}).get("targets", {}).get(value["page"].translation_key)
        return context


class DrawingBlock(blocks.ChoiceBlock):
    choices = DRAWINGS

    class Meta:
        label = _("drawing")
        icon = "image"
        template = "home/blocks/drawing.html"


class BodyBlock(blocks.StreamBlock):
    heading = HeadingBlock()
    text = ProseBlock(template="home/blocks/text.html")
    cards = blocks.ListBlock(CardBlock(), label=_("cards"), icon="list-ul", template="home/blocks/cards.html")
    steps = blocks.ListBlock(StepBlock(), label=_("steps"), icon="list-ol", template="home/blocks/steps.html")
    comparison = ComparisonBlock()
    amounts = blocks.ListBlock(AmountBlock(), label=_("amounts"), icon="tag", template="home/blocks/amounts.html")
    arrivals = ArrivalsBlock()
    map = MapBlock()
    reported_speech = ReportedSpeechBlock()
    sample = SampleBlock()
    marked = MarkedBlock()
    budget = BudgetBlock()
    doors = blocks.ListBlock(DoorBlock(), label=_("ways on"), icon="link", template="home/blocks/doors.html")
    drawing = DrawingBlock()
    note = PlainBlock(label=_("note"), icon="info-circle", template="home/blocks/note.html")

    class Meta:
        label = _("body")


class BodyField(StreamField):
    """A StreamField of our blocks. Migrations leave the blocks out: the database keeps JSON whatever they are."""

    def __init__(self, block_types=None, **kwargs):
        super().__init__(block_types if block_types is not None else BodyBlock(), **kwargs)

    def deconstruct(self):
        name, path, _arguments, options = super().deconstruct()
        options.pop("block_lookup", None)
        return name, path, [[]], options
