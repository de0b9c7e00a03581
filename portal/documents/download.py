"""A document as an answer, to be kept or to be read in the browser: one place that says its type and its name."""

from typing import IO

from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header

from .docx import CONTENT_TYPE as DOCX

# By the ending of its name.
CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": DOCX,
    "csv": "text/csv; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}


def as_download(content: bytes | str | IO[bytes], name: str, kind: str, *, inline: bool = False) -> HttpResponseBase:
    """Answer with this content; browsers offer to save it as <name>.<kind>, or show it where it is `inline`.

    `kind` is one of CONTENT_TYPES. An open file is sent piece by piece, and closed. SecurityMiddleware adds that no
    browser may guess another type.
    """
    file_name, content_type = f"{name}.{kind}", CONTENT_TYPES[kind]
    if not isinstance(content, bytes | str):
        return FileResponse(content, as_attachment=not inline, filename=file_name, content_type=content_type)
    disposition = content_disposition_header(not inline, file_name)
    return HttpResponse(content, content_type=content_type, headers={"Content-Disposition": disposition})
