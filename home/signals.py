"""What is published is seen at once: whatever a page shows clears the kept pages, and outdates the PDFs."""

from django.conf import settings
from django.core.cache import cache, caches
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move, published, unpublished

from partners.models import Partnership, Rate, YearFigure

from . import prints
from .models import Fact, Registration, Session


def forget(**kwargs) -> None:
    """Drop all kept pages, frames and indexes, once the change is committed."""

    def clear():
        caches["pages"].clear()
        prints.outdate()
        cache.delete_many(f"{kept}:{code}" for kept in ("frame", "search") for code, _name in settings.LANGUAGES)

    transaction.on_commit(clear)


def connect() -> None:
    for signal in (page_published, page_unpublished, page_slug_changed, post_page_move, published, unpublished):
        signal.connect(forget)
    for model in (Fact, Partnership, Rate, Registration, Session, YearFigure):
        post_save.connect(forget, sender=model)
        post_delete.connect(forget, sender=model)
