"""The applications of a person, and one of them at a glance."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from partners.models import Membership, Organisation
from partners.working_for import WorkingFor
from portal.decorators import service_page
from portal.mail import messages_to
from portal.workflow import Refused

from .. import editing, keeping, my_page, signing
from .. import intake as intake_now
from ..estimates import estimate_for
from ..forms.offer import OfferNumbersForm
from ..forms.parties import BeginForm
from ..forms.sections import FORMS
from ..models import Application, Decision
from ..permissions import may_edit_section, signing_capacities, visible_to, works_for_lead
from ..questions import BY_CODE, ROWS, SECTIONS, answer_text, is_begun, missing
from ..timeline import timeline
from ..workflow import APPLICATION
from .common import own_application

WITH_SIGNATURES = ("parties__signatures", "change_requests", *ROWS)


def organisations_to_work_for(user):
    """Those in which the person may work on applications."""
    return Organisation.objects.filter(memberships__in=Membership.objects.today().filter(user=user, works=True))


@service_page
def listing(request):
    """My page: what to go on with, my tasks, my applications and who is waited for, organisations, messages."""
    applications = my_page.applications_of(request.user)
    for found in applications:
        found.waits = my_page.waits_for(found)
    context = {
        "go_on": my_page.to_go_on_with(request.user, applications),
        "tasks": my_page.tasks_of(request.user, applications),
        "applications": applications,
        "messages_sent": messages_to(request.user),
        "intake": intake_now.not_open(),
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
    numbers = OfferNumbersForm(request.GET)
    if request.method == "POST" and form.is_valid():
        application = editing.begin(form.cleaned_data["organisation"], request.user)
        if numbers.is_valid():
            editing.save_section(application, BY_CODE["offer"], request.user, numbers.cleaned_data)
        return redirect("applications:application", application.uuid)
    context = {
        "form": form,
        "organisations": organisations,
        "drafts": visible_to(request.user).filter(state=Application.State.DRAFT),
        "numbers": numbers.cleaned_data if numbers.is_valid() else None,
        "intake": intake_now.not_open(),
    }
    return render(request, "applications/start.html", context)


@service_page
def application(request, uuid):
    """The task list while there is work to do, the state and the timeline always."""
    found = own_application(request, uuid, *WITH_SIGNATURES)
    return render(request, "applications/application.html", overview_context(request, found))


def overview_context(request, found: Application) -> dict:
    """Tasks, who is waited for, and what this person may do."""
    return {
        "application": found,
        "intake": intake_now.not_open() if found.state == Application.State.DRAFT else None,
        "tasks": [task(request.user, found, section) for section in SECTIONS],
        "signatures": [signature_row(request.user, party) for party in found.joined_parties],
        "open_requests": [request for request in found.change_requests.all() if request.state == request.State.OPEN],
        "decision": decision_about(found),
        "estimate": estimate_for(found),
        "timeline": timeline(found),
        "signable": found.state in signing.SIGNABLE,
        "may_submit": APPLICATION.allows("submit", found, request.user),
        "may_answer": APPLICATION.allows("answer_changes", found, request.user),
        "may_withdraw": APPLICATION.allows("withdraw", found, request.user),
    }


def decision_about(found: Application) -> Decision | None:
    """The decision, once there can be one."""
    if found.submitted_at is None:
        return None
    return Decision.objects.select_related("partnership__contact").filter(application=found).first()


def task(user, found: Application, section) -> dict:
    """One row of the task list: what is done leads to its answers, what is not to its questions."""
    open_questions = missing(found, section)
    editable = bool(editing.open_questions(found, section)) and may_edit_section(user, found, section)
    name = ""
    if editable and (open_questions or section.code not in FORMS):
        name = "section"
    elif not open_questions:
        name = "check"
    return {
        "section": section,
        "url": name and reverse(f"applications:{name}", args=[found.uuid, section.code]),
        "done": not open_questions,
        "begun": is_begun(found, section),
        "open": len(open_questions),
    }


def signature_row(user, party) -> dict:
    """One party: who signed, whom it waits for, and whether this person can sign."""
    waiting = signing.missing_capacities(party)
    return {
        "party": party,
        "given": signing.standing_signatures(party),
        "waiting": waiting,
        "may_begin": not signing.open_sections(party),
        "may_sign": any(capacity in waiting for capacity in signing_capacities(user, party)),
    }


def answers_of(user, found: Application, section) -> dict:
    """A section with its answers as text, and the fields of those that this person may change now."""
    editable = may_edit_section(user, found, section)
    return {
        "section": section,
        "answers": [(question, answer_text(found, question)) for question in section.asked(found)],
        "open": {question.field for question in editing.open_questions(found, section)} if editable else set(),
        "complete": not missing(found, section),
    }


@service_page
def summary(request, uuid):
    """Every question and answer on one page."""
    found = own_application(request, uuid)
    sections = [answers_of(request.user, found, section) for section in SECTIONS]
    context = {"application": found, "sections": sections, "estimate": estimate_for(found)}
    return render(request, "applications/summary.html", context)


@service_page
def submit(request, uuid):
    """Submit, or send back what Fedasil asked for; shows first what is still missing."""
    found = own_application(request, uuid, *WITH_SIGNATURES)
    refused = None
    if request.method == "POST":
        name = "answer_changes" if found.state == Application.State.CHANGES_REQUESTED else "submit"
        try:
            APPLICATION.fire(name, found, request.user)
        except Refused as refusal:
            refused = refusal
        else:
            return redirect("applications:submitted", found.uuid)
    context = {
        "application": found,
        "intake": intake_now.not_open() if found.state == Application.State.DRAFT else None,
        "refused": refused,
        "unfinished": [section for section in SECTIONS if missing(found, section)],
        "unsigned": signing.missing_signatures(found),
        "not_saved": [(kept.user, BY_CODE[kept.section]) for kept in keeping.not_saved(found)],
        "estimate": estimate_for(found),
        "leads": works_for_lead(request.user, found),
    }
    return render(request, "applications/submit.html", context, status=409 if refused else 200)


@service_page
def submitted(request, uuid):
    """The confirmation: the reference, and what comes next. Can be bookmarked."""
    found = own_application(request, uuid)
    if found.reference is None:
        return redirect("applications:application", found.uuid)
    return render(request, "applications/submitted.html", {"application": found, "estimate": estimate_for(found)})


@service_page
def withdraw(request, uuid):
    """Take the application back, after a question."""
    found = own_application(request, uuid)
    if not works_for_lead(request.user, found):
        raise PermissionDenied
    refused = None
    if request.method == "POST":
        try:
            APPLICATION.fire("withdraw", found, request.user)
        except Refused as refusal:
            refused = refusal
        else:
            messages.success(request, _("The application is withdrawn."))
            return redirect("applications:application", found.uuid)
    return render(
        request,
        "applications/withdraw.html",
        {"application": found, "refused": refused},
        status=409 if refused else 200,
    )
