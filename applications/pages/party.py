"""One other party, for the lead: what it sees, the lead passed to it, removed or replaced; or its invitation."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from partners.pages.access import person_of
from portal.accounts.decorators import service_action, service_page
from portal.workflow import Refused

from ..answers import saving
from ..case import loading
from ..models import Party
from ..parties import departures, lead_transfer
from ..parties import services as parties_services
from ..permissions import works_for_lead
from ..signing import coverage
from .access import own_application, seen_in, told
from .forms.parties import PartyInvitationForm, ReasonForm, SightForm
from .parties import QUESTIONS, about_signatures, invited_message


def leads_party(request, uuid) -> Party:
    """A party that takes part or is invited, for someone who works for the lead."""
    party = get_object_or_404(Party, uuid=uuid)
    application = own_application(request, party.application.uuid, "parties__signatures")
    found = next((one for one in application.parties_in_order if one.pk == party.pk), None)
    if found is None or found.is_lead:
        raise Http404
    if not works_for_lead(person_of(request), application):
        raise PermissionDenied
    return found


def sight_form(found: Party, data=None) -> SightForm:
    return SightForm(data, initial={"sees": "all" if found.sees_all_answers else "own"})


def reason_form(data=None) -> ReasonForm:
    return ReasonForm(data, hint=_("Only those who lead read it."))


@service_page
def party(request, uuid):
    """One other party, with all that the lead can arrange about it."""
    return page(request, leads_party(request, uuid))


def page(request, found: Party, *, refused: Refused | None = None, **sent):
    """`sent` are forms to be mended, by their names in the template."""
    context = {
        "application": found.application,
        "party": found,
        "arrangeable": bool(saving.open_questions(found.application, QUESTIONS)),
        "someone_is_asked": any(one.lead_offered_at for one in found.application.joined_parties),
        "sight": sight_form(found),
        "reason": reason_form(),
        "invitation": PartyInvitationForm(),
        **sent,
        "form": next((form for form in sent.values() if form.errors), None),
        "refused": refused,
        **about_signatures(loading.fresh(found.application)),
    }
    return render(request, "applications/parties/party.html", context, status=409 if refused else 200)


def arrange(request, found: Party, change: Callable[[], str], **sent):
    """Do what the lead asks, and go back to all parties; or show what has to be mended.

    `change` does it, and returns what was done as a sentence.
    """
    standing = coverage.standing_over(found.application, QUESTIONS)
    # Each is asked, so that each says what is wrong with it.
    valid = [form.is_valid() for form in sent.values()]
    if not all(valid):
        return page(request, found, **sent)
    try:
        done = change()
    except Refused as refusal:
        return page(request, found, refused=refusal, **sent)
    told(request, found.application, standing, done)
    return redirect("applications:parties", found.application.uuid)


@service_action("applications:party")
def set_visibility(request, uuid):
    """Which answers the party sees."""
    found = leads_party(request, uuid)
    sight = sight_form(found, request.POST)

    def change() -> str:
        sees_all = sight.cleaned_data["sees"] == "all"
        parties_services.set_visibility(found, request.user, sees_all_answers=sees_all)
        return _("Saved.")

    return arrange(request, found, change, sight=sight)


@service_action("applications:party")
def send_again(request, uuid):
    """The invitation, mailed again."""
    found = leads_party(request, uuid)

    def change() -> str:
        parties_services.send_again(found, request.user, get_language())
        return invited_message(found.invited_email or found.name)

    return arrange(request, found, change)


@service_action("applications:party")
def withdraw(request, uuid):
    """The invitation, withdrawn."""
    found = leads_party(request, uuid)

    def change() -> str:
        parties_services.withdraw_invitation(found, request.user)
        return _("The invitation of %(name)s is withdrawn.") % {"name": found.name}

    return arrange(request, found, change)


@service_action("applications:party")
def offer_lead(request, uuid):
    """Ask the party to take over the lead."""
    found = leads_party(request, uuid)

    def change() -> str:
        lead_transfer.offer(found, request.user)
        return _("We asked %(name)s to take over the lead. Until then, your organisation remains the lead.") % {
            "name": found.name
        }

    return arrange(request, found, change)


@service_action("applications:party")
def take_back_lead(request, uuid):
    """Ask no longer that the party takes over the lead."""
    found = leads_party(request, uuid)

    def change() -> str:
        lead_transfer.take_back(found, request.user)
        return _("Your organisation remains the lead.")

    return arrange(request, found, change)


@service_action("applications:party")
def remove(request, uuid):
    """Go on without the party."""
    found = leads_party(request, uuid)
    reason = reason_form(request.POST)

    def change() -> str:
        departures.remove(found, request.user, reason.cleaned_data["reason"], seen=seen_in(request))
        return _("%(name)s no longer takes part.") % {"name": found.name}

    return arrange(request, found, change, reason=reason)


@service_action("applications:party")
def replace(request, uuid):
    """Go on without the party, and invite another one in its place."""
    found = leads_party(request, uuid)
    reason, invitation = reason_form(request.POST), PartyInvitationForm(request.POST)

    def change() -> str:
        asked = {**invitation.cleaned_data, "language": get_language()}
        departures.replace(found, request.user, reason.cleaned_data["reason"], seen=seen_in(request), **asked)
        return _("%(name)s no longer takes part.") % {"name": found.name} + " " + invited_message(asked["email"])

    return arrange(request, found, change, reason=reason, invitation=invitation)
