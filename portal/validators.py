"""What a name may be: mails to people who do not know the sender hold names, and nothing else that someone typed."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Of a first name or a last name.
LONGEST_PERSON_NAME = 60
IN_PERSON_NAMES = frozenset(" -'’ʼ.·‐")
IN_ORGANISATION_NAMES = frozenset(" +|°")
ADDRESS = re.compile(r"://|www\.|@", re.IGNORECASE)
# A dot before one letter belongs to initials (J.P., v.z.w.), before a digit to a number (11.11.11); of example.be mail
# programs make a link.
ENDS_AS_ADDRESS = re.compile(r"[^\s.]\.[^\W\d_]{2}")


def validate_person_name(name: str) -> None:
    """Letters and marks of any script, spaces, hyphens, apostrophes and dots; no web address."""
    letters = sum(char.isalpha() for char in name)
    odd = any(char not in IN_PERSON_NAMES and unicodedata.category(char)[0] not in "LM" for char in name)
    if odd or not letters or ENDS_AS_ADDRESS.search(name):
        raise ValidationError(
            _("Write only a name: letters, spaces, hyphens, apostrophes and dots. Write a space after a dot."),
            code="name",
        )


def validate_length_of_person_name(name: str) -> None:
    """For a first name or a last name alone."""
    if len(name) > LONGEST_PERSON_NAME:
        raise ValidationError(
            _("Write a name of at most %(longest)d characters."),
            params={"longest": LONGEST_PERSON_NAME},
            code="name_length",
        )


# Of a first name or a last name alone.
PERSON_NAME = [validate_person_name, validate_length_of_person_name]


def validate_organisation_name(name: str) -> None:
    """Letters, digits and punctuation; no web or e-mail address."""
    if ADDRESS.search(name) or ENDS_AS_ADDRESS.search(name):
        raise ValidationError(
            _("Write the name without a web address or an e-mail address. Write a space after a dot."), code="address"
        )
    odd = any(char not in IN_ORGANISATION_NAMES and unicodedata.category(char)[0] not in "LMNP" for char in name)
    if odd or not any(char.isalnum() for char in name):
        raise ValidationError(_("Write the name in letters, digits and punctuation."), code="name")
