"""Files in the private storage: keeping, releasing from quarantine, serving and forgetting them."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar

from django.core.files.storage import Storage
from django.db import transaction
from django.http import FileResponse, Http404
from django.utils.translation import gettext_lazy

from .. import clock
from ..models import StoredFile, User
from ..workflow import Refused

logger = logging.getLogger(__name__)

PLACES = ("quarantine", "private")
NOT_KEPT = gettext_lazy(
    "We cannot keep files at the moment, so your file was not kept. Try again in an hour. "
    "If it still fails, write to us."
)
_written: ContextVar[list | None] = ContextVar("files written in this transaction", default=None)


class NotKept(Refused):
    """The storage does not take a file now: its disk is full, or it does not answer."""


def store(content: bytes, *, name: str, content_type: str, sent_by: User | None = None) -> StoredFile:
    """Keep bytes that the portal made; `name` is what people see when they save the file. NotKept where that fails.

    `sent_by`: for portal/files/receiving.py alone, the door for what people send: it lies in quarantine.
    """
    stored = StoredFile(
        name=name, content_type=content_type, created_at=clock.now(), quarantined=sent_by is not None, sent_by=sent_by
    )
    _put(stored, content)
    stored.save()
    return stored


def _put(stored: StoredFile, content: bytes) -> None:
    try:
        stored.keep(content)
    # Each kind of storage has errors of its own.
    except Exception as error:
        logger.exception("a file could not be kept")
        raise NotKept(str(NOT_KEPT)) from error
    written = _written.get()
    if written is not None:
        written.append((stored.storage, stored.content.name))


@contextmanager
def all_or_nothing() -> Iterator[None]:
    """A transaction; when it fails, the files that were stored in it go too."""
    outer, written = _written.get(), []
    token = _written.set(written)
    try:
        with transaction.atomic():
            yield
    except BaseException:
        for storage, name in written:
            with suppress(Exception):
                storage.delete(name)
        raise
    finally:
        _written.reset(token)
    if outer is not None:
        outer += written


def release(stored: StoredFile) -> None:
    """Out of quarantine: from now on the file may be served."""
    storage, name = stored.storage, stored.content.name
    content = stored.read()
    stored.quarantined = False
    _put(stored, content)
    stored.save(update_fields=["quarantined", "content"])
    transaction.on_commit(lambda: storage.delete(name))


def serve(stored: StoredFile, *, attachment: bool = True) -> FileResponse:
    """The file as an answer, after the caller made sure that the reader may have it."""
    if stored.quarantined:
        raise Http404
    return FileResponse(stored.open(), as_attachment=attachment, filename=stored.name, content_type=stored.content_type)


def forget(stored: StoredFile) -> None:
    """Delete the row, and its content once that is committed."""
    storage, name = stored.storage, stored.content.name
    stored.delete()
    transaction.on_commit(lambda: storage.delete(name))


def names_in(storage: Storage, folder: str = "") -> Iterator[str]:
    """All that lies in it; a folder that was never made holds nothing."""
    try:
        folders, names = storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in names:
        yield f"{folder}{name}"
    for inner in folders:
        if inner:
            yield from names_in(storage, f"{folder}{inner}/")
