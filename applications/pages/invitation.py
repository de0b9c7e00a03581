"""The page on which who was invited takes part with an organisation, or does not."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from partners.finder import notices
from partners.models import Organisation
from partners.pages.access import invited_visitor, person_of
from portal.accounts.decorators import greets_visitors, service_action
from portal.workflow import Refused

from ..models import Application, Party
from ..parties import services as parties_services
from ..permissions import was_invited
from .forms.parties import JoinForm, ReasonForm
from .overview import organisations_to_work_for


def headline(party: Party) -> str:
    if party.is_lead:
        return _("Fedasil opened an application for you")
    return _("%(lead)s invites your organisation") % {"lead": party.application.lead}


def invited_party(uuid) -> Party:
    return get_object_or_404(Party.objects.select_related("application", "organisation"), uuid=uuid)


def not_to_answer(request, party: Party) -> HttpResponse | None:
    """What someone gets who has nothing to answer (any more); None where this person answers the invitation."""
    if not was_invited(person_of(request), party):
        if not party.invited_email:
            raise Http404
        return render(request, "partners/people/invitation_other.html", status=403)
    if party.state == Party.State.ACCEPTED:
        return redirect("applications:application", party.application.uuid)
    if party.state != Party.State.INVITED:
        return render(request, "applications/parties/invitation_over.html", {"party": party})
    return None


def join_form(request, party: Party, data=None) -> JoinForm:
    organisations = organisations_to_work_for(request.user).distinct()
    if not party.invited_email:
        organisations = Organisation.objects.filter(pk=party.organisation_id)
    aims = [aim for aim in ("stay", "guidance") if getattr(party, aim)]
    initial = {"organisation": party.organisation_id, "aims": aims}
    taking_part = {found.organisation_id for found in party.application.joined_parties}
    return JoinForm(data, organisations=organisations, taking_part=taking_part, initial=initial)


def reason_form(data=None) -> ReasonForm:
    return ReasonForm(data, hint=_("Only the lead organisation reads it."))


@greets_visitors
def invitation(request, uuid):
    """Who is invited reads who asks, and takes part with an organisation, or does not.

    The same page hands a draft over that an officer opened: its lead is invited, and Fedasil asks.
    """
    party = invited_party(uuid)
    if not request.user.is_authenticated:
        return invited_visitor(request, headline(party))
    return not_to_answer(request, party) or page(request, party)


def page(request, party: Party, *, refused: Refused | None = None, **sent):
    """`sent`: a form to be mended, by its name in the template."""
    forms = {"form": join_form(request, party), "reason": reason_form(), **sent}
    context = {
        "party": party,
        "headline": headline(party),
        "lead": None if party.is_lead else party.application.lead,
        "organisations": forms["form"].fields["organisation"].queryset,
        "refused": refused,
        **forms,
    }
    return render(request, "applications/parties/invitation.html", context)


@service_action("applications:invitation")
def accept(request, uuid):
    """Take part with an organisation."""
    party = invited_party(uuid)
    if answer := not_to_answer(request, party):
        return answer
    form = join_form(request, party, request.POST)
    if not form.is_valid():
        return page(request, party, form=form)
    try:
        parties_services.accept(party, request.user, form.cleaned_data["organisation"], **form.chosen)
    except Refused as refusal:
        return page(request, party, form=form, refused=refusal)
    messages.success(request, _("Your organisation takes part."))
    suggest_to_take_down(request, party.application, form.cleaned_data["organisation"])
    return redirect("applications:application", party.application.uuid)


def suggest_to_take_down(request, application: Application, organisation: Organisation) -> None:
    """Where others of the application take on what the organisation still seeks in the partner finder, say so."""
    notice = notices.own_notice(organisation)
    if notice is None:
        return
    parties = application.parties.filter(state=Party.State.ACCEPTED).exclude(organisation=organisation)
    others = list(parties.select_related("organisation"))
    found = {aim for aim in ("stay", "guidance") if any(getattr(other, aim) for other in others)}
    if any(other.organisation.is_local_authority for other in others):
        found.add("local_authority")
    if found & set(notice.sought):
        messages.info(
            request,
            _("Others can still find your notice in the partner finder. Did you find a partner? Take it down there."),
        )


@service_action("applications:invitation")
def decline(request, uuid):
    """Not take part, with a reason for the lead."""
    party = invited_party(uuid)
    if answer := not_to_answer(request, party):
        return answer
    reason = reason_form(request.POST)
    if not reason.is_valid():
        return page(request, party, reason=reason)
    try:
        parties_services.decline(party, request.user, reason.cleaned_data["reason"])
    except Refused as refusal:
        return page(request, party, reason=reason, refused=refusal)
    messages.success(request, _("You declined the invitation."))
    return redirect("applications:list")
