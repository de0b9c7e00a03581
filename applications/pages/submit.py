"""Submitting an application, its receipt, and withdrawing it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from partners.pages.access import person_of
from portal.accounts.decorators import service_page
from portal.documents.download import as_download
from portal.workflow import NotAllowed, Refused

from ..answers import autosave
from ..case.estimate import estimate_for
from ..case.intake import CurrentIntake
from ..change_requests import services as change_requests_services
from ..change_requests.presentation import RequestsShown
from ..checks.automatic_checks import doubts
from ..models import Application
from ..papers.receipt import receipt_pdf
from ..permissions import may_see_section, works_for_lead
from ..questionnaire.questions import BY_CODE, SECTIONS
from ..submission.readiness import Kind, blockers, by_kind
from ..versions.redaction import seen_content
from ..workflow.transitions import APPLICATION
from .access import own_application
from .forms.after_submission import WithdrawForm
from .overview import WITH_SIGNATURES

SENDING = ("submit", "answer_changes")


@service_page
def submit(request, uuid):
    """Submit, or send back what Fedasil asked for; shows first what is still missing."""
    found = own_application(request, uuid, *WITH_SIGNATURES)
    refused = None
    name = "answer_changes" if found.state == Application.State.CHANGES_REQUESTED else "submit"
    if request.method == "POST":
        # The form says what it was opened for: a repeated first submission never sends a change.
        opened_for = request.POST.get("what")
        name = opened_for if opened_for in SENDING else name
        try:
            if name == "answer_changes":
                change_requests_services.send(found, request.user, chosen_items(request))
            else:
                APPLICATION.fire("submit", found, request.user)
        except NotAllowed as refusal:
            if was_sent(found):
                return redirect("applications:submitted", found.uuid)
            refused = refusal
        except Refused as refusal:
            refused = refusal
        else:
            return redirect("applications:submitted", found.uuid)
    person, intake = person_of(request), CurrentIntake()
    waiting = by_kind(blockers(found, intake))
    context = {
        "application": found,
        "what": name,
        "intake": intake.closed_for(found),
        "refused": refused,
        "waiting": waiting,
        "only_intake": waiting.keys() == {Kind.INTAKE},
        "not_saved": [(kept.user, BY_CODE[kept.section]) for kept in autosave.unsaved_forms(found)],
        "doubts": doubts(found, {section.code for section in SECTIONS if may_see_section(person, found, section)}),
        "estimate": estimate_for(found),
        "leads": works_for_lead(person, found),
        "asked": RequestsShown(found, person).open_items,
    }
    return render(request, "applications/submission/submit.html", context, status=409 if refused else 200)


def chosen_items(request) -> list[int] | None:
    """The answers to send; None, all of them, where there was nothing to choose from."""
    if "choose" not in request.POST:
        return None
    return [int(item) for item in request.POST.getlist("items") if item.isdecimal()]


def was_sent(found: Application) -> bool:
    """Whether Fedasil has it now: then sending it once more leads to the confirmation, and changes nothing."""
    return Application.objects.filter(pk=found.pk, state__in=Application.UNDECIDED).exists()


@service_page
def submitted(request, uuid):
    """The confirmation: the reference, and what comes next. Can be bookmarked."""
    found = own_application(request, uuid)
    if found.reference is None:
        return redirect("applications:application", found.uuid)
    context = {"application": found, "estimate": estimate_for(found), "versions": list(found.versions.all())}
    return render(request, "applications/submission/submitted.html", context)


@service_page
def receipt(request, uuid, number):
    """What was submitted, when and by whom signed, as PDF."""
    found = own_application(request, uuid)
    version = get_object_or_404(found.versions, number=number)
    version.application = found
    pdf = receipt_pdf(version, seen_content(person_of(request), version))
    return as_download(pdf, f"{found.reference}-{number}", "pdf")


@service_page
def withdraw(request, uuid):
    """Take the application back, after a question."""
    found = own_application(request, uuid)
    if not works_for_lead(person_of(request), found):
        raise PermissionDenied
    refused = None
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            APPLICATION.fire("withdraw", found, request.user, note=form.cleaned_data["reason"])
        except Refused as refusal:
            refused = refusal
        else:
            messages.success(request, _("The application is withdrawn."))
            return redirect("applications:application", found.uuid)
    return render(
        request,
        "applications/submission/withdraw.html",
        {"application": found, "form": form, "refused": refused},
        status=409 if refused else 200,
    )
