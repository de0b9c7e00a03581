"""The log, provable: each entry of a subject carries the hash of itself and of the entry before it.

A changed, removed or added row breaks the chain of its subject. A cut tail breaks nothing, so each day the heads of all
chains are written to the server's own log, outside the database (`digest`); `manage.py verify_log` compares with those.
"""

import hashlib
import json
import logging
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, timedelta
from itertools import groupby

from django.contrib.contenttypes.models import ContentType

from .. import clock
from ..models import LogEntry

logger = logging.getLogger(__name__)
MARK = "log_digest"


def link(entry: LogEntry, before: str) -> str:
    """The hash that `entry` has to carry behind an entry that carries `before` ("" for the first)."""
    kind = ContentType.objects.get_for_id(entry.subject_type_id)
    content = {
        "before": before,
        "subject": f"{kind.app_label}.{kind.model}",
        "subject_id": entry.subject_id,
        "number": entry.number,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": entry.actor_id,
        "action": entry.action,
        "from_state": entry.from_state,
        "to_state": entry.to_state,
        "data": entry.data,
    }
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


@dataclass(frozen=True)
class Break:
    """Where the log does not hold: which subject ("app.model:id"), which entry, and what is wrong there."""

    subject: str
    number: int
    reason: str

    def __str__(self) -> str:
        return f"{self.subject} #{self.number}: {self.reason}"


def subject_name(entry: LogEntry) -> str:
    kind = ContentType.objects.get_for_id(entry.subject_type_id)
    return f"{kind.app_label}.{kind.model}:{entry.subject_id}"


def _subjects(entries) -> Iterator[tuple[str, Iterable[LogEntry]]]:
    """The entries of each subject in their order, read as a stream."""
    ordered = entries.order_by("subject_type", "subject_id", "number")
    return groupby(ordered.iterator(chunk_size=2000), subject_name)


def breaks() -> Iterator[Break]:
    """The first place in each subject's chain that does not hold."""
    for subject, entries in _subjects(LogEntry.objects.all()):
        before, expected = "", 1
        for entry in entries:
            if entry.number != expected:
                yield Break(subject, expected, "removed")
                break
            if entry.chain != link(entry, before):
                yield Break(subject, entry.number, "changed or added")
                break
            before, expected = entry.chain, expected + 1


# ── The daily digest ──────────────────────────────────────────────────────────────────────────────────────────────────
@dataclass
class Digest:
    """All heads as they were at the beginning of a day (Belgian time).

    total: how many chains. digest: SHA-256 over all heads.
    moved: number and hash of the heads that moved on the day before.
    """

    day: str
    total: int
    digest: str
    moved: dict[str, tuple[int, str]]


def digest(day: date) -> Digest:
    """The digest of `day`: what stood in the log before that day began."""
    heads, moved, total = hashlib.sha256(), {}, 0
    since = clock.midnight(day - timedelta(days=1))
    for subject, entries in _subjects(LogEntry.objects.filter(at__lt=clock.midnight(day))):
        head = deque(entries, maxlen=1)[0]
        heads.update(f"{subject} {head.number} {head.chain}\n".encode())
        total += 1
        if head.at >= since:
            moved[subject] = (head.number, head.chain)
    return Digest(day.isoformat(), total, heads.hexdigest(), moved)


def publish() -> int:
    """Write today's digest to the server's log, in lines that `verify_log` reads (a job of `run_due`, once a day)."""
    found = digest(clock.today())
    for subject, (number, chain) in found.moved.items():
        write({"day": found.day, "subject": subject, "number": number, "chain": chain})
    write({"day": found.day, "total": found.total, "digest": found.digest})
    return found.total


def write(line: dict) -> None:
    logger.info("%s %s", MARK, json.dumps(line, sort_keys=True))


def published(lines: Iterable[str]) -> Iterator[dict]:
    """The digest lines among the lines of a server's log, whatever stands around them."""
    for line in lines:
        if MARK in line:
            yield json.loads(line[line.index("{", line.index(MARK)) :].strip())


def breaks_against(lines: Iterable[str]) -> Iterator[Break]:
    """What a published digest knows and the log does not hold any more: a tail that was cut, or a chain made anew."""
    for line in published(lines):
        if "subject" in line:
            label, _, subject_id = line["subject"].rpartition(":")
            kind = ContentType.objects.get_by_natural_key(*label.split("."))
            found = LogEntry.objects.filter(subject_type=kind, subject_id=subject_id, number=line["number"]).first()
            if found is None:
                yield Break(line["subject"], line["number"], f"cut: the digest of {line['day']} has it")
            elif found.chain != line["chain"]:
                yield Break(line["subject"], line["number"], f"not what the digest of {line['day']} has")
        else:
            now = digest(date.fromisoformat(line["day"]))
            if (now.total, now.digest) != (line["total"], line["digest"]):
                yield Break("the whole log", line["total"], f"its heads are not those of the digest of {line['day']}")
