"""Who takes part: what the lead arranges, and what a party decides for itself."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.accounts.decorators import service_page
from portal.workflow import Refused

from ..answers import saving
from ..case import loading
from ..models import Party
from ..parties import departures, lead_transfer
from ..parties import services as parties_services
from ..permissions import may_edit_section, works_for, works_for_lead
from ..questionnaire.sections import BY_CODE
from ..signing import coverage
from .access import as_seen, own_application, own_party, seen_in, told
from .forms.parties import AimsForm, PartyInvitationForm, ReasonForm, SightForm, invitation_forms

QUESTIONS = BY_CODE["parties"]


def about_signatures(application) -> dict:
    """For templates/applications/signing/reopens.html."""
    standing = coverage.standing_over(application, QUESTIONS)
    return {"reopens": standing, "reopens_seen": as_seen(standing)}


@service_page
def section(request, uuid):
    """Parties and aims: what the lead arranges, the aims and two ways to invite."""
    found = own_application(request, uuid, "parties__signatures")
    if not may_edit_section(request.user, found, QUESTIONS):
        raise PermissionDenied
    if not saving.open_questions(found, QUESTIONS):
        return redirect("applications:summary", found.uuid)
    # It is one form, so that nothing is lost whichever button is pressed: what is filled in is done.
    posted, action = request.POST, request.POST.get("action")
    with_aims = action == "aims" or "with_aims" in posted
    aims = [(party, AimsForm(posted if with_aims else None, party=party)) for party in found.joined_parties]
    by_part = found.lead.verified_at is not None
    by_mail, registered = invitation_forms(posted, action, by_part=by_part)
    standing = about_signatures(found)
    bound = [form for form in (*(form for _party, form in aims), by_mail, registered) if form.is_bound]
    refused = None
    try:
        # Each is asked, so that each says what is wrong with it.
        valid = [form.is_valid() for form in bound]
        if valid and all(valid):
            return arrange_all(request, found, aims if with_aims else [], by_mail, registered, standing["reopens"])
    except Refused as refusal:
        refused = refusal
        standing = about_signatures(loading.fresh(found))
    context = {
        "application": found,
        "section": QUESTIONS,
        "aims": aims,
        "invitation": by_mail,
        "registered": registered,
        "form": next((form for form in (by_mail, registered) if form.errors), None),
        "refused": refused,
        "others": [party for party in found.parties_in_order if not party.is_lead],
        "endings": departures.endings(found),
        **standing,
    }
    return render(request, "applications/parties/parties.html", context, status=409 if refused else 200)


def arrange_all(request, found, aims, by_mail, registered, standing):
    """Save the aims, then send the invitations: all of it, or nothing."""
    with transaction.atomic():
        if aims:
            chosen = {party: form.chosen for party, form in aims}
            parties_services.set_all_aims(found, request.user, chosen, seen=seen_in(request))
        if by_mail.is_bound:
            parties_services.invite(found, request.user, language=get_language(), **by_mail.cleaned_data)
        if registered.is_bound:
            parties_services.invite_organisation(found, request.user, registered.cleaned_data["organisation"])
    if aims:
        told(request, found, standing, _("Saved."))
    if by_mail.is_bound:
        messages.success(request, invited_message(by_mail.cleaned_data["email"]))
    if registered.is_bound:
        messages.success(request, invited_message(registered.cleaned_data["organisation"].name))
    invited = by_mail.is_bound or registered.is_bound
    return redirect("applications:parties" if invited else "applications:application", found.uuid)


def invited_message(whom: str) -> str:
    return _("We mailed an invitation to %(email)s.") % {"email": whom}


def leads_party(request, uuid) -> Party:
    """A party that takes part or is invited, for someone who works for the lead."""
    party = get_object_or_404(Party, uuid=uuid)
    application = own_application(request, party.application.uuid, "parties__signatures")
    found = next((one for one in application.parties_in_order if one.pk == party.pk), None)
    if found is None or found.is_lead:
        raise Http404
    if not works_for_lead(request.user, application):
        raise PermissionDenied
    return found


@service_page
def party(request, uuid):
    """One other party: what it sees, the lead passed to it, removed or replaced; or its invitation."""
    found = leads_party(request, uuid)
    action = request.POST.get("action", "")
    forms = {
        "sight": SightForm(
            request.POST if action == "sight" else None, initial={"sees": "all" if found.sees_all_answers else "own"}
        ),
        "reason": ReasonForm(
            request.POST if action in ("remove", "replace") else None, hint=_("Only those who lead read it.")
        ),
        "invitation": PartyInvitationForm(request.POST if action == "replace" else None),
    }
    refused = None
    try:
        standing = coverage.standing_over(found.application, QUESTIONS)
        if done := arrange(request, found, action, forms):
            told(request, found.application, standing, done)
            return redirect("applications:parties", found.application.uuid)
    except Refused as refusal:
        refused = refusal
    used = {"sight": forms["sight"], "remove": forms["reason"], "replace": forms["invitation"]}
    context = {
        "application": found.application,
        "party": found,
        "arrangeable": bool(saving.open_questions(found.application, QUESTIONS)),
        "someone_is_asked": any(one.lead_offered_at for one in found.application.joined_parties),
        **forms,
        "form": used.get(action),
        "refused": refused,
        **about_signatures(loading.fresh(found.application)),
    }
    return render(request, "applications/parties/party.html", context, status=409 if refused else 200)


def arrange(request, found: Party, action: str, forms: dict) -> str:
    """Do what the lead asks; what was done as a sentence, empty where a form has to be mended."""
    actor, name = request.user, {"name": found.name}
    if action == "sight" and forms["sight"].is_valid():
        parties_services.set_visibility(found, actor, sees_all_answers=forms["sight"].cleaned_data["sees"] == "all")
        return _("Saved.")
    if action == "send_again":
        parties_services.send_again(found, actor, get_language())
        return invited_message(found.invited_email or found.name)
    if action == "withdraw":
        parties_services.withdraw_invitation(found, actor)
        return _("The invitation of %(name)s is withdrawn.") % name
    if action == "offer_lead":
        lead_transfer.offer(found, actor)
        return _("We asked %(name)s to take over the lead. Until then you lead.") % name
    if action == "take_back_lead":
        lead_transfer.take_back(found, actor)
        return _("You still lead.")
    if action == "remove" and forms["reason"].is_valid():
        departures.remove(found, actor, forms["reason"].cleaned_data["reason"], seen=seen_in(request))
        return _("%(name)s takes part no longer.") % name
    if action == "replace" and forms["reason"].is_valid() and forms["invitation"].is_valid():
        invitation = {**forms["invitation"].cleaned_data, "language": get_language()}
        departures.replace(found, actor, forms["reason"].cleaned_data["reason"], seen=seen_in(request), **invitation)
        return _("%(name)s takes part no longer.") % name + " " + invited_message(invitation["email"])
    return ""


def workers_party(request, uuid) -> Party:
    """A party, for someone who works there."""
    found = own_party(request, uuid)
    if not works_for(request.user, found):
        raise PermissionDenied
    return found


@service_page
def leave(request, uuid):
    """One's own organisation takes part no longer, after a question."""
    found = workers_party(request, uuid)
    form = ReasonForm(request.POST or None, hint=_("Only the lead reads it."))
    refused = None
    if request.method == "POST" and form.is_valid():
        try:
            departures.leave(found, request.user, form.cleaned_data["reason"], seen=seen_in(request))
            messages.success(request, _("%(name)s takes part no longer.") % {"name": found.name})
            return redirect("applications:list")
        except Refused as refusal:
            refused = refusal
    context = {"application": found.application, "party": found, "form": form, "refused": refused}
    context |= about_signatures(loading.fresh(found.application))
    return render(request, "applications/parties/leave.html", context, status=409 if refused else 200)


@service_page
def take_lead(request, uuid):
    """A party that was asked to lead says yes or no."""
    found = workers_party(request, uuid)
    refused = None
    try:
        if "take" in request.POST:
            standing = coverage.standing_over(found.application, QUESTIONS)
            lead_transfer.take(found, request.user, seen=seen_in(request))
            told(request, found.application, standing, _("%(name)s leads from now on.") % {"name": found.name})
            return redirect("applications:application", found.application.uuid)
        if "refuse" in request.POST:
            lead_transfer.refuse(found, request.user)
            messages.success(request, _("The lead stays where it is."))
            return redirect("applications:application", found.application.uuid)
    except Refused as refusal:
        refused = refusal
    context = {
        "application": found.application,
        "party": found,
        "language": found.organisation.get_letter_language_display(),
        "changes_language": found.application.state == found.application.State.DRAFT
        and found.organisation.letter_language != found.application.language,
        "refused": refused,
        **about_signatures(loading.fresh(found.application)),
    }
    return render(request, "applications/parties/take_lead.html", context, status=409 if refused else 200)
