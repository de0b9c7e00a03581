"""PDF: whole, readable without a password, nothing in it that acts or hides."""

import io
import re
import time
import zipfile
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NullObject, StreamObject

from .errors import refused, shown_name

MOST_PAGES = 500
# A tagged document of 300 pages has 27,000, read in two seconds.
MOST_OBJECTS, SECONDS = 100_000, 20
BEGINNING, END, BYTE_ORDER_MARK = b"%PDF-", b"%%EOF", b"\xef\xbb\xbf"
BLANK = b"\x00\t\n\f\r "
# What mail programs and old systems leave behind a file: the sign for its end, and the line between parts of a mail.
LEFT_BEHIND = re.compile(rb"[\x00\t\n\f\r \x1a]*(--[\w'()+,./:=?-]{1,70}[\x00\t\n\f\r \x1a]*)?")
# Actions (ISO 32000-1, 12.6.4), by the reason for which they are refused.
ACTIONS = {
    "/JavaScript": "script",
    "/Launch": "launch",
    "/GoToR": "launch",
    "/GoToE": "launch",
    "/RichMediaExecute": "launch",
    "/SubmitForm": "submit",
    "/ImportData": "submit",
}
# Whatever the library stumbles over in a broken or hostile file.
BROKEN = (PyPdfError, ArithmeticError, AssertionError, AttributeError, LookupError, RuntimeError, TypeError, ValueError)


def begins(content: bytes) -> bool:
    return content.removeprefix(BYTE_ORDER_MARK).startswith(BEGINNING)


def cleaned(content: bytes) -> bytes:
    """Without what mail and text programs put around a PDF; anything else there is refused."""
    content = content.removeprefix(BYTE_ORDER_MARK)
    end = content.rfind(END)
    if end < 0:
        raise refused("damaged")
    behind = content[end + len(END) :]
    if not behind.strip(BLANK):
        return content
    if LEFT_BEHIND.fullmatch(behind):
        return content[: end + len(END)] + b"\n"
    raise refused("two_kinds")


def check(content: bytes) -> None:
    if zipfile.is_zipfile(io.BytesIO(content)):
        raise refused("two_kinds")
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted:
            raise refused("locked")
        pages = len(reader.pages)
        refuse_what_acts(reader)
    except (*BROKEN, OSError):
        raise refused("damaged") from None
    if not pages:
        raise refused("damaged")
    if pages > MOST_PAGES:
        raise refused("too_many_pages")


def refuse_what_acts(reader: PdfReader) -> None:
    """Look at every object, wherever it hangs: no way to it has to be known."""
    hidden = False
    for found in dictionaries(reader):
        if reason := action_in(found):
            raise refused(reason)
        if isinstance(files := value(found, "/EF"), DictionaryObject) and files:
            raise holds_file(str(value(found, "/UF") or value(found, "/F") or ""))
        hidden = hidden or value(found, "/Type") == "/EmbeddedFile"
    if hidden:
        raise holds_file("")


def holds_file(name: str) -> ValidationError:
    return refused("embedded_named", name=shown_name(name)) if name.strip() else refused("embedded")


def action_in(found: DictionaryObject) -> str | None:
    """For which reason this dictionary is refused; None for a harmless one."""
    if any(value(found, key) for key in ("/JS", "/JavaScript", "/XFA")):
        return "script"
    # Content that stands in another file.
    if isinstance(found, StreamObject) and value(found, "/F"):
        return "launch"
    return ACTIONS.get(str(value(found, "/S")))


def value(found: DictionaryObject, key: str):
    """What stands under the key, also where that is an object of its own; None for nothing."""
    try:
        under = found[key]
    except KeyError:
        return None
    return None if isinstance(under, NullObject) else under


def dictionaries(reader: PdfReader) -> Iterator[DictionaryObject]:
    """All of them, of all objects that the file has today."""
    numbers = {(number, generation) for generation, table in reader.xref.items() for number in table}
    numbers |= {(number, 0) for number in reader.xref_objStm}
    if len(numbers) > MOST_OBJECTS:
        raise refused("too_big_inside")
    until = time.monotonic() + SECONDS
    yield from inside(reader.trailer)
    for number, generation in numbers:
        if time.monotonic() > until:
            raise refused("too_big_inside")
        yield from inside(IndirectObject(number, generation, reader).get_object())


def inside(whole) -> Iterator[DictionaryObject]:
    """This one and those written in it; what it refers to comes by itself."""
    left = [whole]
    while left:
        found = left.pop()
        if isinstance(found, DictionaryObject):
            yield found
            left += [item for item in found.values() if not isinstance(item, IndirectObject)]
        elif isinstance(found, ArrayObject):
            left += [item for item in found if not isinstance(item, IndirectObject)]
