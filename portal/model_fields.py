"""Model fields for names and telephone numbers: the same cleaning and the same rule in every form and on every save.

In migrations they are plain CharFields: they change what may be typed, not how it is stored.
`field_of` finds a field of any model.
"""

from typing import cast

from django.db import models

from . import text, validators
from .forms.fields import NameField, TelephoneField


def field_of(model: type[models.Model], name: str) -> models.Field:
    """The field of this name that the model itself has: a column, no relation from elsewhere."""
    return cast(models.Field, model._meta.get_field(name))


class TypedField(models.CharField):
    """A CharField with a cleaning (`clean_text`) and a form field of its own."""

    form_field = NameField
    clean_text = staticmethod(text.clean_name)

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs

    def to_python(self, value):
        return self.clean_text(value) if isinstance(value, str) else super().to_python(value)

    def formfield(self, **kwargs):
        # A form that saves no instance, such as a row of an answer, asks the validators too.
        return super().formfield(**{"validators": self.default_validators, **kwargs, "form_class": self.form_field})


class FullNameField(TypedField):
    """The whole name of a person."""

    default_validators = [validators.validate_person_name]


class PersonNameField(TypedField):
    """A first name or a last name."""

    default_validators = validators.PERSON_NAME


class OrganisationNameField(TypedField):
    """What an organisation or a group calls itself."""

    default_validators = [validators.validate_organisation_name]


class TelephoneNumberField(TypedField):
    form_field = TelephoneField
    default_validators = [validators.validate_telephone]
    clean_text = staticmethod(text.clean_number)
