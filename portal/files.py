"""Files in the private storage: keeping, releasing from quarantine, serving and forgetting them."""

from collections.abc import Iterator

from django.core.files.storage import Storage
from django.db import transaction
from django.http import FileResponse, Http404

from . import clock
from .models import StoredFile

PLACES = ("quarantine", "private")


def store(content: bytes, *, name: str, content_type: str, quarantined: bool = False) -> StoredFile:
    """Keep these bytes; `name` is what people see when they save the file."""
    stored = StoredFile(name=name, content_type=content_type, created_at=clock.now(), quarantined=quarantined)
    stored.keep(content)
    stored.save()
    return stored


def release(stored: StoredFile) -> None:
    """Out of quarantine: from now on the file may be served."""
    storage, name = stored.storage, stored.content.name
    content = stored.read()
    stored.quarantined = False
    stored.keep(content)
    stored.save(update_fields=["quarantined", "content"])
    transaction.on_commit(lambda: storage.delete(name))


def serve(stored: StoredFile, *, attachment: bool = True) -> FileResponse:
    """The file as an answer, after the caller made sure that the reader may have it."""
    if stored.quarantined:
        raise Http404
    response = FileResponse(
        stored.open(), as_attachment=attachment, filename=stored.name, content_type=stored.content_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


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
