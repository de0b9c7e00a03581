"""What is frozen at each submission."""

from datetime import datetime

from django.utils import translation

from portal import clock
from portal.models import User

from ..case.estimate import complete_estimate
from ..models import Application, Version
from ..questionnaire.answers import answer, answer_text
from ..questionnaire.questions import QUESTION_SET, SECTIONS
from ..review import status
from ..signing.coverage import digest, standing_signatures


def signatures_of(application: Application) -> list[dict]:
    """Who signed what is submitted, as a Version keeps it: plain data, whatever happens to the rows later."""
    return [
        {
            "party": party.organisation.enterprise_number,
            "name": party.name,
            "signatory": signature.signatory_name,
            "capacity": signature.capacity,
            "signed_at": signature.signed_at.isoformat(),
            "content": signature.content_hash,
        }
        for party in application.joined_parties
        for signature in standing_signatures(party)
    ]


def content_of(application: Application) -> dict:
    """The whole content as plain data, labels and texts in the application's language."""
    return {"sections": sections_of(application), "estimate": str(complete_estimate(application).total)}


def sections_of(application: Application) -> list[dict]:
    """Its sections with what is asked and answered now, finished or not."""
    with translation.override(application.language):
        return [
            {
                "code": section.code,
                "number": section.number,
                "title": str(section.title),
                "questions": [
                    {
                        "number": question.number,
                        "label": str(question.label),
                        "answer": answer(application, question),
                        "text": answer_text(application, question),
                    }
                    for question in section.asked(application)
                ],
            }
            for section in SECTIONS
        ]


def freeze(application: Application, actor: User, at: datetime | None = None) -> Version:
    """The next Version of this application, as of now or `at`; call it under the application's row lock."""
    content = {**content_of(application), "signatures": signatures_of(application)}
    last = application.versions.order_by("-number").first()
    status.invalidate_reviews(application)
    return Version.objects.create(
        application=application,
        number=last.number + 1 if last else 1,
        question_set=QUESTION_SET,
        content=content,
        content_hash=digest(content),
        submitted_at=at or clock.now(),
        submitted_by=actor,
    )
