"""Files in the private storage: keeping, serving and forgetting them."""

from django.db import transaction
from django.http import FileResponse

from . import clock
from .models import StoredFile


def store(content: bytes, *, name: str, content_type: str) -> StoredFile:
    """Keep these bytes; `name` is what people see when they save the file."""
    stored = StoredFile(name=name, content_type=content_type, created_at=clock.now())
    stored.keep(content)
    stored.save()
    return stored


def serve(stored: StoredFile, *, attachment: bool = True) -> FileResponse:
    """The file as an answer, after the caller made sure that the reader may have it."""
    response = FileResponse(
        stored.content.open("rb"), as_attachment=attachment, filename=stored.name, content_type=stored.content_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


def forget(stored: StoredFile) -> None:
    """Delete the row, and its content once that is committed."""
    content = stored.content
    stored.delete()
    transaction.on_commit(lambda: content.storage.delete(content.name))
