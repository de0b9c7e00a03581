"""What a question, a section and a condition are."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from ..models import Application
from .file_requirements import FileRequirement
from .row_groups import RowGroup


@dataclass(frozen=True)
class Condition:
    """When a question is asked: as a rule, and in words for people who read all questions beforehand.

    on: the field of the same section whose answer decides; a form then shows the question with its words.
    """

    holds: Callable[[Application], bool]
    text: Promise | str = ""
    on: str = ""

    def __call__(self, application: Application) -> bool:
        return self.holds(application)


always = Condition(lambda application: True)


@dataclass(frozen=True)
class Question:
    """One question and the field of Application, or the name of the rows, that holds its answer; or a requirement for
    files.

    asked: whether it is asked at all. An answer to a question that is not asked appears nowhere.
    """

    number: str
    field: str
    label: Promise
    help: Promise | str = ""
    optional: bool = False
    asked: Condition = always
    rows: RowGroup | None = None
    requirement: FileRequirement | None = None


@dataclass(frozen=True)
class Section:
    """A group of questions. `aim` names the aim whose parties answer and sign it; None is common to all parties.

    each_party: every party answers for itself, and signs its own answers and the common ones.
    """

    code: str
    number: int
    title: Promise
    intro: Promise
    questions: tuple[Question, ...]
    aim: str | None = None
    each_party: bool = False

    def asked(self, application: Application) -> list[Question]:
        return [question for question in self.questions if question.asked(application)]
