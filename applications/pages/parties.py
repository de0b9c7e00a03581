"""The section about parties: their aims, the other body of the lead's municipality, and two ways to invite."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from partners.pages.access import person_of
from portal.accounts.decorators import service_action, service_page
from portal.forms.service import ServiceForm
from portal.workflow import Refused

from ..answers import saving
from ..case import loading
from ..parties import departures, other_body
from ..parties import services as parties_services
from ..permissions import may_edit_section
from ..questionnaire.questions import BY_CODE
from ..signing import coverage
from .access import as_seen, own_application, seen_in, told
from .forms.parties import AimsForm, OrganisationInvitationForm, PartyInvitationForm, invitation_forms

QUESTIONS = BY_CODE["parties"]


def about_signatures(application) -> dict:
    """For templates/applications/signing/reopens.html."""
    standing = coverage.standing_over(application, QUESTIONS)
    return {"reopens": standing, "reopens_seen": as_seen(standing)}


@service_page
def section(request, uuid):
    """Parties and aims: what the lead arranges, the aims and two ways to invite."""
    return answer(request, uuid)


@service_action("applications:parties")
def invite(request, uuid):
    """Invite an organisation by mail."""
    return answer(request, uuid, meant=PartyInvitationForm)


@service_action("applications:parties")
def invite_registered(request, uuid):
    """Invite an organisation that is registered here."""
    return answer(request, uuid, meant=OrganisationInvitationForm)


@service_action("applications:parties")
def add_other_body(request, uuid):
    """Have the other body of the lead's municipality take part, or invite it."""
    return answer(request, uuid, adds=True)


def answer(request, uuid, meant: type[ServiceForm] | None = None, *, adds: bool = False):
    """The page, or what its one form asks: nothing is lost whichever button is pressed, and what is filled in is done.

    `meant` is the invitation whose button was pressed. `adds`: whether the button of the other body was pressed.
    """
    found = own_application(request, uuid, "parties__signatures")
    if not may_edit_section(person_of(request), found, QUESTIONS):
        raise PermissionDenied
    if not saving.open_questions(found, QUESTIONS):
        return redirect("applications:summary", found.uuid)
    with_aims = "with_aims" in request.POST
    aims = [(party, AimsForm(request.POST if with_aims else None, party=party)) for party in found.joined_parties]
    by_part = found.lead.verified_at is not None
    by_mail, registered = invitation_forms(request.POST, meant, by_part=by_part)
    body = other_body.other_body(found, person_of(request))
    standing = about_signatures(found)
    bound = [form for form in (*(form for _party, form in aims), by_mail, registered) if form.is_bound]
    refused = None
    try:
        # Each is asked, so that each says what is wrong with it.
        valid = [form.is_valid() for form in bound]
        if (valid or adds) and all(valid):
            added = body if adds else None
            return save(request, found, aims if with_aims else [], by_mail, registered, added, standing["reopens"])
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
        "other_body": body,
        "register_other": registration_of(body, found) if body else "",
        "endings": departures.endings(found),
        **standing,
    }
    return render(request, "applications/parties/parties.html", context, status=409 if refused else 200)


def save(request, found, aims, by_mail, registered, added: other_body.OtherBody | None, standing):
    """Save the aims, then add the other body and send the invitations: all of it, or nothing."""
    organisation = added and added.organisation
    with transaction.atomic():
        if aims:
            chosen = {party: form.chosen for party, form in aims}
            parties_services.set_all_aims(found, request.user, chosen, seen=seen_in(request))
        if by_mail.is_bound:
            parties_services.invite(found, request.user, language=get_language(), **by_mail.cleaned_data)
        if registered.is_bound:
            parties_services.invite_organisation(found, request.user, registered.cleaned_data["organisation"])
        if added and organisation:
            join = other_body.add if added.is_managed else parties_services.invite_organisation
            join(found, request.user, organisation)
    if aims:
        told(request, found, standing, _("Saved."))
    if by_mail.is_bound:
        messages.success(request, invited_message(by_mail.cleaned_data["email"]))
    if registered.is_bound:
        messages.success(request, invited_message(registered.cleaned_data["organisation"].name))
    if added and organisation:
        is_part = _("%(name)s takes part now. Say which aims it takes on.") % {"name": organisation.name}
        messages.success(request, is_part if added.is_managed else invited_message(organisation.name))
    invited = by_mail.is_bound or registered.is_bound or added
    return redirect("applications:parties" if invited else "applications:application", found.uuid)


def registration_of(body: other_body.OtherBody, application) -> str:
    """The page on which it is registered, which leads back here."""
    there = reverse("partners:new_details", args=[body.kind])
    back = reverse("applications:parties", args=[application.uuid])
    return f"{there}?{urlencode({'seat': body.municipality.refnis, 'next': back})}"


def invited_message(whom: str) -> str:
    return _("We mailed an invitation to %(email)s.") % {"email": whom}
