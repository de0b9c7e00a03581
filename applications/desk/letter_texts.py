"""Where editors keep what letters say, and the offices that send them."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.viewsets.model import ModelViewSet

from portal.shipped_texts import placeholder_help

from ..models import LetterTemplate, Office
from ..models.letter import PLACEHOLDERS

INTRO = _("These stand for what the decision and the application say. The reasons cannot be left out.")


class LetterTextViewSet(ModelViewSet):
    copy_view_enabled = False
    add_to_settings_menu = True
    icon = "mail"


class LetterTemplateViewSet(LetterTextViewSet):
    model = LetterTemplate
    name = "desk_letter_templates"
    url_prefix = "letter-texts"
    panels = [
        HelpPanel(content=placeholder_help(INTRO, PLACEHOLDERS)),
        *[FieldPanel(name) for name in ("subject", "body", "correction", "sample")],
    ]
    list_display = ["__str__", "subject", BooleanColumn("sample", label=_("sample"))]


class OfficeViewSet(LetterTextViewSet):
    model = Office
    name = "desk_offices"
    url_prefix = "offices"
    panels = [FieldPanel(name) for name in ("region", "language", *Office.words, "sample")]
    list_display = ["__str__", "name", BooleanColumn("sample", label=_("sample"))]
