"""Where editors keep what letters say, and the offices that send them."""

from django.utils.functional import lazy
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.viewsets.model import ModelViewSet

from ..models import LetterTemplate, Office
from ..models.letter import PLACEHOLDERS


def placeholder_help() -> str:
    """What can stand between braces, as a list."""
    rows = format_html_join("", "<li><code>{{{}}}</code> {}</li>", PLACEHOLDERS.items())
    intro = _("These stand for what the decision and the application say. The reasons cannot be left out.")
    return format_html("<p>{}</p><ul>{}</ul>", intro, rows)


class LetterTextViewSet(ModelViewSet):
    copy_view_enabled = False
    add_to_settings_menu = True
    icon = "mail"


class LetterTemplateViewSet(LetterTextViewSet):
    model = LetterTemplate
    name = "desk_letter_templates"
    url_prefix = "letter-texts"
    panels = [
        HelpPanel(content=lazy(placeholder_help, str)()),
        *[FieldPanel(name) for name in ("subject", "body", "correction", "sample")],
    ]
    list_display = ["__str__", "subject", BooleanColumn("sample", label=_("sample"))]


class OfficeViewSet(LetterTextViewSet):
    model = Office
    name = "desk_offices"
    url_prefix = "offices"
    panels = [FieldPanel(name) for name in ("region", "language", *Office.words, "sample")]
    list_display = ["__str__", "name", BooleanColumn("sample", label=_("sample"))]
