"""The one door for files that people send: judged, kept in quarantine, scanned, then released or deleted.

Forms take them with the fields of portal/files/form_fields.py, which judge. A room registers each of its relations to
StoredFile that holds such files, with what it does once the scanner has spoken. Nothing in quarantine is ever served.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from django.db import models
from django_tasks import task

from ..models import StoredFile, User
from ..workflow import Refused
from . import clamav, store
from .validation import Incoming

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Holder:
    """A relation to StoredFile whose files people send.

    settle: called as settle(row, found); releases the file (`found` empty) or forgets it, once, in a transaction;
    answers whether it is clean now by this call.
    released: called as released(row, content) after that.
    not_answered: called as not_answered(row) where the scanner is away.
    """

    model: type[models.Model]
    field: str
    settle: Callable[[models.Model, str], bool]
    released: Callable[[models.Model, bytes], None] | None = None
    not_answered: Callable[[models.Model], None] | None = None

    def row(self, stored: StoredFile) -> models.Model | None:
        return self.model._default_manager.filter(**{self.field: stored}).first()


HOLDERS: dict[tuple[type[models.Model], str], Holder] = {}


def register(model: type[models.Model], field: str, **calls: Callable) -> None:
    HOLDERS[model, field] = Holder(model, field, **calls)


def receive(incoming: Incoming, sender: User) -> StoredFile:
    """Keep a judged file in quarantine, and have it scanned. Refused where nothing can be kept now."""
    if not isinstance(incoming, Incoming):
        raise TypeError("what people send is judged first (portal.files.validation.judge)")
    stored = store.store(incoming.content, name=incoming.name, content_type=incoming.content_type, sent_by=sender)
    scan_in_background.enqueue(stored.pk)
    return stored


# ── The virus check ──────────────────────────────────────────────────────────────────────────────────────────────────
@task()
def scan_in_background(stored_id: int) -> None:
    """What the worker runs after an upload; whatever is still waiting is tried again each minute."""
    if stored := StoredFile.objects.filter(pk=stored_id, quarantined=True).first():
        scan(stored)


def scan_waiting() -> int:
    """Scan what waits (a job of `run_due`), until the scanner does not answer; answers how many were scanned."""
    scanned = 0
    for stored in StoredFile.objects.filter(quarantined=True).order_by("pk"):
        if not scan(stored):
            break
        scanned += 1
    return scanned


def scan(stored: StoredFile) -> bool:
    """Release the file or delete it, as the scanner says; False where that cannot be done now and the file waits."""
    holder, row = held_by(stored)
    if row is None:
        return True
    try:
        content = stored.read()
        found = clamav.scan(content)
        is_clean = holder.settle(row, found)
    except FileNotFoundError:
        # Removed or scanned meanwhile.
        return True
    except (clamav.ScannerAway, Refused) as problem:
        logger.warning("virus check: %s", problem)
        if holder.not_answered:
            holder.not_answered(row)
        return False
    if found:
        logger.warning("virus check: file %s refused: %s", stored.uuid, found)
    if is_clean and holder.released:
        holder.released(row, content)
    return True


def held_by(stored: StoredFile) -> tuple[Holder | None, models.Model | None]:
    for holder in HOLDERS.values():
        if row := holder.row(stored):
            return holder, row
    return None, None
