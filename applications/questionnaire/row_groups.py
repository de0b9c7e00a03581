"""Answers that are kept in rows of their own: dwellings, the first steps, contact persons.

As an answer they are a list of plain dicts, one a row: what a form gives, what is saved, compared, hashed and frozen.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Prefetch, prefetch_related_objects
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from phonenumber_field.phonenumber import PhoneNumber

from portal.formats import euro, labelled
from portal.model_fields import field_of

from ..models import Application

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MOST_ROWS = 50


@dataclass(frozen=True)
class RowGroup:
    """How rows of `model` answer a question.

    fields: what is asked in each row. needed: what a row has to hold to be complete.
    key: the field whose choices are the rows, each at most once; without it one adds rows, up to MOST_ROWS.
    numbered: what a row without a key is called, with `%d` for its number.
    needed_keys: the rows without which the answer is not complete; without a key that is one row, any.
    tick: a yes/no field that answers the whole row where it is ticked; it is ticked until someone says otherwise.
    folded: fields that the form shows when asked for, under `folded_title`.
    """

    model: type[models.Model]
    fields: tuple[str, ...]
    needed: tuple[str, ...]
    key: str = ""
    numbered: "StrOrPromise" = ""
    needed_keys: tuple[str, ...] = ()
    tick: str = ""
    folded: tuple[str, ...] = ()
    folded_title: "StrOrPromise" = ""

    @property
    def all_fields(self) -> tuple[str, ...]:
        return (self.key, *self.fields) if self.key else self.fields

    def field(self, name: str) -> models.Field:
        return field_of(self.model, name)

    @property
    def keys(self) -> list[tuple[str, str]]:
        """Code and label of each row, where the rows are fixed."""
        return list(self.field(self.key).flatchoices) if self.key else []

    def title(self, number: int, key: str = "") -> str:
        """What a row is called: its label, or its number."""
        return str(dict(self.keys)[key]) if self.key else str(self.numbered) % number

    # ── Rows and plain data ──────────────────────────────────────────────────────────────────────────────────────────
    def plain(self, row: models.Model | dict[str, Any]) -> dict[str, Any]:
        """A row, or the values of one, as plain data."""
        values = (
            row if isinstance(row, dict) else {name: getattr(row, self.field(name).attname) for name in self.fields}
        )
        values = {name: plain_value(self.field(name), values.get(name)) for name in self.fields}
        if self.key:
            values[self.key] = row[self.key] if isinstance(row, dict) else getattr(row, self.key)
        return values

    def is_blank(self, plain: dict[str, Any]) -> bool:
        return all(plain[name] in (None, "") or (name == self.tick and not plain[name]) for name in self.fields)

    def is_row_complete(self, row: dict[str, Any]) -> bool:
        """Whether a row holds what it needs, or is ticked, which needs nothing more."""
        return bool(row.get(self.tick)) or all(row.get(name) not in (None, "") for name in self.needed)

    def open_rows(self, answer: list[dict[str, Any]]) -> list[str]:
        """The titles of the rows in which a needed value is missing."""
        if self.key:
            there = {row[self.key]: row for row in answer}
            rows = [(self.title(0, key), there.get(key, {})) for key in self.needed_keys]
        else:
            rows = [(self.title(number), row) for number, row in enumerate(answer, 1)]
        return [title for title, row in rows if not self.is_row_complete(row)]

    def is_complete(self, answer: list[dict[str, Any]]) -> bool:
        """Whether all needed rows are there and each has its needed values."""
        rows = list(answer)
        if self.key:
            there = {row[self.key]: row for row in answer}
            rows = [there.get(key, {}) for key in self.needed_keys]
        return bool(rows) and all(map(self.is_row_complete, rows))


def plain_value(field: models.Field, value: Any) -> Any:
    """The value of a field as plain data, the same whether a form or the database gave it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, PhoneNumber):
        return value.as_e164
    if isinstance(field, models.DecimalField) and value is not None:
        return f"{value:.{field.decimal_places}f}"
    return value


def reading(name: str) -> Prefetch:
    """For prefetch_related: reads the rows of this name into the list that `stored` gives."""
    return Prefetch(name, to_attr=_list_of(name))


def _list_of(name: str) -> str:
    return f"{name}_list"


def stored(application: Application, name: str) -> list[Any]:
    """The rows of this name, each a model object, read once for each application object."""
    prefetch_related_objects([application], reading(name))
    return getattr(application, _list_of(name))


def answer(application: Application, name: str, rows: RowGroup) -> list[dict[str, Any]]:
    return [rows.plain(row) for row in stored(application, name)]


def write(application: Application, name: str, rows: RowGroup, answer: Iterable[dict[str, Any]]) -> None:
    """Replace the stored rows by this answer. Call it under the application's row lock."""
    rows.model._default_manager.filter(application=application).delete()
    written = rows.model._default_manager.bulk_create(
        rows.model(
            application=application,
            **{rows.field(field).attname: rows.field(field).to_python(row[field]) for field in rows.all_fields},
        )
        for row in answer
    )
    # What was written is at hand for whoever asks next: no query reads it back.
    setattr(application, _list_of(name), written)


# ── As a person reads it ──────────────────────────────────────────────────────────────────────────────────────────────
def text(application: Application, name: str, rows: RowGroup) -> str:
    """All rows, in the language in force: fixed ones a line each, added ones a heading and a line for each part."""
    found = stored(application, name)
    if rows.key:
        return "\n".join(
            labelled(
                rows.title(0, getattr(row, rows.key)),
                " – ".join(filter(None, (row_text(row, rows, name) for name in rows.fields))),
            )
            for row in found
        )
    blocks = []
    for number, row in enumerate(found, 1):
        parts = [(rows.field(part).verbose_name, part_text(row, rows.field(part))) for part in rows.fields]
        lines = [labelled(label, said) for label, said in parts if said]
        blocks.append("\n".join([rows.title(number), *lines]))
    return "\n\n".join(blocks)


def row_text(row: models.Model, rows: RowGroup, name: str) -> str:
    """One part of a row; a tick is said by its label."""
    if name == rows.tick:
        return str(rows.field(name).verbose_name) if getattr(row, name) else ""
    return part_text(row, rows.field(name))


def part_text(row: models.Model, field: models.Field) -> str:
    value = getattr(row, field.name)
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT")
    if isinstance(value, Decimal):
        return euro(value)
    if field.choices:
        return str(dict(field.choices)[value])
    return str(value)
