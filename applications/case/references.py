"""References that can be read out on the telephone: no letter or digit that looks or sounds like another."""

import re
import secrets

from portal.text import clean_number

ALPHABET = "2346789CDFGHJKMPQRTVWXY"
LENGTH = 5
SHAPE = re.compile(r"^HV-\d{4}-\w{4,8}$")
TYPED = re.compile(r"HV[\s./-]*(\d{4})[\s./-]*(\w{1,8})")


def check_character(text: str) -> str:
    """One more character, which catches a mistyped or swapped one: a weighted sum modulo the alphabet's prime size."""
    total = sum(place * ALPHABET.index(character) for place, character in enumerate(text, start=2))
    return ALPHABET[total % len(ALPHABET)]


def new_reference(year: int) -> str:
    """A random reference such as HV-2027-7K3QF4. That it is unique, a constraint of the database makes sure."""
    text = "".join(secrets.choice(ALPHABET) for _place in range(LENGTH))
    return f"HV-{year}-{text}{check_character(text)}"


def as_written(text: str) -> str:
    """A reference, or its beginning, as it is written: people leave out hyphens and capitals."""
    text = clean_number(text).upper()
    typed = TYPED.fullmatch(text)
    return f"HV-{typed[1]}-{typed[2]}" if typed else text


def is_mistyped(text: str) -> bool:
    """Whether this looks like a reference but has a typing error: its check character does not fit."""
    reference = as_written(text)
    return bool(SHAPE.match(reference)) and not is_well_formed(reference)


def is_well_formed(reference: str) -> bool:
    """Whether the check character fits."""
    text = reference.rpartition("-")[2]
    if len(text) != LENGTH + 1 or any(character not in ALPHABET for character in text):
        return False
    return check_character(text[:-1]) == text[-1]
