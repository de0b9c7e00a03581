"""The questionnaire before there are answers: what is asked, by whom it is answered, and how much room an answer needs.

Read from the questions and the fields of Application, so that a new question follows by itself.
"""

from dataclasses import dataclass

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.translation import gettext as _

from ..models import Application
from . import questions as questionnaire_questions
from .answers import AIM_LABELS
from .definition import Question, Section
from .row_groups import RowGroup

LINES, LINES_OF_TEXT = 1, 7
PARTIES = 3
DWELLINGS = 2


@dataclass(frozen=True)
class Cell:
    """A place in a table: text, or `choices` to tick, or room."""

    text: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """Rows to fill in: what stands above each column, and in each row what is asked and room for it."""

    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class BlankQuestion:
    """A question with nothing filled in: `choices` to tick, `parties` rows of parties, a table, or lines."""

    question: Question
    choices: tuple[str, ...] = ()
    parties: range | None = None
    table: Table | None = None
    lines: int = 0

    @property
    def condition(self) -> str:
        """When it is asked, in words; empty where it always is."""
        return str(self.question.asked.text)


@dataclass(frozen=True)
class BlankSection:
    section: Section
    questions: tuple[BlankQuestion, ...]

    @property
    def aim(self) -> str:
        """The aim whose parties answer; empty for what is common to all, or asked of each."""
        return str(AIM_LABELS[self.section.aim]) if self.section.aim else ""


def sections() -> list[BlankSection]:
    """All sections with all their questions, in the language in force."""
    return [
        BlankSection(section, tuple(blank(question) for question in section.questions))
        for section in questionnaire_questions.SECTIONS
    ]


def blank(question: Question) -> BlankQuestion:
    field = field_of(question)
    if question.requirement:
        return BlankQuestion(question, choices=tuple(str(kind.label) for kind in question.requirement.kinds))
    if question.field == "parties":
        return BlankQuestion(question, choices=tuple(map(str, AIM_LABELS.values())), parties=range(PARTIES))
    if question.rows:
        return BlankQuestion(
            question, table=fixed_rows(question.rows) if question.rows.key else free_rows(question.rows)
        )
    if choices := choices_of(field):
        return BlankQuestion(question, choices=choices)
    return BlankQuestion(question, lines=LINES_OF_TEXT if isinstance(field, models.TextField) else LINES)


def fixed_rows(rows: RowGroup) -> Table:
    """One row for each that is asked, one column for each part."""
    parts = [str(rows.field(name).verbose_name) for name in rows.fields]
    room = [Cell(choices=choices_of(rows.field(name))) for name in rows.fields]
    lines = tuple((Cell(str(label)), *room) for _code, label in rows.keys)
    return Table((str(rows.field(rows.key).verbose_name), *parts), lines)


def free_rows(rows: RowGroup) -> Table:
    """One row for each part, one column for each row that one may add."""
    lines = []
    for name in rows.fields:
        field = rows.field(name)
        lines.append((Cell(str(field.verbose_name)), *[Cell(choices=choices_of(field))] * DWELLINGS))
    return Table((_("What is asked"), *(rows.title(number) for number in range(1, DWELLINGS + 1))), tuple(lines))


def field_of(question: Question) -> models.Field | None:
    """The field that keeps the answer; None where it is kept in rows of its own."""
    try:
        field = Application._meta.get_field(question.field)
    except FieldDoesNotExist:
        return None
    return field if field.concrete else None


def choices_of(field: models.Field | None) -> tuple[str, ...]:
    """What one chooses from. A declaration is agreed to or not made: one box."""
    if isinstance(field, models.BooleanField):
        return (_("yes"), _("no")) if field.null else (_("yes"),)
    return tuple(str(label) for _code, label in field.choices or ()) if field is not None else ()
