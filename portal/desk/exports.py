"""What is stored, as it may stand in a file for a spreadsheet program: in our exports and in Wagtail's own."""

from django.utils.encoding import force_str
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from ..text import clean

CSV, XLSX = SpreadsheetExportMixin.FORMAT_CSV, SpreadsheetExportMixin.FORMAT_XLSX
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def cell(value):
    """Text without control characters, which XLSX cannot hold; numbers and dates as they are, a list as its parts."""
    if isinstance(value, list | tuple):
        value = ", ".join(map(force_str, value))
    value = force_str(value, strings_only=True)
    return clean(value) if isinstance(value, str) else value


def csv_cell(value):
    """The same, and no text that a spreadsheet program takes for a formula (OWASP, CSV injection)."""
    value = cell(value)
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value


def protect() -> None:
    """Have every export of Wagtail's mixin, its own and ours, write its values so.

    Wagtail looks a value's class up in this table, from the first line on: what has no line of its own is an object.
    """
    values = SpreadsheetExportMixin.custom_value_preprocess
    values.pop(list, None)
    values[object] = {CSV: csv_cell, XLSX: cell}
