"""Words of readers that mean words of the site: data that editors change, read anew for each search."""

import tomllib
from collections import defaultdict
from collections.abc import Iterator

from django.db import transaction

from portal.text import words_of

from .content.source import FOLDER
from .models import Synonym

# A new edition is a file of its own (search_words_3.toml): sites that have the others get it too.
LAST_EDITION = 2


def meanings(language: str) -> dict[str, list[str]]:
    """All words of readers that have synonyms, with the words of the site that each means."""
    found = Synonym.objects.filter(language=language).order_by().values_list("word", "means")
    return {word: words_of(means) for word, means in found}


def editions() -> Iterator[tuple[int, str, str, str]]:
    """The shipped words, edition by edition: its number, the language, a word of readers, and what it means."""
    for number in range(1, LAST_EDITION + 1):
        name = "search_words.toml" if number == 1 else f"search_words_{number}.toml"
        for language, words in tomllib.loads((FOLDER / name).read_text(encoding="utf-8")).items():
            for word, means in words.items():
                yield number, language, word, ", ".join(dict.fromkeys(words_of(", ".join(means))))


@transaction.atomic
def load() -> int:
    """Take over the editions of shipped words that a language does not have yet; answers how many words.

    From then on they are Fedasil's own: what editors wrote, changed or deleted stays so. An edition that says a word
    anew changes it where it still stands as it was shipped.
    """
    rows = {(row.language, row.word): row for row in Synonym.objects.order_by()}
    there: dict[str, int] = defaultdict(int)
    for row in rows.values():
        # Those that came before editions were counted have none: the first.
        there[row.language] = max(there[row.language], row.edition, 1)
    shipped: dict[tuple[str, str], str] = {}
    taken: dict[tuple[str, str], Synonym] = {}
    for number, language, word, means in editions():
        place = language, word
        before, shipped[place] = shipped.get(place), means
        row = rows.get(place)
        is_ours = row.means == before if row else not before or not there[language]
        if number > there[language] and is_ours:
            row = row or Synonym(language=language, word=word)
            row.means, row.edition = means, number
            row.clean_fields()
            rows[place] = taken[place] = row
    Synonym.objects.bulk_create([row for row in taken.values() if not row.pk])
    Synonym.objects.bulk_update([row for row in taken.values() if row.pk], ["means", "edition"])
    return len(taken)
