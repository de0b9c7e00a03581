"""The times at which texts go live and expire, as they are typed: those around a change of the clocks are said."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.widgets import AdminDateTimeInput


class MomentField(forms.DateTimeField):
    """Refuses, in words that help, the hour that is left out in March and that comes twice in October."""

    def to_python(self, value):
        try:
            return super().to_python(value)
        except ValidationError as error:
            if error.code != "ambiguous_timezone":
                raise
            said = _("The clocks change at this time. Choose a time before 2:00 or from 3:00.")
            raise ValidationError(said, code=error.code) from error


def register() -> None:
    """For each moment in a form of Wagtail's admin."""
    register_form_field_override(
        models.DateTimeField, override={"form_class": MomentField, "widget": AdminDateTimeInput}
    )
