"""Everything of one application in one ZIP: each Version as PDF, the rest as JSON, files, and their checksums.

A part is a function that gives paths and contents; PARTS names them all. One content at a time is in memory.
"""

import hashlib
import json
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import IO

from django.utils.timezone import localtime

from partners.people.person import Person
from portal import clock

from ..case.timeline import full_timeline, timeline
from ..communication import messages as communication_messages
from ..models import Application, Letter
from ..permissions import belongs_to, belongs_to_party, seen_attachments
from ..versions.redaction import seen_content, seen_sections
from ..versions.snapshots import sections_of
from .version import version_pdf

CHECKSUMS = "SHA256SUMS"
IN_MEMORY = 2_000_000


@dataclass(frozen=True)
class Asked:
    """What is downloaded, and by whom: a party sees what the lead allows, Fedasil the log with its inner steps."""

    application: Application
    person: Person

    @property
    def for_fedasil(self) -> bool:
        return not belongs_to_party(self.person, self.application)


Part = Callable[[Asked], Iterable[tuple[str, bytes]]]


def versions(asked: Asked) -> Iterator[tuple[str, bytes]]:
    for version in asked.application.versions.all():
        version.application = asked.application
        content = seen_content(asked.person, version)
        yield f"versions/version-{version.number}.pdf", version_pdf(version, content)
        yield (
            f"versions/version-{version.number}.json",
            as_json(
                {
                    "number": version.number,
                    "submitted_at": version.submitted_at.isoformat(),
                    "content_hash": version.content_hash,
                    **content,
                }
            ),
        )


def answers(asked: Asked) -> Iterator[tuple[str, bytes]]:
    """As they stand now, for who still works on them: Fedasil reads what was submitted."""
    if not asked.for_fedasil:
        seen = seen_sections(asked.person, asked.application, sections_of(asked.application))
        yield "answers.json", as_json({"sections": seen})


def attachments(asked: Asked) -> Iterator[tuple[str, bytes]]:
    clean = [found for found in seen_attachments(asked.person, asked.application) if found.is_clean]
    for number, found in enumerate(clean, 1):
        if found.stored:
            yield f"attachments/{number:02d}-{found.name}", found.stored.read()


def events(asked: Asked) -> Iterator[tuple[str, bytes]]:
    found = full_timeline(asked.application) if asked.for_fedasil else timeline(asked.application)
    yield (
        "timeline.json",
        as_json(
            [{"at": event.at.isoformat(), "text": str(event.text), "about": event.about} for event in reversed(found)]
        ),
    )


def messages(asked: Asked) -> Iterator[tuple[str, bytes]]:
    yield (
        "messages.json",
        as_json(
            [
                {
                    "at": message.sent_at.isoformat(),
                    "from": message.party.name if message.party else "Fedasil",
                    "text": message.text,
                    "erased": message.erased_at is not None,
                }
                for message in communication_messages.thread(asked.application)
            ]
        ),
    )


def change_requests(asked: Asked) -> Iterator[tuple[str, bytes]]:
    yield (
        "change_requests.json",
        as_json(
            [
                {
                    "created_at": request.created_at.isoformat(),
                    "due_on": request.due_on.isoformat(),
                    "state": request.state,
                    "party": request.party.name if request.party else None,
                    "text": request.text,
                    "reason": request.reason,
                    "items": [
                        {
                            "question": item.question,
                            "text": item.text,
                            "answered_in_version": item.answered_in.number if item.answered_in else None,
                        }
                        for item in request.items.all()
                    ],
                }
                for request in asked.application.change_requests.select_related("party__organisation").prefetch_related(
                    "items__answered_in"
                )
            ]
        ),
    )


def letters(asked: Asked) -> Iterator[tuple[str, bytes]]:
    """About each decision that was released: a party has its own, Fedasil all."""
    found = Letter.objects.filter(decision__application=asked.application).select_related("stored", "party", "decision")
    for number, letter in enumerate(found, 1):
        letter.party.application = asked.application
        if asked.for_fedasil or belongs_to(asked.person, letter.party):
            yield (
                f"letters/{number:02d}-{localtime(letter.decision.decided_at):%Y-%m-%d}-{letter.stored.name}",
                letter.stored.read(),
            )


PARTS: tuple[Part, ...] = (versions, answers, attachments, events, messages, change_requests, letters)


def as_json(content) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=2).encode()


def archive(application: Application, person: Person) -> IO[bytes]:
    """The ZIP as an open temporary file at its beginning: on disk where it is large."""
    asked = Asked(application, person)
    file = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 (the answer closes it)
    now = localtime(clock.now()).timetuple()[:6]
    sums = []
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as zipped:
        for part in PARTS:
            for path, content in part(asked):
                zipped.writestr(entry(path, now), content)
                sums.append(f"{hashlib.sha256(content).hexdigest()}  {path}\n")
        zipped.writestr(entry(CHECKSUMS, now), "".join(sums))
    file.seek(0)
    return file


def entry(path: str, moment: tuple) -> zipfile.ZipInfo:
    found = zipfile.ZipInfo(path, moment)
    found.compress_type = zipfile.ZIP_DEFLATED
    found.external_attr = 0o644 << 16
    return found


def name_of(application: Application) -> str:
    return application.reference or "application"
