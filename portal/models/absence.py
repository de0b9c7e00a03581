from datetime import date, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .. import clock
from ..permissions import DECIDERS, OFFICERS


class AbsenceQuerySet(models.QuerySet):
    def on(self, day: date) -> "AbsenceQuerySet":
        return self.filter(first_day__lte=day, last_day__gte=day)

    def touching(self, first: date, last: date) -> "AbsenceQuerySet":
        """Those that share a day with these days."""
        return self.filter(first_day__lte=last, last_day__gte=first)


class DaysAway(models.Model):
    """Days on which someone is away. Its models have a `deputy`, and say in `away` which field holds who is away."""

    away: str
    deputy_id: int | None

    first_day = models.DateField(_("first day away"))
    last_day = models.DateField(_("last day away"))

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["first_day", "pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(first_day__lte=F("last_day")),
                name="%(app_label)s_%(class)s_days_in_order",
                violation_error_message=_("The last day cannot come before the first."),
            ),
        ]

    def clean(self):
        """No two absences of one person touch; the deputy is someone else, and there on one day at least."""
        if not (self.person_id and self.first_day and self.last_day):
            return
        days = (self.first_day, self.last_day)
        others = type(self).objects.exclude(pk=self.pk).touching(*days)
        if others.filter(**{self.away: self.person_id}).exists():
            raise ValidationError(_("These days touch another absence."))
        if self.person_id == self.deputy_id:
            raise ValidationError({"deputy": _("Choose a colleague as deputy.")})
        if self.deputy_id and covers(others.filter(**{self.away: self.deputy_id}), *days):
            raise ValidationError({"deputy": _("The deputy is away all that time too.")})

    @property
    def person_id(self) -> int | None:
        """Who is away."""
        return getattr(self, f"{self.away}_id")

    def end(self) -> None:
        """The person is back from today on; what had not begun is deleted."""
        if self.first_day >= clock.today():
            self.delete()
        else:
            self.last_day = clock.today() - timedelta(days=1)
            self.save(update_fields=["last_day"])


class Absence(DaysAway):
    """Days on which someone of Fedasil is away, and who stands in (portal/staff/absences.py)."""

    away = "user"

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="absences", verbose_name=_("person")
    )
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("deputy")
    )

    class Meta(DaysAway.Meta):
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        indexes = [models.Index(fields=["last_day", "first_day"], name="fedasil_absence_days")]
        constraints = [
            *DaysAway.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(user=F("deputy")),
                name="fedasil_absence_deputy_is_another",
                violation_error_message=_("Choose a colleague as deputy."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.first_day} – {self.last_day}"

    def clean(self):
        """The deputy works here."""
        super().clean()
        if self.deputy_id and not (
            self.deputy.is_active and self.deputy.groups.filter(name__in=(OFFICERS, DECIDERS)).exists()
        ):
            raise ValidationError({"deputy": _("This person cannot be a deputy.")})


def covers(absences, first: date, last: date) -> bool:
    """Whether these absences leave no day between the two dates."""
    day = first
    for absence in sorted(absences, key=lambda found: found.first_day):
        if absence.first_day > day:
            break
        day = max(day, absence.last_day + timedelta(days=1))
    return day > last
