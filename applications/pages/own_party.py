"""What a party decides for itself: to leave, and to take over the lead."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from partners.pages.access import person_of
from portal.accounts.decorators import service_action, service_page
from portal.workflow import Refused

from ..case import loading
from ..models import Party
from ..parties import departures, lead_transfer
from ..permissions import works_for
from ..signing import coverage
from .access import own_party, seen_in, told
from .forms.parties import ReasonForm
from .parties import QUESTIONS, about_signatures


def workers_party(request, uuid) -> Party:
    """A party, for someone who works there."""
    found = own_party(request, uuid)
    if not works_for(person_of(request), found):
        raise PermissionDenied
    return found


@service_page
def leave(request, uuid):
    """One's own organisation takes part no longer, after a question."""
    found = workers_party(request, uuid)
    form = ReasonForm(request.POST or None, hint=_("Only the lead organisation reads it."))
    refused = None
    if request.method == "POST" and form.is_valid():
        try:
            departures.leave(found, request.user, form.cleaned_data["reason"], seen=seen_in(request))
            messages.success(request, _("%(name)s no longer takes part.") % {"name": found.name})
            return redirect("applications:list")
        except Refused as refusal:
            refused = refusal
    context = {"application": found.application, "party": found, "form": form, "refused": refused}
    context |= about_signatures(loading.fresh(found.application))
    return render(request, "applications/parties/leave.html", context, status=409 if refused else 200)


@service_page
def take_lead(request, uuid):
    """A party that was asked to lead reads what that means, and says yes by POST."""
    found = workers_party(request, uuid)
    if request.method != "POST":
        return lead_page(request, found)
    standing = coverage.standing_over(found.application, QUESTIONS)
    try:
        lead_transfer.take(found, request.user, seen=seen_in(request))
    except Refused as refusal:
        return lead_page(request, found, refusal)
    told(request, found.application, standing, _("%(name)s leads from now on.") % {"name": found.name})
    return redirect("applications:application", found.application.uuid)


@service_action("applications:take_lead")
def refuse_lead(request, uuid):
    """A party that was asked to lead says no."""
    found = workers_party(request, uuid)
    try:
        lead_transfer.refuse(found, request.user)
    except Refused as refusal:
        return lead_page(request, found, refusal)
    messages.success(request, _("The lead does not change."))
    return redirect("applications:application", found.application.uuid)


def lead_page(request, found: Party, refused: Refused | None = None):
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
