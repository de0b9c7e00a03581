"""Texts of the site that stand in no page, and what the sources of numbers are called in each language."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, PublishingPanel
from wagtail_localize.fields import SynchronizedField

from portal.desk.approved_data import ApprovedData, go_live_panel

from .. import previews
from ..site_texts import choices, kind_of
from .snippets import TranslatableSnippet


class SiteText(TranslatableSnippet):
    """What stands in place of a text that ships with the code, in one language; without one, that text stands there."""

    key = models.CharField(_("which text"), max_length=80, choices=choices)
    text = models.TextField(_("text"), max_length=600, help_text=_("Unpublish it, and the text that ships comes back."))

    panels = [FieldPanel("key"), FieldPanel("text"), PublishingPanel()]
    override_translatable_fields = [SynchronizedField("key")]

    class Meta(TranslatableSnippet.Meta):
        verbose_name = _("text of the site")
        verbose_name_plural = _("texts of the site")
        ordering = ["key", "locale"]
        constraints = [
            *getattr(TranslatableSnippet.Meta, "constraints", []),
            models.UniqueConstraint(
                fields=["key", "locale"],
                name="site_text_once",
                violation_error_message=_("This text has been changed before. Change that one."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_key_display())

    def clean(self):
        super().clean()
        kind = kind_of(self.key)
        if kind:
            kind.check(self.text)

    def serve_preview(self, request, mode_name):
        return previews.of_site_text(self, request)


class SourceName(ApprovedData):
    """What the source of a number is called in each language; the address of a source stays as it is."""

    source = models.CharField(
        _("source"), max_length=250, unique=True, help_text=_("As it is written with the fact, the figure or the rate.")
    )
    nl = models.CharField(_("Dutch"), max_length=250)
    fr = models.CharField(_("French"), max_length=250)
    de = models.CharField(_("German"), max_length=250)
    en = models.CharField(_("English"), max_length=250)

    panels = [*(FieldPanel(name) for name in ("source", "nl", "fr", "de", "en")), go_live_panel()]
    preview_template = "home/source_preview.html"

    class Meta:
        verbose_name = _("name of a source")
        verbose_name_plural = _("names of sources")
        ordering = ["source"]

    def __str__(self) -> str:
        return self.source

    def get_preview_context(self, request, mode_name):
        return {**super().get_preview_context(request, mode_name), "name": getattr(self, mode_name)}
