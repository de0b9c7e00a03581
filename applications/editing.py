"""Beginning an application and saving its sections."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from partners.models import Organisation
from portal import clock, log
from portal.models import User
from portal.workflow import NotAllowed

from .models import Application, ChangeRequest, Party
from .permissions import may_edit_section
from .questions import Question, Section


@transaction.atomic
def begin(lead: Organisation, actor: User, *, stay: bool = False, guidance: bool = False) -> Application:
    """A new draft, led by `lead`, in the language of its letters."""
    now = clock.now()
    application = Application.objects.create(
        language=lead.letter_language, created_by=actor, created_at=now, changed_at=now, contact_email=actor.email
    )
    Party.objects.create(
        application=application,
        organisation=lead,
        state=Party.State.ACCEPTED,
        is_lead=True,
        stay=stay,
        guidance=guidance,
        signs_first=lead.signs_first,
        signs_second=lead.signs_second,
    )
    log.record(application, "begun", actor=actor, to_state=application.state, data={"lead": lead.pk})
    return application


def open_questions(application: Application, section: Section) -> list[Question]:
    """The questions of this section that may be answered in the present state.

    All in a draft; where changes are requested only those that a ChangeRequest names; none otherwise.
    """
    asked = section.asked(application)
    if application.state == Application.State.DRAFT:
        return asked
    if application.state == Application.State.CHANGES_REQUESTED:
        named = unlocked_numbers(application)
        return [question for question in asked if question.number in named]
    return []


def unlocked_numbers(application: Application) -> set[str]:
    """Numbers of the questions that open ChangeRequests name."""
    requests = application.change_requests.all()
    return {number for request in requests if request.state == ChangeRequest.State.OPEN for number in request.questions}


@transaction.atomic
def save_section(application: Application, section: Section, actor: User, answers: dict) -> Application:
    """Save `answers` (field: value) to open questions of one section, under the row lock, with a log entry.

    PermissionDenied for someone without that section; NotAllowed for a question that is not open.
    """
    locked = Application.objects.select_for_update().get(pk=application.pk)
    if not may_edit_section(actor, locked, section):
        raise PermissionDenied
    questions = {question.field: question for question in open_questions(locked, section)}
    if not answers.keys() <= questions.keys():
        raise NotAllowed(_("These answers cannot be changed now."))
    changed = [field for field, value in answers.items() if getattr(locked, field) != value]
    if not changed:
        return locked
    for field in changed:
        setattr(locked, field, answers[field])
    touch(locked, *changed)
    log.record(locked, "edited", actor=actor, data={"questions": [questions[field].number for field in changed]})
    return locked


def touch(application: Application, *fields: str) -> None:
    """Save these fields and mark the change: one revision further, changed now."""
    application.changed_at = clock.now()
    application.revision += 1
    application.reminded = None
    application.save(update_fields=[*fields, "changed_at", "revision", "reminded"])
