"""Words as the search compares them."""

import re

from portal.text import fold


def words_of(text: str) -> list[str]:
    """The words of a text without accents and capitals."""
    return re.findall(r"[a-z0-9]+", fold(text))
