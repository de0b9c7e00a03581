"""Why a file is not taken, once, in words that say what to do."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

REASONS = {
    "kind": _("This is not a PDF, JPEG, PNG, DOCX, XLSX, ODT or ODS file. Save it as one of these and try again."),
    "pdf_or_image": _("This is not a PDF, JPEG or PNG file. Save it as one of these and try again."),
    "heic": _(
        "This is a HEIC photo, as iPhones and iPads make them. Save it as JPEG and try again. On the iPhone: Settings, "
        "Camera, Formats, “Most Compatible”."
    ),
    "two_kinds": _("This file is of two kinds at once. Save it anew as PDF and try again."),
    "damaged": _("This file is damaged or not whole. Open it, save it anew and try again."),
    "locked": _("This file is protected by a password. Save it without a password and try again."),
    "macros": _("This file has macros or scripts. Save it without them, for example as PDF, and try again."),
    "script": _(
        "This PDF has a script in it, like forms that calculate or check what you fill in. Open it, print it as a new "
        "PDF and send that one."
    ),
    "launch": _(
        "This PDF has a link or button that opens a program or another file. Open it, print it as a new PDF and send "
        "that one."
    ),
    "submit": _(
        "This PDF has a button that sends what is filled in to another address. Open it, print it as a new PDF and "
        "send that one."
    ),
    "embedded": _("This PDF has another file inside. Send both apart: print this one as a new PDF."),
    "embedded_named": _(
        "This PDF has another file inside: “%(name)s”. Send both apart: save that file, and print this one as a new "
        "PDF."
    ),
    "too_big_inside": _("This file is too large once it is unpacked. Make a smaller one and try again."),
    "too_many_pages": _("This file has too many pages. Send the part that is asked."),
    "pixels": _("This image has too many pixels. Make it smaller and try again."),
}


def refused(code: str, **params: str) -> ValidationError:
    return ValidationError(REASONS[code], code=code, params=params or None)


def shown_name(name: str) -> str:
    """The name of a file that is not taken, as it may stand in a sentence."""
    return "".join(char for char in name if char.isprintable())[:100]
