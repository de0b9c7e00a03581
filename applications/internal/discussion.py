"""The thread among Fedasil about one dossier: officers and deciders, once the reviews are done."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from portal import clock
from portal.audit import log
from portal.models import User
from portal.workflow import NotAllowed

from ..case import loading
from ..models import Application, PrivateMessage
from ..review.status import ReviewStatus, review_status
from .notes import checked


def is_open(reviews: ReviewStatus) -> bool:
    """One reads and writes it while nobody reviews blind: a new Version closes it until the reviews are confirmed."""
    return reviews.complete


@transaction.atomic
def send(application: Application, actor: User, text: str) -> PrivateMessage:
    locked = loading.locked(application, actor, "applications.read_dossier")
    if not is_open(review_status(locked)):
        raise NotAllowed(_("This thread opens once all reviews are done."))
    message = PrivateMessage.objects.create(application=locked, author=actor, text=checked(text), sent_at=clock.now())
    log.record(locked, "private_message_sent", actor=actor, data={"message": message.pk})
    return message


@transaction.atomic
def erase(message: PrivateMessage, actor: User) -> None:
    """Empty the text, for good: its author alone."""
    locked = loading.locked(message.application_id, actor, "applications.read_dossier")
    fresh = PrivateMessage.objects.get(pk=message.pk)
    if fresh.author_id != actor.pk:
        raise PermissionDenied
    if fresh.erased_at is None:
        fresh.text, fresh.erased_at = "", clock.now()
        fresh.save(update_fields=["text", "erased_at"])
        log.record(locked, "private_message_erased", actor=actor, data={"message": fresh.pk})


def thread(application: Application, reviews: ReviewStatus) -> list[PrivateMessage]:
    """All of it, the oldest first; nothing while it is closed."""
    return list(application.private_messages.select_related("author")) if is_open(reviews) else []
