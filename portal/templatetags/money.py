from decimal import Decimal

from django import template
from django.utils.formats import number_format
from django.utils.translation import get_language

register = template.Library()
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"


@register.filter
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
