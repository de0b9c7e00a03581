from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partners.models import Municipality

from .application import Application

LEAST_MONTHS = 12


class DwellingManager(models.Manager):
    """Reads dwellings with their municipality: wherever one is shown, it is named."""

    def get_queryset(self):
        return super().get_queryset().select_related("municipality")


class Dwelling(models.Model):
    """One home that is offered. No landlord and no street: only what decides whether a household fits."""

    class Kind(models.TextChoices):
        HOUSE = "house", _("house")
        FLAT = "flat", _("flat")
        STUDIO = "studio", _("studio")
        ROOMS = "rooms", _("room or rooms in a shared house")

    class Secured(models.TextChoices):
        SECURED = "secured", _("we have a home")
        IN_SIGHT = "in_sight", _("we have a home in sight")
        SEARCHING = "searching", _("we are still looking")

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="dwellings")
    secured = models.CharField(_("Do you have it?"), max_length=20, choices=Secured, blank=True)
    kind = models.CharField(_("Kind of dwelling"), max_length=20, choices=Kind, blank=True)
    municipality = models.ForeignKey(
        Municipality,
        on_delete=models.PROTECT,
        to_field="refnis",
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Municipality"),
    )
    bedrooms = models.PositiveSmallIntegerField(_("Number of bedrooms"), null=True, blank=True)
    persons = models.PositiveSmallIntegerField(_("For how many persons?"), null=True, blank=True)
    rent = models.DecimalField(_("Rent, in euros a month"), max_digits=8, decimal_places=2, null=True, blank=True)
    available_from = models.DateField(_("Available from"), null=True, blank=True)
    months = models.PositiveSmallIntegerField(_("For how many months?"), null=True, blank=True)
    adapted = models.BooleanField(_("Is it adapted for someone with a disability?"), null=True, blank=True)

    objects = DwellingManager()

    class Meta:
        verbose_name = _("dwelling")
        verbose_name_plural = _("dwellings")
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(months__isnull=True) | Q(months__gte=LEAST_MONTHS), name="dwelling_12_months"
            ),
            models.CheckConstraint(condition=Q(rent__isnull=True) | Q(rent__gte=0), name="dwelling_rent_not_negative"),
            models.CheckConstraint(
                condition=Q(kind__in=["", "house", "flat", "studio", "rooms"]), name="dwelling_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(secured__in=["", "secured", "in_sight", "searching"]), name="dwelling_secured_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.get_kind_display()} {self.municipality or ''}".strip()

    @property
    def is_long_enough(self) -> bool:
        return self.months is not None and self.months >= LEAST_MONTHS
