"""Pages and snippets go live and expire at the times that editors set.

The same as Wagtail's command `publish_scheduled`, as a job: one that fails is logged and does not keep the others back.
"""

import logging
from collections.abc import Callable
from datetime import datetime

from django.apps import apps
from django.db import transaction
from wagtail.models import DraftStateMixin, Page, Revision

from portal import clock

from .translation import together

logger = logging.getLogger(__name__)


def publish_scheduled() -> int:
    """Unpublish what expired, publish what goes live; answers how many (a job of `run_due`)."""
    now = clock.now()
    return sum(_unpublish_expired(model, now) for model in scheduled_models()) + _publish_approved(now)


def scheduled_models() -> list[type[DraftStateMixin]]:
    """The models with times to go live and to expire; Page stands for all kinds of pages."""
    snippets = [
        model for model in apps.get_models() if issubclass(model, DraftStateMixin) and not issubclass(model, Page)
    ]
    return [Page, *snippets]


def _unpublish_expired(model: type[DraftStateMixin], now: datetime) -> int:
    expired = model.objects.filter(live=True, expire_at__lte=now).order_by("expire_at")
    return sum(_attempt(found, lambda found=found: _expire(found)) for found in list(expired))


def _expire(instance: DraftStateMixin) -> None:
    """Take it off the site; a page takes its translations along, as when somebody unpublishes it."""
    translations = together.translations_of(instance) if isinstance(instance, Page) else []
    for each in (instance, *(each for each in translations if each.live)):
        each.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")


def _publish_approved(now: datetime) -> int:
    approved = Revision.objects.filter(approved_go_live_at__lte=now).order_by("approved_go_live_at")
    return sum(
        _attempt(revision, lambda revision=revision: revision.publish(log_action="wagtail.publish.scheduled"))
        for revision in list(approved)
    )


def _attempt(about, act: Callable[[], None]) -> bool:
    """Whether it succeeded, wholly or not at all."""
    try:
        with transaction.atomic():
            act()
    except Exception:
        logger.exception("scheduled publishing failed for %s %s", about._meta.model_name, about.pk)
        return False
    return True
