"""What is published is seen at once: whatever a page shows clears the kept pages, and outdates the PDFs."""

from django.conf import settings
from django.core.cache import cache, caches
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from wagtail.models import Page
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move, published, unpublished

from partners.models import Partnership, Rate, YearFigure
from portal import clock
from portal.models import DueJob
from portal.outage import middleware

from . import prints
from .models import Fact, Registration, Session

AMOUNTS = "amounts that come into force"


def forget(**kwargs) -> None:
    """Drop all kept pages, frames and indexes, once the change is committed."""

    def clear():
        caches["pages"].clear()
        prints.outdate()
        cache.delete_many(f"{kept}:{code}" for kept in ("frame", "search") for code, _name in settings.LANGUAGES)

    transaction.on_commit(clear)


def follow_amounts() -> int:
    """Show the rates that came into force since this job last ran (a job of `run_due`): no row changed that day."""
    last = DueJob.objects.get(name=AMOUNTS).last_run
    begun = Rate.objects.filter(valid_from__lte=clock.today())
    if last:
        begun = begun.filter(valid_from__gt=clock.day_of(last))
    found = begun.count()
    if found:
        forget()
    return found


def withdraw(**kwargs) -> None:
    """What is taken off the site is not shown while the database is away either."""
    transaction.on_commit(middleware.forget_copies)


def outdate_copy(instance, **kwargs) -> None:
    """What a newer version of a page leaves out is not shown while the database is away either."""
    if parts := instance.get_url_parts():
        transaction.on_commit(lambda: middleware.forget_copy(parts[2]))


def connect() -> None:
    page_published.connect(outdate_copy)
    for signal in (page_unpublished, page_slug_changed, post_page_move, unpublished):
        signal.connect(withdraw)
    for model in (Page, Partnership, Session):
        post_delete.connect(withdraw, sender=model)
    for signal in (page_published, page_unpublished, page_slug_changed, post_page_move, published, unpublished):
        signal.connect(forget)
    for model in (Fact, Partnership, Rate, Registration, Session, YearFigure):
        post_save.connect(forget, sender=model)
        post_delete.connect(forget, sender=model)
