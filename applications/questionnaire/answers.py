"""The answers of an application, read by question."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from portal.formats import labelled
from portal.model_fields import field_of

from ..models import Application, Attachment
from . import file_requirements, row_groups
from .definition import Question


def answer(application: Application, question: Question) -> Any:
    """The answer as plain data (JSON), as a Version keeps it and a hash covers it."""
    if question.field == "parties":
        return [
            {
                "number": party.organisation.enterprise_number,
                "name": party.organisation.name,
                "lead": party.is_lead,
                "aims": aims(party),
            }
            for party in application.joined_parties
        ]
    if question.rows:
        return row_groups.answer(application, question.field, question.rows)
    if question.requirement:
        return file_requirements.answer(application, question.requirement)
    return row_groups.plain_value(field_of(Application, question.field), getattr(application, question.field))


def everything(attachment: Attachment) -> bool:
    return True


def answer_text(application: Application, question: Question, sees: Callable[[Attachment], bool] = everything) -> str:
    """The answer as a person reads it, in the language in force; empty where there is none yet.

    sees: which attachments this reader may know of.
    """
    if question.field == "parties":
        return "\n".join(
            labelled(f"{party.organisation.name} ({party.organisation.number})", aims_text(party))
            for party in application.joined_parties
        )
    if question.rows:
        return row_groups.text(application, question.field, question.rows)
    if question.requirement:
        return file_requirements.text(filter(sees, file_requirements.provided(application, question.requirement)))
    value = getattr(application, question.field)
    if value is None or value == "" or value == []:
        return ""
    if isinstance(value, bool):
        return _now("yes") if value else _now("no")
    if question.field == "household_sizes":
        return ", ".join(ngettext("%d person", "%d persons", size) % size for size in value)
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT")
    if display := getattr(application, f"get_{question.field}_display", None):
        return str(display())
    return str(value)


def aims(party) -> list[str]:
    """The codes of the aims that the party takes on; cooperation always."""
    return [aim for aim in ("stay", "guidance") if getattr(party, aim)] + ["cooperation"]


AIM_LABELS = {"stay": _("a lasting stay"), "guidance": _("fitting guidance"), "cooperation": _("working together")}


def aims_text(party) -> str:
    return ", ".join(str(AIM_LABELS[aim]) for aim in aims(party))
