"""The append-only log: writing an entry, and the triggers that keep anyone from changing one."""

from django.contrib.contenttypes.models import ContentType
from django.db import models

from .. import clock, triggers
from ..models import LogEntry, LogNote, User
from . import hash_chain

TABLE = LogEntry._meta.db_table

INSTALL = {
    "sqlite": [
        f"CREATE TRIGGER IF NOT EXISTS {TABLE}_no_{event} BEFORE {event} ON {TABLE} "
        f"BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END"
        for event in ("update", "delete")
    ],
    "postgresql": [
        (
            f"CREATE OR REPLACE FUNCTION {TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'the log is append-only'; END $$"
        ),
        (
            f"CREATE OR REPLACE TRIGGER {TABLE}_no_update BEFORE UPDATE OR DELETE ON {TABLE} "
            f"FOR EACH ROW EXECUTE FUNCTION {TABLE}_refuse()"
        ),
        (
            f"CREATE OR REPLACE TRIGGER {TABLE}_no_delete BEFORE TRUNCATE ON {TABLE} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {TABLE}_refuse()"
        ),
    ],
}
TRIGGERS = {f"{TABLE}_no_update", f"{TABLE}_no_delete"}


def record(
    subject: models.Model,
    action: str,
    *,
    actor: User | None = None,
    from_state: str = "",
    to_state: str = "",
    data: dict | None = None,
    note: str = "",
) -> LogEntry:
    """Append one entry to the subject's log; call it inside the transaction, under the subject's row lock.

    The entry is chained to the one before it, so that nobody changes, removes or adds one unseen
    (portal/audit/hash_chain.py). `data` holds ids and codes only; `note` is free text and can be erased later.
    """
    kind = ContentType.objects.get_for_model(subject)
    last = LogEntry.objects.filter(subject_type=kind, subject_id=subject.pk).order_by("-number").first()
    entry = LogEntry(
        subject_type=kind,
        subject_id=subject.pk,
        number=last.number + 1 if last else 1,
        at=clock.now(),
        actor=actor,
        action=action,
        from_state=from_state,
        to_state=to_state,
        data=data or {},
    )
    entry.chain = hash_chain.link(entry, last.chain if last else "")
    entry.save(force_insert=True)
    if note:
        LogNote.objects.create(entry=entry, text=note)
    return entry


def last_number(subject: models.Model) -> int:
    """The number of the subject's last entry; 0 where there is none. It goes up with each thing that happens."""
    kind = ContentType.objects.get_for_model(subject)
    last = LogEntry.objects.filter(subject_type=kind, subject_id=subject.pk).aggregate(last=models.Max("number"))
    return last["last"] or 0


def entries_of(subject: models.Model) -> models.QuerySet[LogEntry]:
    """The subject's log, oldest first, with actors and notes."""
    kind = ContentType.objects.get_for_model(subject)
    return (
        LogEntry.objects.filter(subject_type=kind, subject_id=subject.pk)
        .select_related("actor", "note")
        .order_by("number")
    )


def install_triggers(using: str = "default", **kwargs) -> None:
    """Make the triggers where they are missing (receives post_migrate)."""
    triggers.install(INSTALL, using)


def missing_triggers(using: str = "default") -> set[str]:
    """Names of the triggers that should guard the log and do not."""
    return triggers.missing(TRIGGERS, using)
