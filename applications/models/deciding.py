from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partners.models import Partnership

from .application import Application
from .version import Version


class DecisionPower(models.Model):
    """Between two dates this person may decide on applications."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("person")
    )
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    class Meta:
        verbose_name = _("power to decide")
        verbose_name_plural = _("powers to decide")
        ordering = ["-valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=models.F("valid_from")),
                name="decision_power_dates_in_order",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.valid_from}"


class Decision(models.Model):
    """Approve or decline, with reasons; the link to the Partnership that an approval starts."""

    class Outcome(models.TextChoices):
        APPROVE = "approve", _("approve")
        DECLINE = "decline", _("decline")

    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="decision")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(_("decision"), max_length=10, choices=Outcome)
    reasons = models.TextField(_("reasons"))
    decider = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    partnership = models.OneToOneField(Partnership, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="approve", partnership__isnull=False)
                | Q(outcome="decline", partnership__isnull=True),
                name="decision_approval_starts_partnership",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.outcome}"
