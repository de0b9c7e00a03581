"""Beginning an application and saving its sections."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from partners.models import Organisation
from partners.organisations.loading import locked as locked_organisation
from partners.people.person import Person
from portal import clock
from portal.audit import log
from portal.models import LogEntry, User
from portal.workflow import NotAllowed

from ..case import loading
from ..models import Application, ChangeRequest, Party
from ..permissions import may_edit_section, works_for
from ..questionnaire import row_groups
from ..questionnaire.answers import answer
from ..questionnaire.definition import Question, Section
from ..questionnaire.questions import ROWS
from ..signing import coverage
from ..submission import signatory_mails


@transaction.atomic
def begin(lead: Organisation, actor: User, *, stay: bool = False, guidance: bool = False) -> Application:
    """A new draft, led by `lead`, in the language of its letters."""
    # Its signing rule does not change while it is copied.
    lead = locked_organisation(lead)
    now = clock.now()
    application = Application.objects.create(
        language=lead.letter_language,
        created_by=actor,
        created_at=now,
        changed_at=now,
        contact_name=actor.get_full_name()[:150],
        contact_email=actor.email,
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


def open_questions(application: Application, section: Section, person: Person | None = None) -> list[Question]:
    """The questions of this section that this person (None: anyone) may answer in the present state.

    All of them in a draft. Where changes are requested, those that a ChangeRequest names and those that depend on their
    answer; none otherwise.
    """
    return [question for question in section.asked(application) if is_unlocked(application, section, question, person)]


def questions_of_form(application: Application, section: Section, person: Person | None = None) -> list[Question]:
    """The open questions, and those that an answer in the same form would open."""
    fields = {question.field for question in open_questions(application, section, person)}
    return [question for question in section.questions if question.field in fields or question.asked.on in fields]


# Files that may follow are still accepted in these states.
FOLLOWED = {
    Application.State.SUBMITTED,
    Application.State.IN_REVIEW,
    Application.State.CHANGES_REQUESTED,
    Application.State.APPROVED,
}


def is_unlocked(application: Application, section: Section, question: Question, person: Person | None) -> bool:
    if question.requirement and question.requirement.may_follow and application.state in FOLLOWED:
        return True
    if application.state == Application.State.DRAFT:
        return True
    if application.state != Application.State.CHANGES_REQUESTED:
        return False
    named = unlocked_numbers(application, person)
    decides = next((other.number for other in section.questions if other.field == question.asked.on), None)
    return question.number in named or decides in named


def unlocked_numbers(application: Application, person: Person | None) -> set[str]:
    """Numbers of the questions open in ChangeRequests. A request to one party counts for its people and the lead's."""
    prefetch_related_objects([application], "change_requests__items")
    return {
        item.question
        for request in application.change_requests.all()
        for item in request.open_items
        if person is None or is_asked_of(application, request, person)
    }


def is_asked_of(application: Application, request: ChangeRequest, person: Person) -> bool:
    return request.party_id is None or any(
        (party.is_lead or party.pk == request.party_id) and works_for(person, party)
        for party in application.joined_parties
    )


@transaction.atomic
def save_section(application: Application, section: Section, actor: User, answers: dict) -> Application:
    """Save `answers` (field: value, rows as plain dicts) to open questions of one section, under the row lock, with a
    log entry.

    PermissionDenied for someone without that section; NotAllowed for a question that is not open. What is asked is
    decided with the new answers in place; an answer to a question that is then no longer asked is left out.
    """
    return save_locked(loading.locked(application, related=["parties"]), section, Person(actor), answers)


def save_locked(
    locked: Application, section: Section, person: Person, answers: dict, seen: set[int] | None = None
) -> Application:
    """The same for an application and a person that were read under its row lock, in the transaction that goes on.

    `seen`: the signatures that the page said this save would reopen; coverage.Unseen where there are
    others. None asks nothing.
    """
    standing = [] if seen is None else coverage.standing_over(locked, section)
    if not may_edit_section(person, locked, section):
        raise PermissionDenied
    changed = [field for field, value in answers.items() if field not in ROWS and getattr(locked, field) != value]
    for field in changed:
        setattr(locked, field, answers[field])
    questions = {question.field: question for question in open_questions(locked, section, person)}
    hanging = {question.field for question in section.questions if question.asked.on} - questions.keys()
    answers = {field: value for field, value in answers.items() if field not in hanging}
    changed = [field for field in changed if field not in hanging]
    if not answers.keys() <= questions.keys():
        raise NotAllowed(_("These answers cannot be changed now."))
    changed_rows = [
        field for field in answers.keys() & ROWS.keys() if answers[field] != answer(locked, questions[field])
    ]
    if not changed and not changed_rows:
        return locked
    coverage.refuse_unseen(standing, seen or set())
    for field in changed_rows:
        row_groups.write(locked, field, ROWS[field], answers[field])
    numbers = sorted(questions[field].number for field in [*changed, *changed_rows])
    record_change(locked, "edited", person.user, fields=changed, data={"questions": numbers})
    return locked


def record_change(
    locked: Application,
    action: str,
    actor: User | None,
    *,
    fields: Iterable[str] = (),
    data: dict | None = None,
    note: str = "",
    reread: bool = False,
) -> LogEntry:
    """Save and log a change of signed content, and tell those who sign or signed. Every such change ends with this.

    `reread`: the parties or files of `locked` may be others now than those that it holds.
    """
    touch(locked, *fields)
    entry = log.record(locked, action, actor=actor, data=data, note=note)
    signatory_mails.tell_after(signatory_mails.read(locked) if reread else locked, entry, actor)
    return entry


def touch(application: Application, *fields: str) -> None:
    """Save these fields and mark the change: one revision further, changed now. Part of `record_change`."""
    application.changed_at = clock.now()
    application.revision += 1
    application.reminded = None
    application.save(update_fields=[*fields, "changed_at", "revision", "reminded"])
