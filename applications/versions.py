"""What is frozen at each submission."""

from datetime import datetime

from django.utils import translation

from portal import clock
from portal.models import User

from . import reviewing
from .estimates import complete_estimate
from .models import Application, Version
from .questions import QUESTION_SET, SECTIONS, answer, answer_text
from .receipts import signatures_of
from .signing import digest


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
    reviewing.overtake(application)
    return Version.objects.create(
        application=application,
        number=last.number + 1 if last else 1,
        question_set=QUESTION_SET,
        content=content,
        content_hash=digest(content),
        submitted_at=at or clock.now(),
        submitted_by=actor,
    )
