"""The page on which who was invited takes part with an organisation, or does not."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from partners.models import Organisation
from partners.pages.access import invited_visitor, person_of
from portal.accounts.decorators import greets_visitors
from portal.workflow import Refused

from ..models import Party
from ..parties import services as parties_services
from ..permissions import was_invited
from .forms.parties import JoinForm, ReasonForm
from .overview import organisations_to_work_for


def headline(party: Party) -> str:
    if party.is_lead:
        return _("Fedasil opened an application for you")
    return _("%(lead)s invites your organisation") % {"lead": party.application.lead}


@greets_visitors
def invitation(request, uuid):
    """Who is invited reads who asks, and takes part with an organisation, or does not.

    The same page hands a draft over that an officer opened: its lead is invited, and Fedasil asks.
    """
    party = get_object_or_404(Party.objects.select_related("application", "organisation"), uuid=uuid)
    if not request.user.is_authenticated:
        return invited_visitor(request, headline(party))
    if not was_invited(person_of(request), party):
        if not party.invited_email:
            raise Http404
        return render(request, "partners/people/invitation_other.html", status=403)
    if party.state == Party.State.ACCEPTED:
        return redirect("applications:application", party.application.uuid)
    if party.state != Party.State.INVITED:
        return render(request, "applications/parties/invitation_over.html", {"party": party})
    organisations = organisations_to_work_for(request.user).distinct()
    if not party.invited_email:
        organisations = Organisation.objects.filter(pk=party.organisation_id)
    form = JoinForm(
        request.POST if "join" in request.POST else None,
        organisations=organisations,
        initial={
            "organisation": party.organisation_id,
            "aims": [aim for aim in ("stay", "guidance") if getattr(party, aim)],
        },
    )
    reason = ReasonForm(request.POST if "decline" in request.POST else None, hint=_("Only the lead reads it."))
    refused = None
    try:
        if "decline" in request.POST and reason.is_valid():
            parties_services.decline(party, request.user, reason.cleaned_data["reason"])
            messages.success(request, _("You declined the invitation."))
            return redirect("applications:list")
        if form.is_bound and form.is_valid():
            parties_services.accept(party, request.user, form.cleaned_data["organisation"], **form.chosen)
            messages.success(request, _("Your organisation takes part."))
            return redirect("applications:application", party.application.uuid)
    except Refused as refusal:
        refused = refusal
    context = {
        "party": party,
        "headline": headline(party),
        "lead": None if party.is_lead else party.application.lead,
        "form": form,
        "reason": reason,
        "organisations": organisations,
        "refused": refused,
    }
    return render(request, "applications/parties/invitation.html", context)
