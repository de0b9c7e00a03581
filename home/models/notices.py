"""A dated notice for the whole site."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from .. import previews
from ..numbers import known_numbers
from .snippets import TranslatableSnippet

LONGEST_NOTICE = 220


class SiteNotice(TranslatableSnippet):
    """What stands on every page from one day until another, in one language.

    Its days, not the times to go live and to expire, say when: they hold for all languages, and for kept pages.
    """

    class Kind(models.TextChoices):
        OPEN = "open", _("The programme is open")
        PAUSED = "paused", _("The programme is paused")
        CALL = "call", _("Call for places")
        OTHER = "other", _("Notice")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind, help_text=_("Readers see it before the text."))
    text = models.CharField(
        _("text"),
        max_length=LONGEST_NOTICE,
        validators=[known_numbers],
        help_text=_("One or two short sentences: what is the case, and for whom."),
    )
    shown_from = models.DateField(_("shown from"), help_text=_("Readers see this day with the notice."))
    shown_until = models.DateField(
        _("shown until"), null=True, blank=True, help_text=_("The last day. Empty: until you unpublish it.")
    )
    page = models.ForeignKey(
        "wagtailcore.Page",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("page"),
        help_text=_("Where readers find more, each in their own language."),
    )
    address = models.URLField(_("or an address elsewhere"), blank=True)
    link_text = models.CharField(_("words of the link"), max_length=80, blank=True)

    preview_page = "HomePage"
    # No panel for times to go live and to expire.
    panels = [
        FieldPanel("kind"),
        FieldPanel("text"),
        FieldRowPanel(
            [FieldPanel("shown_from"), FieldPanel("shown_until")],
            heading=_("Days"),
            help_text=_("Of several notices on one day, readers see the one that began last."),
        ),
        MultiFieldPanel([FieldPanel("page"), FieldPanel("address"), FieldPanel("link_text")], heading=_("Link")),
    ]

    class Meta(TranslatableSnippet.Meta):
        verbose_name = _("notice for the whole site")
        verbose_name_plural = _("notices for the whole site")
        ordering = ["-shown_from", "-pk"]
        constraints = [
            *getattr(TranslatableSnippet.Meta, "constraints", []),
            models.CheckConstraint(
                condition=models.Q(shown_until__isnull=True) | models.Q(shown_until__gte=models.F("shown_from")),
                name="site_notice_ends_after_it_began",
                violation_error_message=_("The last day comes before the first one."),
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def clean(self):
        super().clean()
        if self.page_id and self.address:
            raise ValidationError({"address": _("Choose a page or write an address, not both.")})
        if bool(self.page_id or self.address) != bool(self.link_text):
            said = _("A link needs words, and its words need a page or an address.")
            raise ValidationError({"link_text": said})

    def is_shown_on(self, day: date) -> bool:
        return self.shown_from <= day and (self.shown_until is None or day <= self.shown_until)

    def serve_preview(self, request, mode_name):
        return previews.of_notice(self, request)
