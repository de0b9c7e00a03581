"""Model fields for names and telephone numbers: the same cleaning and the same rule in every form and on every save.

In migrations they are plain CharFields: they change what may be typed, not the column.
`field_of` finds a field of any model.
"""

from typing import cast

from django.db import models
from phonenumber_field.modelfields import PhoneNumberDescriptor, PhoneNumberField

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


class CleanedDescriptor(PhoneNumberDescriptor):
    def __set__(self, instance, value):
        instance.__dict__[self.field.name] = self.field.to_python(value)


class TelephoneNumberField(PhoneNumberField):
    """A telephone number: stored as +32470123456 (E.164), a PhoneNumber in Python, written as +32 470 12 34 56.

    Forms give valid numbers only: what is typed in a section and not right yet is kept by
    `applications.answers.autosave`.
    """

    descriptor_class = CleanedDescriptor

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        del kwargs["region"]
        return name, "django.db.models.CharField", args, kwargs

    def to_python(self, value):
        # What is no number stays as it was typed, so it is cleaned as any other text.
        return super().to_python(text.clean_number(value) if isinstance(value, str) else value)

    def formfield(self, **kwargs):
        # Its greatest length is the column's: people type more signs than are stored.
        return super().formfield(**{**kwargs, "form_class": TelephoneField, "max_length": None})
