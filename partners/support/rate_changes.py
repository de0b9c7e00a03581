"""A rate that counts from today or earlier: one administrator asks, another confirms
(portal/confirmations/services.py).
"""

from copy import copy
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.confirmations.kinds import Kind, Line
from portal.formats import euro
from portal.model_fields import field_of
from portal.workflow import Refused

from ..models import Rate
from . import rates
from .rate_effects import Effects, effects_of


def rate_of(subject: Rate | None, after: dict) -> Rate:
    """The rate as it would be, not saved."""
    rate = copy(subject) if subject else Rate()
    for name in rates.FIELDS:
        setattr(rate, name, field_of(Rate, name).to_python(after[name]))
    return rate


def shown(name: str, value: str | None) -> str:
    """A value in words for a reader."""
    if not value:
        return _("none")
    match name:
        case "code":
            return str(Rate.Code(value).label)
        case "amount":
            return euro(Decimal(value))
        case "valid_from" | "source_date":
            return date_format(date.fromisoformat(value), "DATE_FORMAT")
        case _:
            return value


class BackdatedRate(Kind):
    """A new rate, or another day for one that is not in force yet (the subject)."""

    code = "backdated_rate"
    label = gettext_lazy("Rate from today or earlier")
    permission = "partners.manage_rates"
    consequences_template = "partners/desk/rate_effects.html"

    def current(self, subject):
        return rates.values_of(subject) if subject else dict.fromkeys(rates.FIELDS)

    def validate(self, subject, after):
        if subject:
            rates.refuse_begun(subject)
        rate = rate_of(subject, after)
        try:
            rate.full_clean()
        except ValidationError as error:
            raise Refused(*error.messages) from error
        return rates.values_of(rate)

    def apply(self, request):
        rate = rate_of(request.subject, request.after)
        changed = effects_of(rate).for_log()
        write = rates.rewrite if request.subject else rates.write_new
        write(rate, request.settled_by, request=request.pk, estimates=changed)

    def describe(self, before, after):
        return [
            Line(str(field_of(Rate, name).verbose_name), shown(name, before[name]), shown(name, after[name]))
            for name in rates.FIELDS
        ]

    def about(self, request):
        return shown("code", request.after["code"])

    def for_log(self, values):
        return rates.for_log(values)

    def consequences(self, request, reader) -> Effects:
        return effects_of(rate_of(request.subject, request.after), reader)


KINDS = (BackdatedRate(),)
