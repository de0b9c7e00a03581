"""The pages of an organisation: its data, how it signs, and its people."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.decorators import service_page
from portal.workflow import Refused

from . import organisations
from .forms import CapacityForm, InvitationForm, OrganisationForm, SigningRuleForm
from .models import Invitation, Organisation
from .permissions import membership


def own_organisation(request, uuid, *, manage: bool = False):
    """The organisation and the person's membership; 404 for a stranger, 403 for who may look but not change."""
    organisation = get_object_or_404(Organisation.objects.select_related("municipality"), uuid=uuid)
    found = membership(request.user, organisation)
    if found is None:
        raise Http404
    if manage and not found.manager:
        raise PermissionDenied
    return organisation, found


@service_page
def new(request):
    """Register an organisation; `next` leads back to where the person came from."""
    form = OrganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        organisation = organisations.register(form.save(commit=False), request.user)
        messages.success(request, _("%(name)s is registered.") % {"name": organisation.name})
        back = request.POST.get("next", "")
        if url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
            return redirect(back)
        return redirect("partners:organisation", organisation.uuid)
    return render(request, "partners/new.html", {"form": form, "next": request.GET.get("next", "")})


@service_page
def organisation(request, uuid):
    """The organisation as its people see it."""
    found, own = own_organisation(request, uuid)
    return render(request, "partners/organisation.html", page_context(found, own))


def page_context(found: Organisation, own, **forms) -> dict:
    """What the page shows: `forms` carries the one that was posted, the others are fresh."""
    return {
        "organisation": found,
        "membership": own,
        "people": found.memberships.select_related("user").order_by("pk"),
        "invitations": found.invitations.filter(accepted_at__isnull=True),
        "invitation_form": InvitationForm(organisation=found),
        "rule_form": SigningRuleForm(instance=found, auto_id="rule_%s"),
        "capacity_form": CapacityForm(organisation=found, initial={"capacity": own.capacity}, auto_id="own_%s"),
        **forms,
    }


@service_page
@require_POST
def invite(request, uuid):
    """Invite a colleague."""
    found, own = own_organisation(request, uuid, manage=True)
    form = InvitationForm(request.POST, organisation=found)
    if not form.is_valid():
        return render(request, "partners/organisation.html", page_context(found, own, invitation_form=form, form=form))
    email = form.cleaned_data["email"]
    organisations.invite(found, request.user, email=email, language=get_language(), **form.roles_given)
    messages.success(request, _("We mailed an invitation to %(email)s.") % {"email": email})
    return redirect("partners:organisation", found.uuid)


@service_page
@require_POST
def signing_rule(request, uuid):
    """Change who signs for the organisation."""
    found, own = own_organisation(request, uuid, manage=True)
    form = SigningRuleForm(request.POST, instance=found, auto_id="rule_%s")
    if not form.is_valid():
        return render(request, "partners/organisation.html", page_context(found, own, rule_form=form, form=form))
    organisations.change(form.instance, request.user)
    messages.success(request, _("Saved. It counts for applications that you join from now on."))
    return redirect("partners:organisation", found.uuid)


@service_page
@require_POST
def capacity(request, uuid):
    """A manager says in which capacity he or she signs."""
    found, own = own_organisation(request, uuid, manage=True)
    form = CapacityForm(request.POST, organisation=found, auto_id="own_%s")
    if not form.is_valid():
        return render(request, "partners/organisation.html", page_context(found, own, capacity_form=form, form=form))
    organisations.take_capacity(found, request.user, form.cleaned_data["capacity"])
    messages.success(request, _("Saved."))
    return redirect("partners:organisation", found.uuid)


@service_page
def invitation(request, uuid):
    """A colleague reads an invitation and takes it up."""
    found = get_object_or_404(Invitation.objects.select_related("organisation", "invited_by"), uuid=uuid)
    if found.email != request.user.email:
        return render(request, "partners/invitation_other.html", status=403)
    refused = None
    if request.method == "POST":
        try:
            organisations.accept(found, request.user)
        except Refused as refusal:
            refused = refusal
        else:
            messages.success(request, _("You now belong to %(name)s.") % {"name": found.organisation.name})
            return redirect("portal_start")
    return render(request, "partners/invitation.html", {"invitation": found, "refused": refused})
