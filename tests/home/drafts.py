"""Questions as editors have them before they are published."""

from django.db.models import QuerySet

from home.models import Question


def draft_questions(language: str = "nl") -> QuerySet[Question]:
    """The shipped questions that Fedasil still has to answer, never published: drafts with an answer that waits."""
    questions = Question.objects.filter(locale__language_code=language, answer="")
    keys = list(questions.values_list("pk", flat=True))
    found = Question.objects.filter(pk__in=keys)
    found.update(
        live=False,
        live_revision=None,
        first_published_at=None,
        last_published_at=None,
        has_unpublished_changes=True,
        answer="<p>Dit is het antwoord.</p>",
    )
    for question in found:
        question.save_revision()
    return Question.objects.filter(locale__language_code=language, live=False)
