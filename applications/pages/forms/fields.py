import re

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from portal.forms.fields import NameField, TextField
from portal.text import clean_number

MOST_PERSONS = 20
MOST_HOUSEHOLDS = 50
LONGEST_TEXT = 5000


class HouseholdSizesField(forms.CharField):
    """“5, 3” for two households of five and three persons; gives [5, 3]."""

    clean_text = staticmethod(clean_number)

    default_error_messages = {
        "numbers": _("Write one number for each household, with commas between them, for example 5, 3."),
        "size": _("A household has between 1 and %(most)d persons."),
        "many": _("Write at most %(most)d households."),
    }

    def to_python(self, value) -> list[int]:
        text = super().to_python(value)
        parts = [part for part in re.split(r"[\s,;+]+", text) if part]
        if not all(re.fullmatch(r"[0-9]{1,6}", part) for part in parts):
            raise forms.ValidationError(self.error_messages["numbers"], code="numbers")
        sizes = [int(part) for part in parts]
        if any(not 1 <= size <= MOST_PERSONS for size in sizes):
            raise forms.ValidationError(self.error_messages["size"] % {"most": MOST_PERSONS}, code="size")
        if len(sizes) > MOST_HOUSEHOLDS:
            raise forms.ValidationError(self.error_messages["many"] % {"most": MOST_HOUSEHOLDS}, code="many")
        return sizes

    def prepare_value(self, value) -> str:
        return ", ".join(map(str, value)) if isinstance(value, list) else value or ""


def with_length(field: forms.Field, *, hint: bool = True) -> None:
    """Refuse a text that is too long, and say beforehand how long it may be."""
    if isinstance(field.widget, forms.Textarea):
        field.widget.attrs.setdefault("rows", 5)
        field.validators.append(MaxLengthValidator(LONGEST_TEXT))
        # The page counts it (templates/forms/field.html).
        field.max_length = LONGEST_TEXT if hint else None
    # The model's own limit; an e-mail address reaches it by no fault of who types it.
    elif hint and isinstance(field, TextField | NameField) and field.max_length:
        said = _("At most %d characters.") % field.max_length
        field.help_text = f"{field.help_text} {said}" if field.help_text else said
