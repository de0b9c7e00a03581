from django import template
from django.utils.formats import number_format
from django.utils.translation import get_language

register = template.Library()
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
UNITS = {"fr": ("Ko", "Mo"), "nl": ("kB", "MB")}
STEP = 1024


@register.filter
def file_size(length: int) -> str:
    """The size of a file as the reader's language writes it: 5 Mo in French, 5 MB elsewhere; at least 1 kB."""
    small, large = UNITS.get(get_language(), ("KB", "MB"))
    if length < STEP**2:
        return f"{max(1, round(length / STEP))}{NO_BREAK_SPACE}{small}"
    megabytes = length / STEP**2
    whole = megabytes >= 10 or megabytes == int(megabytes)
    return f"{number_format(megabytes, decimal_pos=0 if whole else 1)}{NO_BREAK_SPACE}{large}"
