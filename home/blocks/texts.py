"""Blocks of words."""

import hashlib
import re

from django.utils.html import escape
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.rich_text import RichText
from wagtail.rich_text.rewriters import extract_attrs
from wagtail_localize.segments import OverridableSegmentValue, StringSegmentValue, TemplateSegmentValue
from wagtail_localize.segments.extract import quote_path_component
from wagtail_localize.segments.ingest import organise_template_segments
from wagtail_localize.strings import StringValue, extract_strings, restore_strings

from ..open_questions import ASK, items_of, same, without
from . import base
from .base import RICH_TEXT, PlainBlock, ProseBlock, TitleBlock

# What is not certain yet, and who can say it.
MARKS = [(ASK, _("Fedasil to answer")), ("law", _("Sample: check with your own service"))]
MARGIN_NOTES = [("council", _("For your council")), ("reading", _("Our reading"))]
EMBED = re.compile(r"<embed\b[^>]*>")
ALTERNATIVE = "alt-"


def anchor(heading: str) -> str:
    """The id under which a heading is reached."""
    return slugify(heading) or "part"


def digest(text: str) -> str:
    """A name for the place of a text that has no id of its own: it stays when others come before it."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


class HeadingBlock(TitleBlock):
    """Starts a part of the page; the contents of long pages lead to it."""

    class Meta:
        label = _("heading")
        icon = "title"
        group = base.TEXTS
        template = "home/blocks/heading.html"
        description = _("Starts a part of the page. A page with four headings or more gets a list of contents.")
        preview_value = base.HOME

    def get_context(self, value, parent_context=None):
        return {**super().get_context(value, parent_context=parent_context), "anchor": anchor(value)}


class IllustratedBlock(ProseBlock):
    """A rich text with images. Its alternative texts are translated too, which wagtail-localize leaves out."""

    class Meta:
        group = base.TEXTS
        template = "home/blocks/text.html"
        description = _("Paragraphs, lists and links, with images between them.")
        preview_value = staticmethod(lambda: base.prose(base.HOME_TEXT, base.GUIDANCE_TEXT))

    def __init__(self, **kwargs):
        super().__init__(**{"features": [*RICH_TEXT, "image"], **kwargs})

    def get_translatable_segments(self, value):
        template, strings = extract_strings(value.source)
        addresses = {one["href"] for _string, attrs in strings for one in attrs.values() if "href" in one}
        return [
            TemplateSegmentValue("", "html", template, len(strings)),
            *(StringSegmentValue("", string, attrs=attrs) for string, attrs in strings),
            *(OverridableSegmentValue(quote_path_component(address), address) for address in sorted(addresses)),
            *(StringSegmentValue(f"{ALTERNATIVE}{digest(text)}", text) for text in alternatives(value.source)),
        ]

    def restore_translated_segments(self, value, segments):
        texts = {segment.path: segment for segment in segments if segment.path.startswith(ALTERNATIVE)}
        rest = [segment for segment in segments if segment.path not in texts]
        _format, template, strings = organise_template_segments(rest)

        def translated(attrs: dict) -> dict:
            found = texts.get(f"{ALTERNATIVE}{digest(attrs.get('alt', ''))}")
            return {**attrs, "alt": found.render_text()} if found else attrs

        return RichText(change_embeds(restore_strings(template, strings), translated))


def alternatives(html: str) -> list[str]:
    """The alternative texts of the images in a rich text, each once."""
    texts = (extract_attrs(embed[0]).get("alt", "") for embed in EMBED.finditer(html))
    return [text for text in dict.fromkeys(texts) if text]


def change_embeds(html: str, change) -> str:
    """The rich text with what `change` makes of the attributes of each image in it."""

    def changed(embed: re.Match) -> str:
        attrs = change(extract_attrs(embed[0]))
        written = (f'{name}="{escape(value)}"' for name, value in attrs.items())
        return f"<embed {' '.join(written)}/>"

    return EMBED.sub(changed, html)


def with_foreign_alternative(text: RichText, path: str, source: StringValue, language: str) -> RichText | None:
    """The text with the alternative text at this path marked as of another language; None where it is not there."""
    foreign = source.render_text()

    def marked(attrs: dict) -> dict:
        is_meant = f"{ALTERNATIVE}{digest(attrs.get('alt', ''))}" == path and attrs["alt"] == foreign
        return {**attrs, "lang": language} if is_meant else attrs

    changed = change_embeds(text.source, marked)
    return RichText(changed) if f'lang="{language}"' in changed else None


class ReportedSpeechBlock(blocks.StructBlock):
    """What someone said, told in our own words, with the source."""

    text = PlainBlock(label=_("what was said, indirectly"))
    source = TitleBlock(label=_("source"))

    class Meta:
        label = _("reported speech")
        icon = "openquote"
        group = base.TEXTS
        template = "home/blocks/reported_speech.html"
        description = _("What someone said, told in our own words, with the source.")
        preview_value = {"text": base.TOGETHER_TEXT, "source": base.SOURCE}


class QuoteBlock(blocks.StructBlock):
    """What someone said or wrote, word for word."""

    text = PlainBlock(
        label=_("the words, exactly"), max_length=400, help_text=_("Without quotation marks: they are added.")
    )
    who = TitleBlock(label=_("who said it"), help_text=_("Name and function. Ask before you publish a name."))
    source = TitleBlock(label=_("source"), help_text=_("Where and when it was said or written."))

    class Meta:
        label = _("quote")
        icon = "openquote"
        group = base.TEXTS
        template = "home/blocks/quote.html"
        description = _("What someone said or wrote, word for word. In your own words: reported speech.")
        preview_value = {"text": base.HOME_TEXT, "who": _("Name and function"), "source": _("Where and when")}


class CalloutBlock(blocks.StructBlock):
    """One thing that readers must not miss."""

    title = TitleBlock(required=False)
    text = ProseBlock()

    class Meta:
        label = _("callout")
        icon = "warning"
        group = base.TEXTS
        template = "home/blocks/callout.html"
        description = _("One thing that readers must not miss. One on a page works best.")
        preview_value = staticmethod(lambda: {"title": base.TOGETHER, "text": base.prose(base.TOGETHER_TEXT)})


class FoldBlock(blocks.StructBlock):
    title = TitleBlock(help_text=_("Say what stands inside, so that readers know whether to open it."))
    text = ProseBlock()


class AccordionBlock(blocks.ListBlock):
    """Parts that readers open one by one. The search of the browser finds what is closed, too."""

    class Meta:
        label = _("parts to open")
        icon = "collapse-down"
        group = base.TEXTS
        template = "home/blocks/accordion.html"
        description = _("Parts that readers open one by one: for details that not everyone needs.")
        preview_value = staticmethod(
            lambda: [
                {"title": base.HOME, "text": base.prose(base.HOME_TEXT)},
                {"title": base.GUIDANCE, "text": base.prose(base.GUIDANCE_TEXT)},
            ]
        )

    def __init__(self, **kwargs):
        super().__init__(FoldBlock(), min_num=2, max_num=12, **kwargs)


class SampleBlock(blocks.StructBlock):
    """A text to take over, such as a note for a council; marked as a sample."""

    title = TitleBlock()
    text = ProseBlock(features=["bold", "ol", "ul"])

    class Meta:
        label = _("sample text")
        icon = "copy"
        group = base.TEXTS
        template = "home/blocks/sample.html"
        description = _("A text to take over, such as a note for a council. Readers get it as DOCX too.")
        preview_value = staticmethod(lambda: {"title": base.TOGETHER, "text": base.prose(base.TOGETHER_TEXT)})


class MarkedBlock(blocks.StructBlock):
    """What is not certain, marked so: questions that only Fedasil can answer, or points of law to be confirmed."""

    mark = blocks.ChoiceBlock(choices=MARKS, label=_("mark"))
    text = ProseBlock(features=["bold", "ul"])
    source = PlainBlock(label=_("source"), required=False)

    class Meta:
        label = _("open questions, or a point of law")
        icon = "help"
        group = base.TEXTS
        template = "home/blocks/marked.html"
        description = _("What is not certain yet: questions for Fedasil, or rules of law to check.")
        preview_value = staticmethod(lambda: {"mark": "ask", "text": base.prose(_("Who pays the rent?")), "source": ""})

    def get_context(self, value, parent_context=None):
        """What was answered since is asked no longer: the page leads to the answer."""
        context = super().get_context(value, parent_context=parent_context)
        answers = (parent_context or {}).get("answered_since", {})
        asked = [same(text) for text in items_of(value["text"].source)] if value["mark"] == ASK else []
        context["answered"] = [answers[key] for key in asked if key in answers]
        context["left"] = value["text"]
        if context["answered"]:
            left = without(value["text"].source, answers)
            context["left"] = RichText(left if items_of(left) else "")
        return context


class MarginNoteBlock(blocks.StructBlock):
    """What stands beside a part of a page: for a council to know, or how we read a rule."""

    kind = blocks.ChoiceBlock(choices=MARGIN_NOTES, label=_("kind"))
    text = ProseBlock(features=["bold", "link"])

    class Meta:
        label = _("margin note")
        icon = "tasks"
        group = base.TEXTS
        template = "home/blocks/margin_note.html"
        description = _("Stands beside its part on a wide screen, below it on a phone: for a council, or our reading.")
        preview_value = staticmethod(lambda: {"kind": "council", "text": base.prose(base.TOGETHER_TEXT)})


class NoteBlock(PlainBlock):
    """A remark in small letters, beside the part in which it stands."""

    class Meta:
        label = _("note")
        icon = "info-circle"
        group = base.TEXTS
        template = "home/blocks/note.html"
        description = _("A remark in small letters, such as how to read what is above it.")
        preview_value = base.TOGETHER_TEXT
