"""The signatory's page, and the same content as PDF."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from partners.models import Capacity
from portal.accounts import webauthn
from portal.accounts.decorators import service_page
from portal.documents.download import as_download
from portal.workflow import Refused

from ..case.estimate import estimate_for
from ..checks.automatic_checks import doubts
from ..papers.signed_content import covered_answers, printed
from ..parties import signatures
from ..permissions import may_read_covered, seen_attachments, signing_capacities
from ..questionnaire import file_requirements
from ..signing import coverage
from ..submission.readiness import waited_for
from .access import own_party
from .forms.parties import CodeForm


@service_page
def sign(request, uuid):
    """A signatory reads exactly what is signed, and signs with a mailed code or a passkey."""
    party = own_party(request, uuid)
    capacities = [Capacity(code) for code in signing_capacities(request.user, party)]
    if not capacities:
        raise PermissionDenied
    waiting = coverage.missing_capacities(party)
    capacity = next((held for held in capacities if held in waiting), None)
    content = coverage.content_hash(party)
    action = request.POST.get("action")
    form = CodeForm(request.POST if action == "sign" else None)
    refused = None
    try:
        if capacity and action:
            if request.POST.get("content", content) != content:
                raise Refused(_("The application was changed after you opened this page. Read it again, then sign."))
            if act(request, party, capacity, action, form):
                if action in ("sign", "passkey"):
                    messages.success(request, _("Signed for %(name)s.") % {"name": party.name})
                    return redirect("applications:application", party.application.uuid)
                return redirect(f"{request.path}#sign")
    except Refused as refusal:
        refused = refusal
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
            for found in seen_attachments(request.user, party.application)
            if file_requirements.is_file_of(found, party)
        ],
        "content": content,
        "estimate": estimate_for(party.application),
        "open_sections": coverage.open_sections(party),
        "waited_for": waited_for(party.application),
        "code_is_open": signatures.has_open_code(party, request.user),
        "has_passkey": has_passkey,
        "passkey_question": has_passkey and signatures.passkey_question(party, request.user),
        "form": form,
        "refused": refused,
    }
    return render(request, "applications/signing/sign.html", context, status=409 if refused else 200)


def act(request, party, capacity, action, form) -> bool:
    """What the pressed button asks; True where it is done."""
    if action == "send":
        sent = signatures.send_code(party, request.user, capacity)
        times = {"sent": f"{localtime(sent.created_at):%H:%M}", "ends": f"{localtime(sent.expires_at):%H:%M}"}
        messages.success(request, _("We mailed you a code at %(sent)s. It works until %(ends)s.") % times)
    elif action == "ask_passkey":
        signatures.ask_passkey(party, request.user, capacity)
    elif action == "passkey":
        signatures.sign_with_passkey(party, request.user, capacity, request.POST.get("credential", ""))
    elif action == "sign" and form.is_valid():
        signatures.sign(party, request.user, capacity, form.cleaned_data["code"])
    else:
        return False
    return True


@service_page
def signed_content(request, uuid):
    """Exactly what a party signs, as it is now, with its hash: a PDF for those who may read it."""
    party = own_party(request, uuid)
    if not may_read_covered(request.user, party):
        raise PermissionDenied
    return as_download(printed(party), "application", "pdf", inline=True)
