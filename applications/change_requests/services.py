"""What Fedasil asks to be changed: asking, answering all or some, cancelling, more time, and when time runs out."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from portal import clock
from portal.audit import log
from portal.model_fields import field_of
from portal.models import User
from portal.workflow import Refused

from ..answers.saving import touch
from ..case import loading
from ..communication.applicant_mails import send_mails
from ..communication.staff_notices import notify_assignee
from ..models import Application, ChangeRequest, ChangeRequestItem, Party
from ..questionnaire import row_groups
from ..questionnaire.answers import answer, answer_text
from ..questionnaire.definition import Question
from ..questionnaire.questions import BY_NUMBER, SECTION_OF
from ..submission import signatory_mails
from ..versions.diff import answers_of
from ..workflow.change_requests import open_items
from ..workflow.transitions import APPLICATION

# Days before the due date.
REMINDERS = (7, 1)
State = ChangeRequest.State


def asked_of(request: ChangeRequest) -> list[Party] | None:
    """Whose people are told about it: the party that it names and the lead; None for all parties."""
    if request.party is None:
        return None
    return [party for party in request.application.joined_parties if party.is_lead or party.pk == request.party_id]


def ask(
    application: Application,
    actor: User,
    *,
    asked: dict[str, str],
    due_on: date,
    text: str = "",
    party: Party | None = None,
) -> Application:
    """Ask for a change: what is asked by number of question, and perhaps a text about all of them."""
    data = {"questions": sorted(asked), **({"party": party.pk} if party else {})}
    return APPLICATION.fire(
        "request_changes", application, actor, data=data, asked=asked, text=text, due_on=due_on, party=party
    )


@transaction.atomic
def send(application: Application, actor: User, items: Iterable[int] | None = None) -> Application:
    """Send answers to Fedasil: to these items of the open requests, or to all. What is left stays open."""
    locked = loading.locked(application)
    now_open = open_items(locked)
    chosen = [item.pk for item in now_open] if items is None else list(items)
    name = "answer_some" if {item.pk for item in now_open} - set(chosen) else "answer_changes"
    numbers = sorted(item.question for item in now_open if item.pk in chosen)
    return APPLICATION.fire(name, locked, actor, data={"questions": numbers}, items=chosen)


@transaction.atomic
def cancel(request: ChangeRequest, actor: User, *, reason: str) -> ChangeRequest:
    """Ask it no more. Answers that were changed and not sent go back to what Fedasil has."""
    application, request = _lock(request, actor)
    if not reason.strip():
        raise Refused(_("Write why you cancel it: the parties read it."))
    put_back = [item.question for item in request.open_items if _put_back(application, item)]
    request.state, request.reason, request.closed_at = State.CANCELLED, reason, clock.now()
    request.save(update_fields=["state", "reason", "closed_at"])
    data = {"request": request.pk, "put_back": put_back}
    entry = log.record(application, "request_cancelled", actor=actor, data=data)
    send_mails(
        application, "request_cancelled", request.pk, parties=asked_of(request), request=request, put_back=put_back
    )
    if not open_items(application):
        APPLICATION.fire("read_on", application, actor)
    # What was put back may be what someone signed, or not.
    signatory_mails.tell_after(signatory_mails.read(application), entry, actor)
    return request


@transaction.atomic
def extend(request: ChangeRequest, actor: User, *, due_on: date) -> ChangeRequest:
    """Give more time."""
    application, request = _lock(request, actor)
    if due_on <= max(request.due_on, clock.today()):
        raise Refused(_("Choose a date that is later than the present one, and still to come."))
    request.due_on, request.reminded, request.missed = due_on, None, False
    request.save(update_fields=["due_on", "reminded", "missed"])
    log.record(application, "due_extended", actor=actor, data={"request": request.pk, "due_on": due_on.isoformat()})
    send_mails(application, "due_extended", f"{request.pk}:{due_on}", parties=asked_of(request), request=request)
    return request


def _lock(request: ChangeRequest, actor: User) -> tuple[Application, ChangeRequest]:
    """The application under its lock and the request as it is now, once it is sure that the actor may change it."""
    application = loading.locked(request.application_id, actor, "applications.handle_application")
    fresh = application.change_requests.select_related("party__organisation").get(pk=request.pk)
    if fresh.state != State.OPEN or application.state != Application.State.CHANGES_REQUESTED:
        raise Refused(_("It was answered or cancelled meanwhile."))
    return application, fresh


# ── Putting back ──────────────────────────────────────────────────────────────────────────────────────────────────────
def _put_back(application: Application, item: ChangeRequestItem) -> bool:
    """Answer a question, and what hangs on it, as in the last Version; what was not sent is kept for the parties."""
    sent = answers_of(application.versions.latest("number"))
    unsent = []
    for question in _with_hanging(BY_NUMBER[item.question]):
        if question.number not in sent or answer(application, question) == sent[question.number]["answer"]:
            continue
        with translation.override(application.language):
            unsent.append(answer_text(application, question))
        _answer(application, question, sent[question.number]["answer"])
    if unsent:
        item.unsent = "\n".join(filter(None, unsent))
        item.save(update_fields=["unsent"])
    return bool(unsent)


def _with_hanging(question: Question) -> list[Question]:
    section = SECTION_OF[question.number]
    return [question, *(other for other in section.questions if other.asked.on == question.field)]


def _answer(application: Application, question: Question, plain) -> None:
    if question.rows:
        row_groups.write(application, question.field, question.rows, plain)
        touch(application)
    else:
        setattr(application, question.field, field_of(Application, question.field).to_python(plain))
        touch(application, question.field)


# ── What the due date brings ──────────────────────────────────────────────────────────────────────────────────────────
def look_after_requests() -> int:
    """Remind of what is due soon, and tell an officer what was not answered in time (a job of `run_due`)."""
    waiting = ChangeRequest.objects.filter(
        state=State.OPEN, application__state=Application.State.CHANGES_REQUESTED
    ).select_related("application", "created_by", "party")
    soon = clock.today() + timedelta(days=max(REMINDERS))
    reminded = sum(_remind(request) for request in waiting.filter(due_on__gte=clock.today(), due_on__lte=soon))
    missed = sum(_tell_missed(request) for request in waiting.filter(due_on__lt=clock.today(), missed=False))
    return reminded + missed


@transaction.atomic
def _remind(request: ChangeRequest) -> bool:
    """The reminder for so many days before, once; none where it was asked later than that."""
    left = (request.due_on - clock.today()).days
    days = min(days for days in REMINDERS if days >= left)
    if request.due_on - timedelta(days=days) <= clock.day_of(request.created_at):
        return False
    due = ChangeRequest.objects.filter(Q(reminded__isnull=True) | Q(reminded__gt=days), pk=request.pk, state=State.OPEN)
    if not due.update(reminded=days):
        return False
    occasion = f"{request.pk}:{request.due_on}:{days}"
    send_mails(request.application, "request_due", occasion, parties=asked_of(request), request=request)
    return True


@transaction.atomic
def _tell_missed(request: ChangeRequest) -> bool:
    """An officer chooses what to do: more time, cancel, or go on. Nothing is refused by machine."""
    application = loading.locked(request.application_id)
    if not application.change_requests.filter(pk=request.pk, state=State.OPEN, missed=False).update(missed=True):
        return False
    log.record(application, "due_missed", data={"request": request.pk})
    notify_assignee(application, "request_missed", f"{request.pk}:{request.due_on}")
    return True
