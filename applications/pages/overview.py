"""The pages that list one's applications and show one of them."""

from dataclasses import dataclass
from functools import partial

from django.db.models import QuerySet
from django.shortcuts import redirect, render
from django.urls import reverse

from partners.models import Invitation, Membership, Organisation
from partners.pages.access import person_of
from partners.pages.working_for import WorkingFor
from partners.people.person import Person
from portal.accounts.decorators import service_page
from portal.mail.outbox import messages_to

from ..answers import saving
from ..case.estimate import estimate_for
from ..case.handling_time import handling_time
from ..case.intake import CurrentIntake
from ..case.timeline import timeline
from ..change_requests.presentation import RequestsShown
from ..checks.automatic_checks import doubts
from ..communication import messages as communication_messages
from ..communication.applicant_mails import undelivered_for
from ..drafts.expiry import announced_end
from ..models import Application, Decision, Letter
from ..papers import council_pack
from ..permissions import (
    belongs_to,
    may_edit_section,
    may_see_section,
    own_parties,
    seen_attachments,
    sees_attachment,
    signing_capacities,
    visible_to,
    works_for,
    works_for_lead,
)
from ..questionnaire.answers import answer, answer_text
from ..questionnaire.completeness import is_begun, missing
from ..questionnaire.questions import BY_CODE, SECTIONS, WITH_ROWS
from ..signing import coverage
from ..submission.next_steps import next_steps
from ..submission.readiness import waited_for
from ..workflow import decision as decision_effects
from ..workflow.transitions import APPLICATION
from . import my_page
from .access import own_application
from .forms.attachments import places
from .forms.offer import OfferNumbersForm
from .forms.parties import BeginForm
from .forms.section import FORMS

WITH_SIGNATURES = (
    "parties__signatures",
    "change_requests__items",
    "change_requests__party__organisation",
    "attachments",
    *WITH_ROWS,
)


def organisations_to_work_for(user):
    """Those in which the person may work on applications."""
    return Organisation.objects.filter(memberships__in=Membership.objects.today().filter(user=user, works=True))


@service_page
def listing(request):
    """My page: what to go on with, my tasks, my applications and who is waited for, organisations, messages."""
    person, intake = person_of(request), CurrentIntake()
    applications = my_page.applications_of(request.user)
    listed = [my_page.listed(found, intake) for found in applications]
    context = {
        "go_on": my_page.to_go_on_with(person, listed),
        "tasks": my_page.tasks_of(person, applications, intake),
        "listed": listed,
        "files": my_page.files_taken_along(request.user),
        "messages_sent": messages_to(request.user),
        "intake": intake.closed,
    }
    return render(request, "applications/my_page.html", context)


@service_page
def start(request):
    """Begin an application: first an organisation, then who leads. A running draft is offered before a second.

    The address may carry the numbers of an offer, from the calculator: the draft begins with them.
    """
    organisations = organisations_to_work_for(request.user).distinct()
    form = BeginForm(
        request.POST or None,
        organisations=organisations,
        initial={"organisation": WorkingFor(request).organisation},
    )
    numbers = numbers_of(OfferNumbersForm(request.GET))
    if request.method == "POST" and form.is_valid():
        application = saving.begin(form.cleaned_data["organisation"], request.user)
        if numbers:
            saving.save_section(application, BY_CODE["offer"], request.user, numbers)
        return redirect("applications:application", application.uuid)
    context = {
        "form": form,
        "organisations": organisations,
        "drafts": visible_to(request.user).filter(state=Application.State.DRAFT),
        "numbers": numbers,
        "intake": CurrentIntake().closed,
    }
    return render(request, "applications/start.html", context)


def numbers_of(form: OfferNumbersForm) -> dict:
    """The answers that an address carries, where it says for whom: some of the households may come another way."""
    form.full_clean()
    return form.cleaned_data if "household_sizes" in form.cleaned_data else {}


@service_page
def application(request, uuid):
    """The task list while there is work to do, the state and the timeline always."""
    found = own_application(request, uuid, *WITH_SIGNATURES)
    return render(request, "applications/application.html", overview_context(request, found))


def overview_context(request, found: Application) -> dict:
    """Tasks, who is waited for, and what this person may do."""
    person, intake = person_of(request), CurrentIntake()
    leads = works_for_lead(person, found)
    return {
        "application": found,
        "announced_end": announced_end(found),
        "intake": intake.closed_for(found),
        "tasks": [task(person, found, section) for section in SECTIONS],
        "signatures": signature_rows(person, found),
        "open_requests": RequestsShown(found, person).open,
        "was_asked": bool(found.change_requests.all()),
        "next_steps": next_steps(found, intake),
        "age": handling_time(found) if found.state in Application.UNDECIDED else None,
        "unread": communication_messages.unread_by(found, person) if found.submitted_at else 0,
        "waited_for": waited_for(found, intake),
        "asked_to_lead": next(
            (party for party in found.joined_parties if party.lead_offered_at and works_for(person, party)), None
        ),
        "may_leave": [
            party
            for party in found.joined_parties
            if not party.is_lead and saving.open_questions(found, BY_CODE["parties"]) and works_for(person, party)
        ],
        "decided": decision_about(found, person),
        "estimate": estimate_for(found),
        "own_parties": [party for party in found.joined_parties if has_council(party, person)],
        "timeline": timeline(found),
        "undelivered": undelivered_for(person, found),
        "signable": found.state in coverage.SIGNABLE,
        "may_invite": leads and found.state == Application.State.DRAFT,
        "may_submit": leads and APPLICATION.is_possible("submit", found),
        "may_answer": leads and APPLICATION.is_possible("answer_changes", found),
        "may_follow": any(place.question.requirement.may_follow for place in places(person, found)),
        "may_withdraw": leads and APPLICATION.is_possible("withdraw", found),
        "may_copy": leads,
    }


