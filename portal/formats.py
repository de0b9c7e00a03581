"""Amounts and sizes as the reader's language writes them."""

from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
UNITS = {"fr": ("Ko", "Mo"), "nl": ("kB", "MB")}
STEP = 1024


def labelled(label: object, text: object) -> str:
    """A label and what it is about, as the reader's language sets them; a question needs no colon."""
    label = str(label)
    return f"{label} {text}" if label.endswith("?") else _("%(label)s: %(text)s") % {"label": label, "text": text}


def euro(amount: Decimal) -> str:
    """An amount as the reader's language writes it: € 3.000 in Dutch, 3 000 € in French and German, €3,000 in English.

    Cents only where there are any; no line break within.
    """
    amount = Decimal(amount)
    figure = number_format(amount, decimal_pos=0 if amount == amount.to_integral() else 2, force_grouping=True)
    match get_language():
        case "nl":
            return f"€{NO_BREAK_SPACE}{figure}"
        case "en":
            return f"€{figure}"
        case _:
            return f"{figure}{NO_BREAK_SPACE}€"


def file_size(length: int) -> str:
    """The size of a file as the reader's language writes it: 5 Mo in French, 5 MB elsewhere; at least 1 kB."""
    small, large = UNITS.get(get_language(), ("KB", "MB"))
    if length < STEP**2:
        return f"{max(1, round(length / STEP))}{NO_BREAK_SPACE}{small}"
    megabytes = length / STEP**2
    decimals = 0 if megabytes >= 10 or megabytes == int(megabytes) else 1
    # What number_format does not show it cuts off.
    return f"{number_format(round(megabytes, decimals), decimal_pos=decimals)}{NO_BREAK_SPACE}{large}"
