"""Changing the amounts that partners receive: added, corrected and removed until they are in force, never afterwards.

One that is to count from today or earlier needs a second person (partners/support/rate_changes.py). That a rate in
force is not changed is held by triggers, which know the day as the database's clock has it.
"""

from datetime import date
from decimal import Decimal

from django.conf import settings
from django.core.checks import Error
from django.db import IntegrityError, connections, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal import clock, triggers
from portal.audit import log
from portal.confirmations.kinds import fingerprint
from portal.models import User
from portal.workflow import Refused

from ..models import Rate
from ..models.rate import SAME_DAY
from ..signals import public_data_changed

FIELDS = ("code", "amount", "valid_from", "source", "source_date")
TABLE = Rate._meta.db_table
# PostgreSQL's clock speaks of moments, SQLite's of the time zone of the process, which Django sets.
BELGIAN_DAY = f"(clock_timestamp() AT TIME ZONE '{settings.TIME_ZONE}')::date"
INSTALL = {
    "sqlite": [
        f"CREATE TRIGGER IF NOT EXISTS {TABLE}_no_{event} BEFORE {event} ON {TABLE} "
        f"WHEN OLD.valid_from <= date('now', 'localtime') BEGIN SELECT RAISE(ABORT, 'a rate in force is kept'); END"
        for event in ("update", "delete")
    ],
    "postgresql": [
        (
            f"CREATE OR REPLACE FUNCTION {TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'a rate in force is kept'; END $$"
        ),
        *(
            f"CREATE OR REPLACE TRIGGER {TABLE}_no_{event} BEFORE {event} ON {TABLE} FOR EACH ROW "
            f"WHEN (OLD.valid_from <= {BELGIAN_DAY}) EXECUTE FUNCTION {TABLE}_refuse()"
            for event in ("update", "delete")
        ),
    ],
}
TRIGGERS = {f"{TABLE}_no_update", f"{TABLE}_no_delete"}


def install_triggers(using: str = "default", **kwargs) -> None:
    """Make the triggers where they are missing (receives post_migrate)."""
    triggers.install(INSTALL, using)


def check_triggers(app_configs, databases, **kwargs) -> list[Error]:
    """A check of Django's: the triggers stand wherever the table stands."""
    return [
        Error(
            f"The rates in database “{using}” lack their triggers: {', '.join(sorted(missing))}.",
            hint="Run manage.py migrate: it makes them anew.",
            id="partners.E001",
        )
        for using in databases or []
        if TABLE in connections[using].introspection.table_names() and (missing := triggers.missing(TRIGGERS, using))
    ]


# ── What is ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def values_of(rate: Rate) -> dict[str, str]:
    """Its values as plain data."""
    return {
        "code": str(rate.code),
        "amount": f"{Decimal(rate.amount):.2f}",
        "valid_from": rate.valid_from.isoformat(),
        "source": rate.source,
        "source_date": rate.source_date.isoformat(),
    }


def for_log(values: dict) -> dict:
    """The values as the log keeps them for ever: the source is free text, so its fingerprint."""
    return {**values, "source": fingerprint(values["source"]) if values["source"] else ""}


def has_begun(day: date) -> bool:
    """Whether a rate that is valid from `day` is in force, or was before another one followed."""
    return day <= clock.today()


def refuse_begun(rate: Rate) -> None:
    if has_begun(rate.valid_from):
        message = _("This rate is in force since %(date)s, so it cannot be changed. Add a new rate that follows it.")
        raise Refused(message % {"date": date_format(rate.valid_from, "DATE_FORMAT")})


# ── What changes ──────────────────────────────────────────────────────────────────────────────────────────────────────
def add(rate: Rate, actor: User) -> None:
    """Add a rate that is not in force yet."""
    refuse_backdated(rate)
    write_new(rate, actor)


@transaction.atomic
def correct(rate: Rate, actor: User) -> None:
    """Write the values of `rate` to its row, which is not in force and will not be by them."""
    refuse_backdated(rate)
    rewrite(rate, actor)


@transaction.atomic
def remove(rate: Rate, actor: User) -> None:
    """Remove a rate that is not in force yet; the log keeps what it was."""
    found = locked(rate)
    log.record(found, "removed", actor=actor, data={"from": for_log(values_of(found))})
    found.delete()
    public_data_changed.send(Rate)


def refuse_backdated(rate: Rate) -> None:
    if has_begun(rate.valid_from):
        raise Refused(_("A rate that is valid from today or earlier has to be confirmed by a second person."))


# The next two ask nobody: their callers know that the change may be made.
@transaction.atomic
def write_new(rate: Rate, actor: User | None, **data) -> None:
    _save(rate)
    log.record(rate, "added", actor=actor, data={"to": for_log(values_of(rate)), **data})


@transaction.atomic
def rewrite(rate: Rate, actor: User | None, **data) -> None:
    before = values_of(locked(rate))
    _save(rate)
    log.record(rate, "corrected", actor=actor, data={"from": for_log(before), "to": for_log(values_of(rate)), **data})


def locked(rate: Rate) -> Rate:
    """The row as it is now, under its lock; Refused where it is in force or gone."""
    found = Rate.objects.select_for_update().filter(pk=rate.pk).first()
    if found is None:
        raise Refused(_("This rate was removed meanwhile."))
    refuse_begun(found)
    return found


def _save(rate: Rate) -> None:
    """Two people may have typed the same day at once."""
    try:
        with transaction.atomic():
            rate.save()
    except IntegrityError as error:
        raise Refused(str(SAME_DAY)) from error
    public_data_changed.send(Rate)
