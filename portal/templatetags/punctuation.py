"""How the reader's language writes; at hand in every template (settings, TEMPLATES)."""

from django import template
from django.utils.translation import get_language

register = template.Library()
NO_BREAK = "\u00a0"


@register.simple_tag
def colon() -> str:
    """What stands between a label and what it says: in French with a space before it."""
    return f"{NO_BREAK}: " if (get_language() or "").startswith("fr") else ": "
