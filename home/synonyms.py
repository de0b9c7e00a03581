"""Words of readers that mean words of the site: data that editors change, read anew for each search."""

import tomllib
from collections.abc import Collection

from django.conf import settings
from django.db import transaction

from .content.source import FOLDER
from .models import Synonym
from .words import words_of


def meanings(language: str, words: Collection[str]) -> dict[str, list[str]]:
    """For those of the words that have synonyms, the words of the site that each means."""
    found = Synonym.objects.filter(language=language, word__in=words).values_list("word", "means")
    return {word: words_of(means) for word, means in found}


@transaction.atomic
def load() -> int:
    """Take over the shipped words of each language that has none yet; answers how many.

    From then on they are Fedasil's own: what editors change or delete stays so.
    """
    with (FOLDER / "search_words.toml").open("rb") as file:
        shipped = tomllib.load(file)
    known = set(Synonym.objects.order_by().values_list("language", flat=True))
    rows = [
        Synonym(language=language, word=word, means=", ".join(means))
        for language, _name in settings.LANGUAGES
        if language not in known
        for word, means in shipped.get(language, {}).items()
    ]
    for row in rows:
        row.clean_fields()
    return len(Synonym.objects.bulk_create(rows))
