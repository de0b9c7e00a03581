"""How organisations are found: one rule for each list and form that looks for them."""

import re
from collections.abc import Iterable
from functools import reduce
from operator import and_
from typing import Any

from django.db.models import Q, QuerySet

from portal.text import clean_number, words_of

from ..enterprise_numbers import CALLED
from ..models import Municipality, Organisation

# Fewer digits would find almost every number.
LEAST_DIGITS = 3


def matching(text: str) -> QuerySet[Organisation, Any]:
    """The keys of organisations with all these words in their name or a name of their municipality, or this number.

    Names are compared without accents, capitals, apostrophes and hyphens; a number counts in every way to write it.
    """
    found = Organisation.objects.order_by()
    words = words_of(text)
    matched = all_of(Q(plain_name__contains=word) | Q(municipality__in=places(word)) for word in words)
    if digits := number_in(text):
        matched |= Q(enterprise_number__contains=digits)
    return found.filter(matched).values("pk") if words else found.none().values("pk")


def named(text: str) -> QuerySet[Organisation]:
    """Organisations with all these words in their name; none where the text has no word."""
    words = words_of(text)
    found = Organisation.objects.filter(all_of(Q(plain_name__contains=word) for word in words))
    return found if words else found.none()


def all_of(conditions: Iterable[Q]) -> Q:
    return reduce(and_, conditions, Q())


def places(word: str) -> QuerySet[Municipality, Any]:
    """The keys of municipalities with this in one of their names, those of former ones included."""
    return Municipality.objects.filter(plain_names__contains=word).order_by().values("pk")


def number_in(text: str) -> str:
    """The digits of an enterprise number or a part of one; empty for any other text."""
    digits = re.sub(r"[\s./-]", "", CALLED.sub("", clean_number(text)))
    return digits if re.fullmatch(rf"[0-9]{{{LEAST_DIGITS},10}}", digits) else ""
