"""What readers see is kept for a while; every verb that changes what the site shows drops it here.

The changes of other rooms come as signals (home/signals.py).
"""

from django.conf import settings
from django.core.cache import cache, caches
from django.db import transaction

from partners.models import Rate
from portal import clock
from portal.models import DueJob

from . import prints

AMOUNTS = "amounts that come into force"


def drop_all() -> None:
    """Drop all kept pages and frames once the change is committed; PDFs are made anew where they differ."""

    def drop():
        caches["pages"].clear()
        prints.outdate()
        cache.delete_many(f"frame:{code}" for code, _name in settings.LANGUAGES)

    transaction.on_commit(drop)


def follow_amounts() -> int:
    """Show the rates that came into force since this job last ran (a job of `run_due`): no row changed that day."""
    last = DueJob.objects.get(name=AMOUNTS).last_run
    begun = Rate.objects.filter(valid_from__lte=clock.today())
    if last:
        begun = begun.filter(valid_from__gt=clock.day_of(last))
    found = begun.count()
    if found:
        drop_all()
    return found
