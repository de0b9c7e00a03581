"""PDF: whole, readable without a password, without scripts."""

import io
import zipfile

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject

from .refusals import refused

MOST_PAGES = 500
END = b"%%EOF"
ACTIONS = {"/JavaScript", "/Launch"}


def check(content: bytes) -> None:
    end = content.rfind(END)
    if end < 0:
        raise refused("damaged")
    if content[end + len(END) :].strip(b"\x00\t\n\f\r "):
        raise refused("two_kinds")
    if zipfile.is_zipfile(io.BytesIO(content)):
        raise refused("two_kinds")
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted:
            raise refused("locked")
        pages = len(reader.pages)
        active = acts_by_itself(reader)
    # What the library stumbles over in a broken or hostile file has many names.
    except (PyPdfError, ArithmeticError, AttributeError, LookupError, RuntimeError, TypeError, ValueError, OSError):
        raise refused("damaged") from None
    if active:
        raise refused("macros")
    if not pages:
        raise refused("damaged")
    if pages > MOST_PAGES:
        raise refused("too_many_pages")


def acts_by_itself(reader: PdfReader) -> bool:
    """Whether opening it starts a script or a program."""
    root = reader.trailer["/Root"].get_object()
    names = resolved(root.get("/Names"))
    if isinstance(names, DictionaryObject) and "/JavaScript" in names:
        return True
    actions = [resolved(root.get("/OpenAction"))]
    for holder in (root, *reader.pages):
        if isinstance(more := resolved(holder.get("/AA")), DictionaryObject):
            actions += [resolved(action) for action in more.values()]
    return any(
        isinstance(action, DictionaryObject) and not isinstance(action, ArrayObject) and action.get("/S") in ACTIONS
        for action in actions
    )


def resolved(value):
    return value.get_object() if value is not None else None
