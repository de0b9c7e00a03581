from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Intake(models.Model):
    """From a moment on: whether applications can be submitted, and what applicants read where they cannot.

    Open where no row stands. History is kept: add, do not edit.
    """

    class State(models.TextChoices):
        OPEN = "open", _("open")
        PAUSED = "paused", _("paused")
        CLOSED = "closed", _("closed")

    valid_from = models.DateTimeField(_("valid from"), unique=True)
    state = models.CharField(_("state"), max_length=10, choices=State)
    text_nl = models.TextField(_("text in Dutch"), blank=True)
    text_fr = models.TextField(_("text in French"), blank=True)
    text_de = models.TextField(_("text in German"), blank=True)
    text_en = models.TextField(_("text in English"), blank=True)

    class Meta:
        verbose_name = _("intake")
        verbose_name_plural = _("intake")
        ordering = ["-valid_from"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["open", "paused", "closed"]), name="intake_state_known"),
            models.CheckConstraint(
                condition=Q(state="open") | ~Q(text_nl="") & ~Q(text_fr="") & ~Q(text_de="") & ~Q(text_en=""),
                name="intake_not_open_says_why",
                violation_error_message=_("Write the text in all four languages: applicants read why, and what to do."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()} ({self.valid_from:%Y-%m-%d})"

    @property
    def text(self) -> str:
        """What applicants read, in the reader's language."""
        return getattr(self, f"text_{get_language()}", self.text_en)
