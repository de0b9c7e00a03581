"""One judgement over a file that someone sent: its kind by its content, or why it is refused."""

import hashlib
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ...formats import file_size
from . import images, names, packages, pdf
from .errors import refused

PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
# Content type: the endings that a name may keep, the usual one first.
ACCEPTED = {
    PDF: ("pdf",),
    JPEG: ("jpg", "jpeg"),
    PNG: ("png",),
    packages.DOCX: ("docx",),
    packages.XLSX: ("xlsx",),
    packages.ODT: ("odt",),
    packages.ODS: ("ods",),
}
IMAGES = {kind: ACCEPTED[kind] for kind in (JPEG, PNG)}
PDF_OR_IMAGE = {kind: ACCEPTED[kind] for kind in (PDF, JPEG, PNG)}
# What another kind of file begins with, where a reader would still find it: within so many bytes.
FOREIGN_WITHIN = 1024
# The container of old Office files, in which newer ones lie that are protected by a password; names in it are UTF-16.
OLE, ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "EncryptedPackage".encode("utf-16-le")
HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
MARKUP = (b"<script", b"<html", b"<!doctype", b"<svg", b"<?php", b"<iframe")


@dataclass(frozen=True)
class Incoming:
    """A file that passed: its cleaned name, its kind by content, its bytes."""

    name: str
    content_type: str
    content: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def judge(content: bytes, name: str, *, accepted=ACCEPTED) -> Incoming:
    """The file as we keep it; ValidationError, in the reader's language, for one that we do not take.

    `accepted`: ACCEPTED, PDF_OR_IMAGE or IMAGES.
    """
    if not content:
        raise ValidationError(_("This file is empty (0 bytes). Choose another one."), code="empty")
    if len(content) > settings.ATTACHMENT_BYTES:
        raise ValidationError(
            _("This file is larger than %(most)s. Choose a smaller one.") % {"most": largest()},
            code="size",
        )
    kind, content = kind_of(content)
    if kind not in accepted:
        raise refused("pdf_or_image")
    return Incoming(names.clean(name, ACCEPTED[kind]), kind, content)


def largest() -> str:
    """How large a file may be, as one says it."""
    return file_size(settings.ATTACHMENT_BYTES)


def kind_of(content: bytes) -> tuple[str, bytes]:
    """The content type, and the file without what mail programs and telephones put around it."""
    if pdf.begins(content):
        refuse_markup(content)
        content = pdf.cleaned(content)
        pdf.check(content)
        return PDF, content
    if content.startswith(b"PK\x03\x04"):
        refuse_foreign(content, b"%PDF-")
        return packages.check(content), content
    for kind, beginning, name in ((JPEG, b"\xff\xd8\xff", "JPEG"), (PNG, b"\x89PNG\r\n\x1a\n", "PNG")):
        if content.startswith(beginning):
            refuse_foreign(content, b"%PDF-")
            refuse_markup(content)
            images.check(content, name)
            return kind, images.whole_jpeg(content) if kind == JPEG else content
    raise refused(why_not(content))


def why_not(content: bytes) -> str:
    """The reason for a file of none of the kinds, as narrow as can be."""
    if content[4:8] == b"ftyp" and content[8:12] in HEIC_BRANDS:
        return "heic"
    if content.startswith(OLE) and ENCRYPTED in content:
        return "locked"
    return "kind"


def refuse_foreign(content: bytes, beginning: bytes) -> None:
    if beginning in content[:FOREIGN_WITHIN]:
        raise refused("two_kinds")


def refuse_markup(content: bytes) -> None:
    """A page or a script at the beginning or the end, where a browser would look for it."""
    looked_at = content[:FOREIGN_WITHIN].lower() + b"\n" + content[-FOREIGN_WITHIN:].lower()
    if any(mark in looked_at for mark in MARKUP):
        raise refused("two_kinds")
