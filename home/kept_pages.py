"""What readers see is kept for a while; every verb that changes what the site shows drops it here.

The changes of other rooms come as signals (home/signals.py).
"""

from django.conf import settings
from django.core.cache import cache, caches
from django.db import models, transaction

from partners.models import ChecklistTemplate, Rate
from portal import clock
from portal.models import DueJob
from portal.outage import middleware

from . import prints
from .models import SiteNotice

AMOUNTS = "amounts that come into force"
NOTICES = "notices that begin or end"


def drop_all() -> None:
    """Drop all kept pages and frames once the change is committed; PDFs are made anew where they differ."""

    def drop():
        caches["pages"].clear()
        prints.outdate()
        languages = dict(settings.LANGUAGES)
        cache.delete_many(f"{kept}:{code}" for kept in ("frame", "menu") for code in languages)

    transaction.on_commit(drop)


def follow_amounts() -> int:
    """Show the rates and checklists that came into force since this job last ran (a job of `run_due`).

    No row changed that day.
    """
    last = DueJob.objects.get(name=AMOUNTS).last_run
    in_force = models.Q(valid_from__lte=clock.today())
    if last:
        in_force &= models.Q(valid_from__gt=clock.day_of(last))
    found = Rate.objects.filter(in_force).count() + ChecklistTemplate.objects.filter(in_force, live=True).count()
    if found:
        drop_all()
    return found


def follow_notices() -> int:
    """Show a notice from its first day on, and no longer than its last one (a job of `run_due`)."""
    last, today = DueJob.objects.get(name=NOTICES).last_run, clock.today()
    since = clock.day_of(last) if last else today
    live = SiteNotice.objects.filter(live=True)
    begun = live.filter(shown_from__gt=since, shown_from__lte=today).count()
    ended = live.filter(shown_until__gte=since, shown_until__lt=today).count()
    if begun or ended:
        drop_all()
    if ended:
        # Nor is it shown while the database is away.
        transaction.on_commit(middleware.forget_copies)
    return begun + ended
