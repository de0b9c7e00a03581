"""Search that forgives capitals and accents: what is searched is kept, and sought, without."""

import unicodedata


def plain(text: str) -> str:
    """Without capitals, accents and other marks on letters."""
    letters = unicodedata.normalize("NFKD", text.lower())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
