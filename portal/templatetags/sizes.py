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
    decimals = 0 if megabytes >= 10 or megabytes == int(megabytes) else 1
    # What number_format does not show it cuts off.
    return f"{number_format(round(megabytes, decimals), decimal_pos=decimals)}{NO_BREAK_SPACE}{large}"
