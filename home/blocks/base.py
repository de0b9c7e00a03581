"""What the blocks share: cleaned texts of a limited length, the groups of the chooser, and words for previews there."""

from django import forms
from django.conf import settings
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail_localize.segments import OverridableSegmentValue

from portal.text import clean, clean_line

from ..numbers import known_numbers

RICH_TEXT = ["bold", "italic", "link", "ol", "ul"]
TITLE_LENGTH, TEXT_LENGTH = 120, 600

# The groups in the chooser, in their order.
TEXTS = _("Texts")
PICTURES = _("Pictures and files")
OVERVIEWS = _("Overviews")
FIGURES = _("Figures and tables")
WAYS = _("What leads on")


class CleanMixin:
    """What is typed in a block is cleaned as in a form: its form field has no bound field (portal/forms/service.py)."""

    clean_text = staticmethod(clean)

    def value_from_form(self, value):
        return super().value_from_form(self.clean_text(value) if isinstance(value, str) else value)


class TitleBlock(CleanMixin, blocks.CharBlock):
    clean_text = staticmethod(clean_line)

    class Meta:
        label = _("title")
        default = ""

    def __init__(self, **kwargs):
        super().__init__(**{"max_length": TITLE_LENGTH, "validators": [known_numbers], **kwargs})


class PlainBlock(CleanMixin, blocks.TextBlock):
    class Meta:
        label = _("text")
        default = ""

    def __init__(self, **kwargs):
        super().__init__(**{"max_length": TEXT_LENGTH, "validators": [known_numbers], **kwargs})


class ProseBlock(CleanMixin, blocks.RichTextBlock):
    class Meta:
        label = _("text")
        icon = "pilcrow"

    def __init__(self, **kwargs):
        super().__init__(**{"features": RICH_TEXT, "validators": [known_numbers], **kwargs})


class KeyBlock(CleanMixin, blocks.RegexBlock):
    """The key of a number in braces. The same in every language, so no text to translate."""

    clean_text = staticmethod(clean_line)


class PerLanguage:
    """Not a text to translate; a translator may put another value in its place."""

    def get_translatable_segments(self, value):
        return [OverridableSegmentValue("", value)] if value else []

    def restore_translated_segments(self, value, segments):
        return segments[0].data


class AddressBlock(PerLanguage, CleanMixin, blocks.URLBlock):
    """An address on another site."""

    clean_text = staticmethod(clean_line)

    def __init__(self, **kwargs):
        secure = RegexValidator(r"^https://", _("Write an address that begins with https://."))
        super().__init__(**{"label": _("address"), "max_length": 500, "validators": [secure], **kwargs})


class LanguageBlock(CleanMixin, PerLanguage, blocks.CharBlock):
    """The language of a file or video: the code of one of the site's languages."""

    clean_text = staticmethod(clean_line)

    def __init__(self, **kwargs):
        super().__init__(**{"label": _("language"), "default": "", **kwargs})
        codes = "|".join(code for code, _name in settings.LANGUAGES)
        one_of_ours = RegexValidator(rf"^({codes})$", _("Write the code of a language: nl, fr, de or en."))
        choices = [("", "---------"), *settings.LANGUAGES]
        self.field = forms.ChoiceField(
            choices=choices, required=self.required, help_text=self.field.help_text, validators=[one_of_ours]
        )


# ── What previews in the chooser show ─────────────────────────────────────────────────────────────────────────────────
HOME, HOME_TEXT = _("A home"), _("You look for a suitable home, and help to find the next one.")
GUIDANCE, GUIDANCE_TEXT = _("Guidance"), _("You help with the first steps, such as a bank account and a school.")
TOGETHER, TOGETHER_TEXT = _("Working together"), _("You keep in touch with Fedasil and share what you learn.")
SOURCE = _("Name and function, where and when it was said")


def prose(*texts) -> str:
    """Paragraphs of rich text."""
    return "".join(f"<p>{text}</p>" for text in texts)
