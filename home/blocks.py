"""The pieces of which a page's body is made."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from partners.models import Rate

RICH_TEXT = ["bold", "italic", "link", "ol", "ul"]


class CardBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("title"))
    text = blocks.TextBlock(label=_("text"))


class AmountBlock(blocks.StructBlock):
    """An amount from the rates, never typed: a change of the rate changes the page."""

    code = blocks.ChoiceBlock(choices=Rate.Code.choices, label=_("which amount"))
    text = blocks.TextBlock(label=_("what it is for"))

    class Meta:
        label = _("amount")
        icon = "tag"
        template = "home/blocks/amount.html"

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        context["rate"] = (parent_context or {}).get("rates", {}).get(value["code"])
        return context


class ReportedSpeechBlock(blocks.StructBlock):
    """What someone said, told in our own words, with the source."""

    text = blocks.TextBlock(label=_("what was said, indirectly"))
    source = blocks.CharBlock(label=_("source"))

    class Meta:
        label = _("reported speech")
        icon = "openquote"
        template = "home/blocks/reported_speech.html"


class DoorBlock(blocks.StructBlock):
    """A way on: to one of our pages, or to the application service where no page is chosen."""

    title = blocks.CharBlock(label=_("title"))
    text = blocks.TextBlock(label=_("text"))
    page = blocks.PageChooserBlock(required=False, label=_("page"), help_text=_("Leave empty for the application."))

    class Meta:
        template = "home/blocks/door.html"

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        if value["page"]:
            context["target"] = (parent_context or {}).get("targets", {}).get(value["page"].translation_key)
        return context


class BodyBlock(blocks.StreamBlock):
    heading = blocks.CharBlock(label=_("heading"), icon="title", template="home/blocks/heading.html")
    text = blocks.RichTextBlock(label=_("text"), features=RICH_TEXT, icon="pilcrow", template="home/blocks/text.html")
    cards = blocks.ListBlock(CardBlock(), label=_("cards"), icon="list-ul", template="home/blocks/cards.html")
    steps = blocks.ListBlock(CardBlock(), label=_("steps"), icon="list-ol", template="home/blocks/steps.html")
    amounts = blocks.ListBlock(AmountBlock(), label=_("amounts"), icon="tag", template="home/blocks/amounts.html")
    reported_speech = ReportedSpeechBlock()
    doors = blocks.ListBlock(DoorBlock(), label=_("ways on"), icon="link", template="home/blocks/doors.html")
    note = blocks.TextBlock(label=_("source or note"), icon="info-circle", template="home/blocks/note.html")

    class Meta:
        label = _("body")