def has_council(party, person: Person) -> bool:
    """Whether the person belongs to this party and there is a text for its council."""
    return bool(council_pack.bodies_of(party)) and belongs_to(person, party)


@dataclass(frozen=True)
class Decided:
    """A decision as the people of a party read it: their own letters, and the reasons in their languages."""

    decision: Decision
    letters: QuerySet[Letter]
    reasons: list[tuple[str, str]]


def decision_about(found: Application, person: Person) -> Decided | None:
    """The decision in force, for this person's organisations."""
    if found.submitted_at is None or (decision := decision_effects.in_force(found)) is None:
        return None
    own = own_parties(person, found)
    letters = decision.letters.filter(party__in=own).select_related("party__organisation")
    languages = dict.fromkeys(party.organisation.letter_language for party in own)
    return Decided(decision, letters, [(language, decision.reasons_in(language)) for language in languages])


def task(person: Person, found: Application, section) -> dict:
    """One row of the task list: what is done leads to its answers, what is not to its questions."""
    open_questions = missing(found, section)
    editable = bool(saving.open_questions(found, section, person)) and may_edit_section(person, found, section)
    name = ""
    if editable and (open_questions or section.code not in FORMS):
        name = "section"
    elif not open_questions and may_see_section(person, found, section):
        name = "check"
    return {
        "section": section,
        "url": name and reverse(f"applications:{name}", args=[found.uuid, section.code]),
        "done": not open_questions,
        "begun": is_begun(found, section),
        "required": any(not question.optional for question in section.asked(found)),
        "open": len(open_questions),
    }


def signature_rows(person: Person, found: Application) -> list[dict]:
    """For each party: who signed, whom it waits for, and what this person can do about it."""
    organisations = [party.organisation_id for party in found.joined_parties]
    held = Membership.objects.today().filter(organisation__in=organisations).exclude(capacity="")
    signatories = set(held.values_list("organisation", "capacity"))
    managed = {one.organisation_id for one in person.memberships if one.manages}
    rows = [signature_row(person, party, signatories, managed) for party in found.joined_parties]
    # Who is invited is asked only where nobody signs yet.
    unknown = [row["party"].organisation_id for row in rows if any(not known for _capacity, known in row["waiting"])]
    asked = Invitation.objects.open().filter(organisation__in=unknown).exclude(capacity="") if unknown else []
    invited = {(one.organisation_id, one.capacity): one for one in asked}
    for row in rows:
        organisation = row["party"].organisation_id
        row["waiting"] = [
            (capacity, known, invited.get((organisation, capacity.value))) for capacity, known in row["waiting"]
        ]
    return rows


def signature_row(person: Person, party, signatories: set[tuple[int, str]], managed: set[int]) -> dict:
    waiting = coverage.missing_capacities(party)
    return {
        "party": party,
        "given": coverage.standing_signatures(party),
        "waiting": [(capacity, (party.organisation_id, capacity.value) in signatories) for capacity in waiting],
        "may_invite": party.organisation_id in managed,
        "may_begin": not coverage.open_sections(party),
        "may_sign": any(capacity in waiting for capacity in signing_capacities(person, party)),
    }


def open_parts(found: Application, question) -> str:
    """Of an answer in rows, the rows that still lack something."""
    return ", ".join(question.rows.open_rows(answer(found, question))) if question.rows else ""


def answers_of(person: Person, found: Application, section) -> dict:
    """A section with its answers as text, and the fields of those that this person may change now."""
    sees = partial(sees_attachment, person, found)
    editable = may_edit_section(person, found, section)
    return {
        "section": section,
        "answers": [(question, answer_text(found, question, sees)) for question in section.asked(found)],
        "open": {question.field for question in saving.open_questions(found, section, person)} if editable else set(),
        "missing": [(question, open_parts(found, question)) for question in missing(found, section)],
    }


@service_page
def summary(request, uuid):
    """Every question and answer on one page: of the sections that the person may see."""
    # What Fedasil asks is read where something is asked.
    found = own_application(request, uuid, "parties__signatures", "attachments", *WITH_ROWS)
    person = person_of(request)
    sections = [answers_of(person, found, section) for section in SECTIONS if may_see_section(person, found, section)]
    context = {
        "application": found,
        "sections": sections,
        "attachments": seen_attachments(person, found),
        "unseen": len(SECTIONS) - len(sections),
        "waited_for": waited_for(found),
        "doubts": doubts(found, {item["section"].code for item in sections}),
        "estimate": estimate_for(found),
    }
    return render(request, "applications/answers/summary.html", context)
