"""Why a file is not taken, once, in words that say what to do."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

REASONS = {
    "kind": _("This is not a PDF, JPEG, PNG, DOCX, XLSX, ODT or ODS file. Save it as one of these and try again."),
    "two_kinds": _("This file is of two kinds at once. Save it anew as PDF and try again."),
    "damaged": _("This file is damaged or not whole. Open it, save it anew and try again."),
    "locked": _("This file is protected by a password. Save it without a password and try again."),
    "macros": _("This file has macros or scripts. Save it without them, for example as PDF, and try again."),
    "too_big_inside": _("This file is too large once it is unpacked. Make a smaller one and try again."),
    "too_many_pages": _("This file has too many pages. Send the part that is asked."),
    "pixels": _("This image has too many pixels. Make it smaller and try again."),
}


def refused(code: str) -> ValidationError:
    return ValidationError(REASONS[code], code=code)
