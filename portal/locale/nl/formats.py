"""Dates and times where Django's own Dutch ones are written otherwise in Belgium (FORMAT_MODULE_PATH)."""

DATETIME_FORMAT = r"j F Y \o\m G.i \u\u\r"
TIME_FORMAT = r"G.i \u\u\r"
