from datetime import date, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ..permissions import DECIDERS, OFFICERS


class AbsenceQuerySet(models.QuerySet):
    def on(self, day: date) -> "AbsenceQuerySet":
        return self.filter(first_day__lte=day, last_day__gte=day)

    def of(self, user_id: int, first: date, last: date) -> "AbsenceQuerySet":
        """Those of this person that touch these days."""
        return self.filter(user=user_id, first_day__lte=last, last_day__gte=first)


class Absence(models.Model):
    """Days on which someone of Fedasil is away, and who stands in (portal/staff/absences.py)."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="absences", verbose_name=_("person")
    )
    first_day = models.DateField(_("first day away"))
    last_day = models.DateField(_("last day away"))
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("deputy")
    )

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        ordering = ["first_day", "pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["last_day", "first_day"], name="fedasil_absence_days")]
        constraints = [
            models.CheckConstraint(
                condition=Q(first_day__lte=F("last_day")),
                name="fedasil_absence_days_in_order",
                violation_error_message=_("The last day cannot come before the first."),
            ),
            models.CheckConstraint(
                condition=~Q(user=F("deputy")),
                name="fedasil_absence_deputy_is_another",
                violation_error_message=_("Choose a colleague as deputy."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.first_day} – {self.last_day}"

    def clean(self):
        """No two absences of one person touch; the deputy works here, and is there on one day at least."""
        if not (self.user_id and self.deputy_id and self.first_day and self.last_day):
            return
        days = (self.first_day, self.last_day)
        if Absence.objects.of(self.user_id, *days).exclude(pk=self.pk).exists():
            raise ValidationError(_("These days touch another absence."))
        if self.user_id == self.deputy_id:
            raise ValidationError({"deputy": _("Choose a colleague as deputy.")})
        if not (self.deputy.is_active and self.deputy.groups.filter(name__in=(OFFICERS, DECIDERS)).exists()):
            raise ValidationError({"deputy": _("This person cannot be a deputy.")})
        if covers(Absence.objects.of(self.deputy_id, *days), *days):
            raise ValidationError({"deputy": _("The deputy is away all that time too.")})


def covers(absences, first: date, last: date) -> bool:
    """Whether these absences leave no day between the two dates."""
    day = first
    for absence in sorted(absences, key=lambda found: found.first_day):
        if absence.first_day > day:
            break
        day = max(day, absence.last_day + timedelta(days=1))
    return day > last
