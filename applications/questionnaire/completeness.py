"""What is still missing in the answers, section by section."""

from collections.abc import Iterable

from ..models import Application
from . import file_requirements
from .answers import answer
from .definition import Question, Section
from .questions import SECTIONS


def is_answered(application: Application, question: Question) -> bool:
    if question.field == "parties":
        return parties_complete(application)
    if question.field == "declared":
        return application.declared
    if question.rows:
        return question.rows.is_complete(answer(application, question))
    if question.requirement:
        return file_requirements.is_answered(application, question.requirement)
    return answer(application, question) not in (None, "", [])


def parties_complete(application: Application) -> bool:
    """Whether all invitations and requests to lead are answered, and the stay and the guidance each have a party."""
    return not (invitations_open(application) or lead_offers_open(application) or uncovered_aims(application))


def invitations_open(application: Application) -> list:
    """The parties that have not answered their invitation yet."""
    return [party for party in application.parties_in_order if party.state == party.State.INVITED]


def lead_offers_open(application: Application) -> list:
    """The party that has not yet said whether it takes over the lead."""
    return [party for party in application.joined_parties if party.lead_offered_at]


def uncovered_aims(application: Application) -> list[str]:
    """The codes of the aims that no party takes on. Cooperation is not among them: all parties take it on."""
    return [aim for aim in ("stay", "guidance") if not any(getattr(party, aim) for party in application.joined_parties)]


def missing(application: Application, section: Section) -> list[Question]:
    """The questions of this section that still need an answer."""
    return [
        question
        for question in section.asked(application)
        if not question.optional and not is_answered(application, question)
    ]


def is_complete(application: Application, sections: Iterable[Section] = SECTIONS) -> bool:
    return not any(missing(application, section) for section in sections)


def is_begun(application: Application, section: Section) -> bool:
    """Whether the section has any answer."""
    return any(
        bool(answer(application, question)) or answer(application, question) is False and question.field != "declared"
        for question in section.asked(application)
    )
