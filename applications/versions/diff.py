"""What differs between two Versions, or between a Version and the answers as they stand now, question by question."""

from dataclasses import dataclass

from ..models import Application, Version
from ..questionnaire.questions import BY_NUMBER, QUESTION_SET
from .snapshots import sections_of

Source = Version | Application


@dataclass(frozen=True)
class Difference:
    """One question with its answers as text; None where it was not asked."""

    number: str
    label: str
    before: str | None
    after: str | None


def answers_of(source: Source) -> dict[str, dict]:
    """Label, answer and text by number of question: as frozen, or as they are now, in the application's language."""
    sections = source.content["sections"] if isinstance(source, Version) else sections_of(source)
    return {question["number"]: question for section in sections for question in section["questions"]}


def differences(before: Source, after: Source) -> list[Difference]:
    """The questions whose answers differ, in their order; labels in the reader's language where they are today's."""
    old, new = answers_of(before), answers_of(after)
    same_questions = all(getattr(source, "question_set", QUESTION_SET) == QUESTION_SET for source in (before, after))
    found = []
    for number in [*new, *(number for number in old if number not in new)]:
        if number in old and number in new and old[number]["answer"] == new[number]["answer"]:
            continue
        known = same_questions and BY_NUMBER.get(number)
        label = str(known.label) if known else (new.get(number) or old[number])["label"]
        found.append(Difference(number, label, text_in(old, number), text_in(new, number)))
    return sorted(found, key=lambda difference: [int(part) for part in difference.number.split(".")])


def text_in(answers: dict[str, dict], number: str) -> str | None:
    return answers[number]["text"] if number in answers else None
