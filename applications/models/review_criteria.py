from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from portal import clock


class CriteriaSet(ClusterableModel):
    """From a day on: by what reviewers judge. A review keeps the set with which it began; a set in use stays."""

    valid_from = models.DateField(_("valid from"), unique=True)
    sample = models.BooleanField(
        _("sample"), default=False, help_text=_("A proposal of the portal that Fedasil has not confirmed yet.")
    )

    class Meta:
        verbose_name = _("criteria")
        verbose_name_plural = _("criteria")
        ordering = ["-valid_from"]

    def __str__(self) -> str:
        return f"{self.valid_from}"

    def clean(self):
        """A set that reviews work with stays as it is; no set begins in the past."""
        before = CriteriaSet.objects.filter(pk=self.pk).first()
        if before and before.in_use:
            raise ValidationError(
                _("Reviews work with these criteria, so they stay as they are. Copy them and change the copy.")
            )
        moved = before is None or before.valid_from != self.valid_from
        if self.valid_from and moved and self.valid_from < clock.today():
            raise ValidationError({"valid_from": _("Choose today or a later day.")})

    @property
    def in_use(self) -> bool:
        return self.reviews.exists()


class Criterion(Orderable):
    """One thing that a reviewer scores, under one of the three aims."""

    class Aim(models.TextChoices):
        STAY = "stay", _("a lasting stay")
        GUIDANCE = "guidance", _("fitting guidance")
        COOPERATION = "cooperation", _("working together")

    criteria = ParentalKey(CriteriaSet, on_delete=models.CASCADE, related_name="criteria")
    aim = models.CharField(_("aim"), max_length=20, choices=Aim)
    scale = models.PositiveSmallIntegerField(
        _("highest score"),
        default=4,
        validators=[MinValueValidator(1), MaxValueValidator(10)],
        help_text=_("Scores go from 0 to this."),
    )
    weight = models.PositiveSmallIntegerField(
        _("weight"), default=1, validators=[MinValueValidator(1), MaxValueValidator(10)]
    )
    label_nl = models.CharField(_("criterion in Dutch"), max_length=200)
    label_fr = models.CharField(_("criterion in French"), max_length=200)
    label_de = models.CharField(_("criterion in German"), max_length=200)
    label_en = models.CharField(_("criterion in English"), max_length=200)
    guidance_nl = models.TextField(_("what to look at, in Dutch"), blank=True)
    guidance_fr = models.TextField(_("what to look at, in French"), blank=True)
    guidance_de = models.TextField(_("what to look at, in German"), blank=True)
    guidance_en = models.TextField(_("what to look at, in English"), blank=True)

    class Meta(Orderable.Meta):
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(aim__in=["stay", "guidance", "cooperation"]), name="criterion_aim_known"
            ),
            models.CheckConstraint(
                condition=Q(scale__gte=1, scale__lte=10, weight__gte=1, weight__lte=10), name="criterion_in_bounds"
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """In the reader's language."""
        return getattr(self, f"label_{get_language()}", self.label_en)

    @property
    def guidance(self) -> str:
        return getattr(self, f"guidance_{get_language()}", self.guidance_en)
