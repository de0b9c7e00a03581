"""Changes of who decides and of how many review: they wait for a second person (portal/confirmations/services.py)."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.confirmations.kinds import Kind, Line
from portal.model_fields import field_of
from portal.models import User
from portal.staff.account_changes import account_name
from portal.workflow import Refused

from ..models import DecisionPower, ReviewRule


def as_data(day: date | None) -> str | None:
    return day.isoformat() if day else None


def shown_day(value: str | None) -> str:
    return date_format(date.fromisoformat(value), "DATE_FORMAT") if value else _("none")


def checked(instance: models.Model) -> None:
    """Refused with the sentences of the model where it does not hold."""
    try:
        instance.full_clean()
    except ValidationError as error:
        raise Refused(*error.messages) from error


class RowKind(Kind):
    """A change of one row of `model`, or a new row where the subject is none; `fields` are the dates and numbers."""

    model: type[models.Model]
    fields: tuple[str, ...]

    def row(self, subject, after):
        """The row as it would be."""
        row = self.model._default_manager.get(pk=subject.pk) if isinstance(subject, self.model) else self.model()
        for name in self.fields:
            setattr(row, name, field_of(self.model, name).to_python(after[name]))
        return row

    def current(self, subject):
        if not isinstance(subject, self.model):
            return dict.fromkeys(self.fields)
        values = {name: getattr(subject, name) for name in self.fields}
        return {name: as_data(value) if isinstance(value, date) else value for name, value in values.items()}

    def validate(self, subject, after):
        checked(self.row(subject, after))
        return after

    def apply(self, request):
        self.row(request.subject, request.after).save()

    def describe(self, before, after):
        return [
            Line(str(field_of(self.model, name).verbose_name), self.shown(before[name]), self.shown(after[name]))
            for name in self.fields
        ]

    def shown(self, value: str | int | None) -> str:
        return str(value) if isinstance(value, int) else shown_day(value)


class NewPower(RowKind):
    """A person gets a dated power to decide; the subject is the person."""

    code = "decision_power_given"
    label = gettext_lazy("Power to decide")
    model = DecisionPower
    fields = ("valid_from", "valid_until")

    def row(self, subject, after):
        row = super().row(subject, after)
        row.user = subject
        return row

    def person(self, subject, after) -> User:
        return subject

    def about(self, request):
        return account_name(request.person)


class ChangedPower(RowKind):
    """Other dates for a power to decide."""

    code = "decision_power_changed"
    label = gettext_lazy("Dates of a power to decide")
    model = DecisionPower
    fields = ("valid_from", "valid_until")

    def person(self, subject, after) -> User:
        return subject.user

    def about(self, request):
        return account_name(request.person)


class NumberOfReviews(RowKind):
    """How many reviews a first decision needs: a new rule, or another one from the same day."""

    code = "number_of_reviews"
    label = gettext_lazy("Number of reviews")
    model = ReviewRule
    fields = ("valid_from", "reviews")


KINDS = (NewPower(), ChangedPower(), NumberOfReviews())
