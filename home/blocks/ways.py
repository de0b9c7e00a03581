"""Blocks that lead on: to pages, tools, sessions and questions."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from . import base
from .base import PlainBlock, TitleBlock

# By the names of their addresses.
TOOLS = [
    ("calculator", _("the calculator")),
    ("interest", _("the form of interest")),
    ("brochure", _("the brochure")),
    ("eligibility", _("the check whether a partnership suits")),
    ("questionnaire", _("the questions of an application, as PDF")),
    ("questionnaire_docx", _("the questions of an application, as DOCX")),
    ("council_pack", _("the pack for councils, as PDF")),
    ("council_zip", _("the pack for councils, as ZIP")),
    ("board_pack", _("the page for the board of a non-profit organisation, as PDF")),
]
MOST_SESSIONS = 3


class DoorBlock(blocks.StructBlock):
    """A way on: to one of our pages, to a tool, or to the application service where neither is chosen."""

    title = TitleBlock()
    text = PlainBlock(max_length=250)
    page = blocks.PageChooserBlock(required=False, label=_("page"), help_text=_("Leave empty for the application."))
    tool = blocks.ChoiceBlock(choices=TOOLS, required=False, label=_("tool"), help_text=_("Instead of a page."))

    class Meta:
        template = "home/blocks/door.html"

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        if value["page"]:
            context["target"] = (parent_context or {}).get("targets", {}).get(value["page"].translation_key)
        return context


class DoorsBlock(blocks.ListBlock):
    class Meta:
        label = _("next steps")
        icon = "link"
        group = base.WAYS
        template = "home/blocks/doors.html"
        description = _("Two or more ways to go on from here, at the end of a page.")
        preview_value = [
            {"title": base.HOME, "text": base.HOME_TEXT, "page": None, "tool": "eligibility"},
            {"title": base.TOGETHER, "text": base.TOGETHER_TEXT, "page": None, "tool": "interest"},
        ]

    def __init__(self, **kwargs):
        super().__init__(DoorBlock(), max_num=9, **kwargs)


class EntranceBlock(DoorBlock):
    """A door with its drawing: open where it leads to the application service, closed where there is first to read."""

    link = TitleBlock(label=_("words of the link"))

    class Meta:
        template = "home/blocks/entrance.html"


class EntrancesBlock(blocks.ListBlock):
    class Meta:
        label = _("two doors")
        icon = "home"
        group = base.WAYS
        template = "home/blocks/entrances.html"
        description = _("Two drawn doors, for the first page: one to read on, one to the application.")
        preview_value = [
            {"title": base.HOME, "text": base.HOME_TEXT, "link": _("Read on"), "page": None, "tool": "eligibility"},
            {"title": base.TOGETHER, "text": base.TOGETHER_TEXT, "link": _("Apply"), "page": None, "tool": ""},
        ]

    def __init__(self, **kwargs):
        super().__init__(EntranceBlock(), max_num=2, **kwargs)


class ActionBlock(DoorBlock):
    """The one thing to do next."""

    class Meta:
        label = _("call to action")
        icon = "arrow-right-full"
        group = base.WAYS
        template = "home/blocks/action.html"
        description = _("The one thing to do next, as a button with a sentence. One on a page.")
        preview_value = {
            "title": _("Calculate the support"),
            "text": base.HOME_TEXT,
            "page": None,
            "tool": "calculator",
        }


class SessionsBlock(blocks.StructBlock):
    """The information sessions to come, in the language of the page."""

    number = blocks.IntegerBlock(label=_("how many"), min_value=1, max_value=MOST_SESSIONS, default=2)
    nobody = PlainBlock(
        label=_("while none is planned"), max_length=250, help_text=_("What readers can do until then.")
    )

    class Meta:
        label = _("next information sessions")
        icon = "date"
        group = base.WAYS
        template = "home/blocks/sessions.html"
        description = _("The next information sessions. A session that is planned later appears by itself.")
        preview_value = {"number": 2, "nobody": base.TOGETHER_TEXT}

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        context["coming"] = context.get("coming_sessions", [])[: value["number"] or 0]
        return context


class QuestionBlock(SnippetChooserBlock):
    """A question; readers get it in the language of the page, or not at all. So there is nothing to translate here."""

    def __init__(self, **kwargs):
        super().__init__("home.Question", label=_("question"), **kwargs)

    def get_translatable_segments(self, value):
        return []

    def restore_translated_segments(self, value, segments):
        return value


class QuestionsBlock(blocks.ListBlock):
    """Questions from the menu Texts, with their answers."""

    class Meta:
        label = _("related questions")
        icon = "help"
        group = base.WAYS
        template = "home/blocks/questions.html"
        description = _("Questions with their answers, from the menu Texts. Those without an answer do not show.")
        preview_value = []

    def __init__(self, **kwargs):
        super().__init__(QuestionBlock(), max_num=8, **kwargs)

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        answered = context.get("questions", {})
        keys = [question.translation_key for question in value if question]
        context["chosen"] = [answered[key] for key in keys if key in answered]
        if "block_def" in context:
            context["chosen"] = list(answered.values())[:2]
        return context
