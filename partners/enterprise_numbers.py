"""Belgian enterprise numbers (ondernemingsnummer, numéro d'entreprise).

Rule of the Crossroads Bank for Enterprises: ten digits, the first 0 or 1, the last two are 97 minus (the first eight
modulo 97). python-stdnum reads the many ways of writing one; it also lets check digits 00, 98 and 99 pass, so the rule
itself stands here.
"""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum.be import vat
from stdnum.exceptions import ValidationError as StdnumError

from portal.text import clean_number

# How people call the number before they write it.
CALLED = re.compile(r"^(?:(?:BTW|TVA|MWST|UST|VAT|KBO|BCE|ZDU|CBE|OND|ENT|NR|NO|N|BE)\b[\s.:°-]*)+", re.IGNORECASE)


def check_digits(first_eight: str) -> str:
    """The two check digits that belong to the first eight."""
    return f"{97 - int(first_eight) % 97:02d}"


def parse(text: str) -> str:
    """The ten digits of a number however it is written (BE 0207.451.227); ValidationError with a clear message."""
    try:
        digits = vat.compact(CALLED.sub("", clean_number(text)))
    except StdnumError:
        digits = ""
    if not re.fullmatch(r"[01][0-9]{9}", digits):
        raise ValidationError(
            _("Write the enterprise number as ten digits that begin with 0 or 1, for example 0207.451.227."),
            code="form",
        )
    if digits[8:] != check_digits(digits[:8]):
        raise ValidationError(
            _("This enterprise number is not right: the last two digits do not fit. Check it for a typing error."),
            code="check_digits",
        )
    return digits


def validate(digits: str) -> None:
    """A validator for a stored number: exactly ten right digits."""
    if parse(digits) != digits:
        raise ValidationError(_("Store the enterprise number as ten digits."), code="form")


def display(digits: str) -> str:
    """0207451227 as people write it: 0207.451.227."""
    return f"{digits[:4]}.{digits[4:7]}.{digits[7:]}"
