"""Who takes part: the lead's page, the invited person's page, and the signatory's page."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from partners.models import Capacity
from portal.decorators import service_page
from portal.workflow import Refused

from .. import editing, parties, signing, slots
from ..estimates import estimate_for
from ..forms.parties import AimsForm, CodeForm, JoinForm, PartyInvitationForm
from ..models import Party
from ..permissions import may_edit_section, seen_attachments, signing_capacities
from ..questions import BY_CODE, answer_text
from .common import own_application, own_party
from .overview import organisations_to_work_for


@service_page
def section(request, uuid):
    """Parties and aims: what the lead arranges. One form a party, and one to invite another."""
    found = own_application(request, uuid)
    questions = BY_CODE["parties"]
    if not may_edit_section(request.user, found, questions):
        raise PermissionDenied
    if not editing.open_questions(found, questions):
        return redirect("applications:summary", found.uuid)
    action = request.POST.get("action")
    aims = [
        (party, AimsForm(request.POST if action == "aims" else None, party=party)) for party in found.joined_parties
    ]
    invitation = PartyInvitationForm(request.POST if action == "invite" else None)
    refused = None
    try:
        if action == "aims" and all(form.is_valid() for _party, form in aims):
            for party, form in aims:
                parties.set_aims(found, party, request.user, **form.chosen)
            messages.success(request, _("Saved."))
            return redirect("applications:application", found.uuid)
        if action == "invite" and invitation.is_valid():
            parties.invite(found, request.user, language=get_language(), **invitation.cleaned_data)
            messages.success(
                request, _("We mailed an invitation to %(email)s.") % {"email": invitation.cleaned_data["email"]}
            )
            return redirect("applications:parties", found.uuid)
    except Refused as refusal:
        refused = refusal
    context = {
        "application": found,
        "section": questions,
        "aims": aims,
        "invitation": invitation,
        "form": invitation if action == "invite" else None,
        "refused": refused,
        "waiting": [party for party in found.parties_in_order if party.state == Party.State.INVITED],
    }
    return render(request, "applications/parties.html", context)


@service_page
def invitation(request, uuid):
    """An invited person reads who asks, and takes part with an organisation, or does not.

    The same page hands a draft over that an officer opened: its lead is invited, and Fedasil asks.
    """
    party = get_object_or_404(Party.objects.select_related("application"), uuid=uuid)
    if party.invited_email != request.user.email:
        return render(request, "partners/invitation_other.html", status=403)
    if party.state == Party.State.ACCEPTED:
        return redirect("applications:application", party.application.uuid)
    if party.state != Party.State.INVITED:
        raise Http404
    organisations = organisations_to_work_for(request.user).distinct()
    form = JoinForm(request.POST if "join" in request.POST else None, organisations=organisations)
    refused = None
    try:
        if "decline" in request.POST:
            parties.decline(party, request.user)
            messages.success(request, _("You declined the invitation."))
            return redirect("applications:list")
        if form.is_bound and form.is_valid():
            parties.accept(party, request.user, form.cleaned_data["organisation"], **form.chosen)
            messages.success(request, _("Your organisation takes part."))
            return redirect("applications:application", party.application.uuid)
    except Refused as refusal:
        refused = refusal
    context = {
        "party": party,
        "lead": None if party.is_lead else party.application.lead,
        "form": form,
        "organisations": organisations,
        "refused": refused,
    }
    return render(request, "applications/invitation.html", context)


@service_page
def sign(request, uuid):
    """A signatory reads exactly what is signed, asks for a code, and signs with it."""
    party = own_party(request, uuid)
    capacities = [Capacity(code) for code in signing_capacities(request.user, party)]
    if not capacities:
        raise PermissionDenied
    waiting = signing.missing_capacities(party)
    capacity = next((held for held in capacities if held in waiting), None)
    form = CodeForm(request.POST if request.POST.get("action") == "sign" else None)
    refused = None
    try:
        if capacity and request.POST.get("action") == "send":
            signing.send_code(party, request.user, capacity)
            messages.success(request, _("We mailed you a code. It works for ten minutes."))
            return redirect("applications:sign", party.uuid)
        if capacity and form.is_bound and form.is_valid():
            signing.sign(party, request.user, capacity, form.cleaned_data["code"])
            messages.success(request, _("Signed for %(name)s.") % {"name": party.name})
            return redirect("applications:application", party.application.uuid)
    except Refused as refusal:
        refused = refusal
    context = {
        "application": party.application,
        "party": party,
        "capacity": capacity,
        "capacities": capacities,
        "sections": [
            (
                section,
                [
                    (question, answer_text(party.application, question, sees=partial(slots.concerns, party=party)))
                    for question in section.asked(party.application)
                ],
            )
            for section in signing.covered_sections(party)
        ],
        "attachments": [
            found for found in seen_attachments(request.user, party.application) if slots.concerns(found, party)
        ],
        "estimate": estimate_for(party.application),
        "open_sections": signing.open_sections(party),
        "code_is_open": signing.has_open_code(party, request.user),
        "form": form,
        "refused": refused,
    }
    return render(request, "applications/sign.html", context, status=409 if refused else 200)
