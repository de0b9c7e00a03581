"""Amounts, sizes, times and periods as the reader's language writes them.

Dates and moments: Django's date_format with DATE_FORMAT and DATETIME_FORMAT, which portal/locale/*/formats.py sets.
"""

from datetime import date, datetime, time
from decimal import Decimal

from django.utils.dateformat import format as format_date
from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
UNITS = {"fr": ("Ko", "Mo"), "nl": ("kB", "MB")}
STEP = 1024
WITH_WEEKDAY = {"de": "l, j. F Y"}


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


def time_of_day(moment: time | datetime) -> str:
    """A time: 14 uur and 14.30 uur in Dutch, 14 h and 14 h 30 in French, 14:30 Uhr in German, 2.30 pm in English."""
    match get_language():
        case "nl":
            return f"{_clock(moment, '.')} uur"
        case "fr":
            return f"{moment.hour}{NO_BREAK_SPACE}h" + (f"{NO_BREAK_SPACE}{moment:%M}" if moment.minute else "")
        case "de":
            return f"{_clock(moment, ':')} Uhr"
        case _:
            return f"{_half_day(moment)} {_half(moment)}"


def period(day: date, begins: time | None = None, ends: time | None = None) -> str:
    """A day with its weekday, and the times between which something happens, as far as they are known."""
    said = format_date(day, WITH_WEEKDAY.get(get_language() or "", "l j F Y"))
    if get_language() == "fr" and day.day == 1:
        said = said.replace(" 1 ", " 1er ", 1)
    return f"{said}, {_hours(begins, ends)}" if begins else said


def _hours(begins: time, ends: time | None) -> str:
    match get_language():
        case "nl":
            return f"{_clock(begins, '.')} tot {time_of_day(ends)}" if ends else time_of_day(begins)
        case "fr":
            return f"de {time_of_day(begins)} à {time_of_day(ends)}" if ends else f"à {time_of_day(begins)}"
        case "de":
            return f"{_clock(begins, ':')} bis {time_of_day(ends)}" if ends else time_of_day(begins)
        case _:
            if ends is None:
                return time_of_day(begins)
            first = _half_day(begins) if _half(begins) == _half(ends) else time_of_day(begins)
            return f"{first} to {time_of_day(ends)}"


def _clock(moment: time | datetime, mark: str) -> str:
    return f"{moment.hour}{mark}{moment:%M}" if moment.minute else str(moment.hour)


def _half_day(moment: time | datetime) -> str:
    """The time on a clock of twelve hours."""
    hour = moment.hour % 12 or 12
    return f"{hour}.{moment:%M}" if moment.minute else str(hour)


def _half(moment: time | datetime) -> str:
    return "am" if moment.hour < 12 else "pm"
