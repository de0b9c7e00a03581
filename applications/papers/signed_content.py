"""Exactly what a party signs, to read: on the signatory's page and as PDF."""

from functools import partial

from django.utils import translation
from django.utils.translation import gettext as _

from portal import clock
from portal.documents.pdf import pdf, printed_html

from ..models import Party
from ..questionnaire import file_requirements
from ..questionnaire.answers import answer_text
from ..questionnaire.definition import Question, Section
from ..questionnaire.questions import covered_sections
from ..signing.coverage import content_hash, standing_signatures


def covered_answers(party: Party) -> list[tuple[Section, list[tuple[Question, str]]]]:
    """The covered sections with their questions and answers, in the language in force."""
    return [
        (
            section,
            [
                (
                    question,
                    answer_text(party.application, question, sees=partial(file_requirements.is_file_of, party=party)),
                )
                for question in section.asked(party.application)
                if question.requirement is None or question.requirement.is_asked_of(party)
            ],
        )
        for section in covered_sections(party)
    ]


def printed(party: Party) -> bytes:
    """The same as PDF, in the application's language, with the hash that a signature carries."""
    language = party.application.language
    with translation.override(language):
        context = {
            "title": _("What %(name)s signs") % {"name": party.name},
            "party": party,
            "application": party.application,
            "sections": covered_answers(party),
            "content": content_hash(party),
            "signatures": standing_signatures(party),
            "printed_at": clock.now(),
        }
        return pdf(printed_html("print/signed.html", context, language))
