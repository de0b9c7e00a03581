"""Dates as English is written in Europe, day first: Django's own are American (FORMAT_MODULE_PATH)."""

DATE_FORMAT = "j F Y"
DATETIME_FORMAT = r"j F Y \a\t G:i"
TIME_FORMAT = "G:i"
SHORT_DATE_FORMAT = "j M Y"
SHORT_DATETIME_FORMAT = "j M Y G:i"
MONTH_DAY_FORMAT = "j F"
