"""Dates and times where Django's own German ones lack their words (FORMAT_MODULE_PATH)."""

DATETIME_FORMAT = r"j. F Y \u\m G:i \U\h\r"
TIME_FORMAT = r"G:i \U\h\r"
