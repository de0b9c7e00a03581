"""Two people in one section: what only one of them changed is saved; what both changed is shown side by side.

A form carries, signed, the hash of each answer as it was when the form was opened. Under the row lock these are
compared with what is stored now.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core import signing as signed

from partners.people.person import Person
from portal.audit import log
from portal.model_fields import field_of
from portal.models import User

from ..models import Application
from ..questionnaire.answers import answer, answer_text
from ..questionnaire.definition import Question, Section
from ..questionnaire.questions import ROWS
from ..questionnaire.row_groups import plain_value
from ..signing.coverage import digest
from . import saving

SALT = "applications.answers.conflicts"
FIELD = "opened_with"
CHOICE = "stays-"
MINE, THEIRS = "mine", "theirs"


@dataclass(frozen=True)
class EditConflict:
    """One question that someone else answered differently in the meantime."""

    question: Question
    text: str
    author: User | None
    at: datetime | None
    chosen: str

    @property
    def name(self) -> str:
        """The name of the form field in which the person chooses."""
        return CHOICE + self.question.number


class EditConflicts(Exception):
    """Nothing was saved: the person first has to choose an answer for each of these questions."""

    def __init__(self, conflicts: list[EditConflict]):
        super().__init__(f"{len(conflicts)} answers conflict")
        self.conflicts = conflicts


def opened_with(application: Application, section: Section, undecided: Iterable[str] = ()) -> str:
    """What the form carries, signed: the present hashes, and the questions for which a choice has to be made."""
    return signed.dumps({"hashes": hashes(application, section), "undecided": list(undecided)}, salt=SALT)


def hashes(application: Application, section: Section) -> dict[str, str]:
    return {
        question.number: digest(answer(application, question))
        for question in saving.open_questions(application, section)
    }


def save(
    locked: Application, section: Section, person: Person, answers: dict, typed, seen: set[int] | None = None
) -> Application:
    """Save `answers`; EditConflicts where someone else answered one of them differently since the form was opened.

    `locked`, `person` and `seen` as in saving.save_locked. `typed` is the form as it was sent, with what it was opened
    with and the choices made.
    """
    try:
        carried = signed.loads(typed.get(FIELD, ""), salt=SALT)
    except signed.BadSignature:
        carried = {"hashes": {}, "undecided": []}
    before, now = carried["hashes"], hashes(locked, section)
    saved, undecided = dict(answers), []
    for question in saving.open_questions(locked, section):
        number, field = question.number, question.field
        if field not in saved:
            continue
        mine = digest(saved[field] if field in ROWS else plain_value(field_of(Application, field), saved[field]))
        chosen = typed.get(CHOICE + number, "") if number in carried["undecided"] else ""
        if mine == now[number]:
            continue
        if chosen == THEIRS or before.get(number) == mine:
            # The person chose the answer of the other, or only the other one changed it.
            del saved[field]
        elif number in before and before[number] != now[number] or number in carried["undecided"] and not chosen:
            undecided.append(question)
    if undecided:
        raise EditConflicts(
            [_conflict(locked, question, typed.get(CHOICE + question.number, "")) for question in undecided]
        )
    return saving.save_locked(locked, section, person, saved, seen)


def _conflict(application: Application, question: Question, chosen: str) -> EditConflict:
    entries = log.entries_of(application).filter(action="edited")
    last = next((entry for entry in reversed(entries) if question.number in entry.data["questions"]), None)
    text = answer_text(application, question)
    return EditConflict(question, text, last.actor if last else None, last.at if last else None, chosen)
