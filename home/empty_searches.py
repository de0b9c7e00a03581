"""Searches without a result: counted without a word on who sought, and kept for half a year."""

import re
from datetime import timedelta

from django.db.models import F

from portal import clock
from portal.text import words_of

from .models import EmptySearch
from .search.ranking import find

LONGEST = 60
KEPT = timedelta(days=180)
# More different ones than this are a machine's.
MOST = 2000
# An address, or as many digits as a telephone number, a date of birth or a national number has.
SOMEBODYS = re.compile(r"@|(?:\d[\s./()+-]*){6,}")


def note(language: str, query: str) -> None:
    """Count a search without a result.

    Left out: the whole of it where it holds an address or a long number, for then the rest may be that person's name;
    where it is longer than people search; and each number.
    """
    if SOMEBODYS.search(query):
        return
    words = " ".join(words_of(" ".join(word for word in query.split() if not re.search(r"[0-9]", word))))
    if not words or len(words) > LONGEST:
        return
    today = clock.today()
    counted = EmptySearch.objects.filter(language=language, words=words).update(times=F("times") + 1, last_on=today)
    if not counted and EmptySearch.objects.count() < MOST:
        EmptySearch.objects.get_or_create(language=language, words=words, defaults={"last_on": today})


def forget() -> int:
    """Delete those that nobody made for half a year (a job of `run_due`); answers how many."""
    return EmptySearch.objects.filter(last_on__lt=clock.today() - KEPT).delete()[0]


def settle(language: str, word: str) -> int:
    """Take those off the list that find something now that this word has synonyms; answers how many."""
    rows = EmptySearch.objects.filter(language=language)
    answered = [row.pk for row in rows if word in row.words.split() and find(language, row.words).entries]
    return EmptySearch.objects.filter(pk__in=answered).delete()[0]
