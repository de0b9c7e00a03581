from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .application import Application


class GuidanceStep(models.Model):
    """One of the first steps of a household in Belgium: who goes along, and how."""

    class Step(models.TextChoices):
        PCSW = "pcsw", _("PCSW")
        BANK = "bank", _("Bank account")
        SCHOOL = "school", _("School")
        HEALTH_INSURANCE = "health_insurance", _("Health insurance")
        DOCTOR = "doctor", _("Doctor")
        INTEGRATION = "integration", _("Integration course")
        LANGUAGE = "language", _("Language")
        WORK = "work", _("Work")
        LEISURE = "leisure", _("Leisure")

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="steps")
    step = models.CharField(_("Step"), max_length=20, choices=Step)
    by_team = models.BooleanField(_("the team of 5.1"), default=False)
    who = models.CharField(_("Who does it?"), max_length=150, blank=True)
    how = models.TextField(_("How?"), blank=True)

    class Meta:
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["application", "step"], name="guidance_step_once"),
            models.CheckConstraint(
                condition=Q(
                    step__in=[
                        "pcsw",
                        "bank",
                        "school",
                        "health_insurance",
                        "doctor",
                        "integration",
                        "language",
                        "work",
                        "leisure",
                    ]
                ),
                name="guidance_step_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.get_step_display()}"
