"""What people get while the database is away: public pages as they were last, what they sent to send again, or a page
that says so. Whatever needs no database goes on as always (docs/decisions/0033)."""

import hashlib
import logging
import sys
import time
from collections.abc import Iterator

import psycopg
from django.core.cache import caches
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.template.loader import render_to_string
from django.utils import translation
from django.views import defaults

from ..accounts.post_resume import OURS
from ..files.validation import shown_name

logger = logging.getLogger(__name__)
RETRY_SECONDS = 30
# How old the copy of a public page may become before a newer one takes its place.
COPY_SECONDS = 60
# Class 08 of SQLSTATE: no connection. 57P: the server is shutting down or starting.
AWAY = ("08", "57P")
COPIED_HEADERS = ("Content-Type", "Content-Disposition")


# ── Knowing it ────────────────────────────────────────────────────────────────────────────────────────────────────────
def causes(error: BaseException | None) -> Iterator[BaseException]:
    """The error and what led to it."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def is_outage(error: BaseException | None) -> bool:
    """True where the database could not be reached or ended the connection; False for what it refused to do."""
    return any(
        isinstance(found, OperationalError | InterfaceError)
        and isinstance(found.__cause__, psycopg.Error)
        and (found.__cause__.sqlstate or AWAY[0]).startswith(AWAY)
        for found in causes(error)
    )


def server_error(request):
    """The answer to a request that failed (handler500)."""
    if is_outage(sys.exc_info()[1]):
        return answer(request)
    return defaults.server_error(request)


# ── Answering ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def answer(request) -> HttpResponse:
    """The last copy of a public page; else a page (503) in the reader's language, with what was sent in it."""
    if request.method in ("GET", "HEAD") and (copy := copy_of(request)):
        return copy
    with translation.override(translation.get_language_from_request(request, check_path=True)):
        text = render_to_string("503.html", {"sent": what_was_sent(request)})
    return HttpResponse(text, status=503, headers={"Retry-After": str(RETRY_SECONDS), "Cache-Control": "no-store"})


class Check(CsrfViewMiddleware):
    """Whether a request comes from a page of ours, without an answer to it."""

    def _reject(self, request, reason):
        return reason


def what_was_sent(request) -> dict | None:
    """A form as it was sent: its fields, the texts among them for people to copy, the names of its files.

    None where no form of ours was sent: what a stranger's page sends is not shown here.
    """
    if request.method != "POST":
        return None
    check = Check(lambda request: None)
    check.process_request(request)
    if check.process_view(request, check.get_response, (), {}):
        return None
    fields = [(name, value) for name, values in request.POST.lists() for value in values]
    return {
        "address": request.get_full_path(),
        "fields": fields,
        "texts": [value for name, value in fields if name not in OURS and len(value.split()) > 1],
        "files": [shown_name(file.name) for _name, files in request.FILES.lists() for file in files],
    }


# ── Copies of public pages ────────────────────────────────────────────────────────────────────────────────────────────
def key_of(path: str) -> str:
    return hashlib.sha256(path.encode()).hexdigest()


def copy_of(request) -> HttpResponse | None:
    """The page at this address as it was last; what stands behind `?` is left out, a search is none."""
    if request.GET.get("q"):
        return None
    copied = caches["copies"].get(key_of(request.path))
    if copied is None:
        return None
    content, headers = copied
    return HttpResponse(content, headers={**headers, "Cache-Control": "public, max-age=10"})


def forget_copy(path: str) -> None:
    """The page at this address is not as it was any more."""
    caches["copies"].delete(key_of(path))


def forget_copies() -> None:
    """What was taken off the site is not shown again."""
    caches["copies"].clear()


class CopyMiddleware:
    """Keeps a copy of each public page for the time when the database is away, written at most once a minute."""

    written: dict[str, float] = {}

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if is_public(request, response):
            key, now = key_of(request.path), time.monotonic()
            if now - self.written.get(key, -COPY_SECONDS) >= COPY_SECONDS:
                self.written[key] = now
                headers = {name: response[name] for name in COPIED_HEADERS if name in response}
                try:
                    caches["copies"].set(key, (response.content, headers))
                except OSError as error:
                    # A full disk is no reason not to answer.
                    logger.warning("no copy of %s: %s", request.path, error)
        return response


def is_public(request, response) -> bool:
    """True for a page that is the same for everyone, at an address without a question, and no draft of it."""
    return (
        request.method == "GET"
        and not getattr(request, "is_preview", False)
        and response.status_code == 200
        and not response.streaming
        and not response.cookies
        and not request.META.get("QUERY_STRING")
        and "public" in response.get("Cache-Control", "")
    )
