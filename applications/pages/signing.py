"""The signatory's page, and the same content as PDF."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from partners.models import Capacity
from partners.pages.access import person_of
from portal.accounts import webauthn
from portal.accounts.decorators import service_action, service_page
from portal.documents.download import as_download
from portal.formats import time_of_day
from portal.workflow import Refused

from ..case.estimate import estimate_for
from ..checks.automatic_checks import doubts
from ..models import Party
from ..papers.signed_content import covered_answers, printed
from ..parties import signatures
from ..permissions import may_read_covered, seen_attachments, signing_capacities
from ..questionnaire import file_requirements
from ..signing import coverage
from ..submission.readiness import waited_for
from .access import own_party
from .forms.parties import CodeForm


def signatory(request, uuid) -> tuple[Party, list[Capacity]]:
    """A party, and the capacities in which this person signs for it."""
    party = own_party(request, uuid)
    capacities = [Capacity(code) for code in signing_capacities(person_of(request), party)]
    if not capacities:
        raise PermissionDenied
    return party, capacities


def awaited(party: Party, capacities: list[Capacity]) -> Capacity | None:
    """The first of these capacities in which a signature is missing."""
    waiting = coverage.missing_capacities(party)
    return next((held for held in capacities if held in waiting), None)


@service_page
def sign(request, uuid):
    """A signatory reads exactly what is signed, and signs with a mailed code or a passkey."""
    return page(request, *signatory(request, uuid))


def page(request, party: Party, capacities: list[Capacity], *, form=None, refused: Refused | None = None):
    capacity = awaited(party, capacities)
    has_passkey = webauthn.has_one(request.user)
    covered = covered_answers(party)
    context = {
        "application": party.application,
        "party": party,
        "capacity": capacity,
        "capacities": capacities,
        "sections": covered,
        "doubts": doubts(party.application, {section.code for section, _answers in covered}) if capacity else [],
        "attachments": [
            found
            for found in seen_attachments(person_of(request), party.application)
            if file_requirements.is_file_of(found, party)
        ],
        "content": coverage.content_hash(party),
        "estimate": estimate_for(party.application),
        "open_sections": coverage.open_sections(party),
        "waited_for": waited_for(party.application),
        "code_is_open": signatures.has_open_code(party, request.user),
        "has_passkey": has_passkey,
        "passkey_question": has_passkey and signatures.passkey_question(party, request.user),
        "form": form or CodeForm(),
        "refused": refused,
    }
    return render(request, "applications/signing/sign.html", context, status=409 if refused else 200)


def act(request, uuid, change: Callable[[Party, Capacity], HttpResponse], form: CodeForm | None = None):
    """Do what a button asks, on the content that its page showed; or show that page again, with what is refused."""
    party, capacities = signatory(request, uuid)
    capacity = awaited(party, capacities)
    if capacity is None:
        return page(request, party, capacities)
    content = coverage.content_hash(party)
    try:
        if request.POST.get("content", content) != content:
            raise Refused(_("The application was changed after you opened this page. Read it again, then sign."))
        if form is not None and not form.is_valid():
            return page(request, party, capacities, form=form)
        return change(party, capacity)
    except Refused as refusal:
        return page(request, party, capacities, form=form, refused=refusal)


def back_to_signing(party: Party) -> HttpResponse:
    return redirect(reverse("applications:sign", args=[party.uuid]) + "#sign")


def signed(request, party: Party) -> HttpResponse:
    messages.success(request, _("Signed for %(name)s.") % {"name": party.name})
    return redirect("applications:application", party.application.uuid)


@service_action("applications:sign")
def mail_code(request, uuid):
    """Mail the code with which one signs."""

    def change(party: Party, capacity: Capacity) -> HttpResponse:
        sent = signatures.send_code(party, request.user, capacity)
        times = {"sent": time_of_day(localtime(sent.created_at)), "ends": time_of_day(localtime(sent.expires_at))}
        messages.success(request, _("We mailed you a code at %(sent)s. It works until %(ends)s.") % times)
        return back_to_signing(party)

    return act(request, uuid, change)


@service_action("applications:sign")
def sign_by_code(request, uuid):
    """Sign with the code that was mailed."""
    form = CodeForm(request.POST)

    def change(party: Party, capacity: Capacity) -> HttpResponse:
        signatures.sign(party, request.user, capacity, form.cleaned_data["code"])
        return signed(request, party)

    return act(request, uuid, change, form)


@service_action("applications:sign")
def ask_passkey(request, uuid):
    """Begin to sign with a passkey: the page then asks the browser for it."""

    def change(party: Party, capacity: Capacity) -> HttpResponse:
        signatures.ask_passkey(party, request.user, capacity)
        return back_to_signing(party)

    return act(request, uuid, change)


@service_action("applications:sign")
def sign_by_passkey(request, uuid):
    """Sign with what the passkey answered."""

    def change(party: Party, capacity: Capacity) -> HttpResponse:
        signatures.sign_with_passkey(party, request.user, capacity, request.POST.get("credential", ""))
        return signed(request, party)

    return act(request, uuid, change)


@service_page
def signed_content(request, uuid):
    """Exactly what a party signs, as it is now, with its hash: a PDF for those who may read it."""
    party = own_party(request, uuid)
    if not may_read_covered(person_of(request), party):
        raise PermissionDenied
    return as_download(printed(party), "application", "pdf", inline=True)
