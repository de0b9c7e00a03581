from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class HandlingTerm(models.Model):
    """From a date on: how many days Fedasil gives itself for an application, without the time of the applicant."""

    valid_from = models.DateField(_("valid from"), unique=True)
    days = models.PositiveSmallIntegerField(_("days"))
    sample = models.BooleanField(_("sample"), default=False, help_text=_("shipped, not yet set by Fedasil"))

    class Meta:
        verbose_name = _("time to handle an application")
        verbose_name_plural = _("times to handle an application")
        ordering = ["-valid_from"]
        constraints = [models.CheckConstraint(condition=Q(days__gte=1), name="handling_term_at_least_a_day")]

    def __str__(self) -> str:
        return f"{self.valid_from}: {self.days}"
