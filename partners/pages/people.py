"""The people of an organisation: invited, joining, their roles, away, leaving; and for whom one works."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.accounts import post_resume
from portal.accounts.decorators import greets_visitors, service_page
from portal.files import store
from portal.forms.service import ServiceForm
from portal.workflow import Refused

from ..models import Capacity, Claim, Invitation, JoinRequest, Membership, MembershipAbsence, Organisation
from ..organisations import claims
from ..organisations.municipal_names import name_for_strangers
from ..people import services as people_services
from ..permissions import membership
from .access import back, capacity_asked, invited_visitor, own_colleague, own_organisation, posted, sent
from .forms.people import (
    AbsenceForm,
    ClaimForm,
    InvitationForm,
    JoinRequestForm,
    LeaveForm,
    PersonForm,
    RolesForm,
    SignatoriesForm,
    SwitchForm,
)
from .working_for import work_for


# ── Invited by a colleague ────────────────────────────────────────────────────────────────────────────────────────────
@service_page
def invite(request, uuid):
    """Invite a colleague."""
    found, own = own_organisation(request, uuid, manage=True)
    capacity = capacity_asked(request)
    initial = {"capacity": capacity, "roles": ["viewer"]} if capacity else {}
    form = InvitationForm(sent(request), organisation=found, initial=initial)

    def verb():
        address = form.cleaned_data["email"]
        people_services.invite(found, request.user, email=address, language=get_language(), **form.chosen)

    if posted(request, form, verb):
        messages.success(request, _("We mailed an invitation to %(email)s.") % {"email": form.cleaned_data["email"]})
        return redirect(back(request) or reverse("partners:organisation", args=[found.uuid]))
    address = form.cleaned_data.get("email", "") if form.is_bound else ""
    context = {
        "form": form,
        "organisation": found,
        "own": own,
        "capacity": Capacity(capacity).label if capacity else "",
        "colleague": address and found.memberships.filter(user__email=address).select_related("user").first(),
        "query": request.GET.urlencode(),
        "back": back(request),
    }
    return render(request, "partners/people/invite.html", context)


@service_page
@require_POST
def withdraw_invitation(request, uuid):
    """Take an invitation back."""
    found = get_object_or_404(Invitation.objects.select_related("organisation"), uuid=uuid)
    own_organisation(request, found.organisation.uuid, manage=True)
    try:
        people_services.withdraw(found, request.user)
    except Refused as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("The invitation to %(email)s is withdrawn.") % {"email": found.email})
    return redirect("partners:organisation", found.organisation.uuid)


@greets_visitors
def invitation(request, uuid):
    """A colleague reads an invitation and takes it up."""
    found = get_object_or_404(Invitation.objects.select_related("organisation", "invited_by"), uuid=uuid)
    if not request.user.is_authenticated:
        return invited_visitor(request, _("%(name)s invites you") % {"name": found.organisation.name})
    if found.email != request.user.email:
        return render(request, "partners/people/invitation_other.html", status=403)
    refused = None
    if request.method == "POST":
        try:
            people_services.accept(found, request.user)
        except Refused as refusal:
            refused = refusal
        else:
            work_for(request, found.organisation)
            messages.success(request, _("You now belong to %(name)s.") % {"name": found.organisation.name})
            return redirect("portal_start")
    context = {"invitation": found, "refused": refused}
    return render(request, "partners/people/invitation.html", context, status=409 if refused else 200)


# ── Asking to join ────────────────────────────────────────────────────────────────────────────────────────────────────
@service_page
def join(request, uuid):
    """Ask to join a registered organisation. Its people are not shown, its name only where that is public."""
    found = get_object_or_404(Organisation.objects.select_related("municipality"), uuid=uuid)
    if membership(request.user, found):
        return redirect("partners:organisation", found.uuid)
    name = name_for_strangers(found)
    form = JoinRequestForm(sent(request))
    asked = JoinRequest.objects.filter(organisation=found, user=request.user, state=JoinRequest.State.WAITING).exists()
    if posted(request, form, lambda: people_services.ask_to_join(found, request.user, form.cleaned_data["message"])):
        messages.success(request, _("We asked the managers of %(name)s. You get an e-mail.") % {"name": name})
        return redirect("portal_start")
    return render(request, "partners/people/join.html", {"form": form, "name": name, "asked": asked})


@service_page
def claim(request, uuid):
    """Tell Fedasil that a registered enterprise number is one's own organisation's. Who is registered is not shown."""
    found = get_object_or_404(Organisation.objects.select_related("municipality"), uuid=uuid)
    if membership(request.user, found):
        return redirect("partners:organisation", found.uuid)
    form = ClaimForm(sent(request))
    if posted(request, form, lambda: claims.claim(found, request.user, form.cleaned_data["message"])):
        messages.success(request, _("Fedasil looks at it and answers you by e-mail."))
        return redirect("portal_start")
    waits = found.claims.filter(user=request.user, state=Claim.State.WAITING).exists()
    return render(request, "partners/organisations/claim.html", {"form": form, "organisation": found, "waits": waits})


@service_page
def join_request(request, uuid):
    """A manager reads a request to join, and answers it with roles or with no."""
    found = get_object_or_404(JoinRequest.objects.select_related("organisation", "user"), uuid=uuid)
    own_organisation(request, found.organisation.uuid, manage=True)
    accepted = request.POST.get("answer") != "no"
    form = RolesForm(request.POST if accepted and request.POST else None, organisation=found.organisation)
    if request.method == "POST" and (not accepted or form.is_valid()):
        roles = form.chosen if accepted else {}
        try:
            people_services.answer(found, request.user, accepted=accepted, **roles)
        except Refused as refusal:
            messages.error(request, " ".join(refusal.messages))
        else:
            messages.success(request, _("%(person)s gets an e-mail with your answer.") % {"person": found.user})
        return redirect("partners:organisation", found.organisation.uuid)
    return render(request, "partners/people/join_request.html", {"form": form, "request_to_join": found})


# ── Roles, leaving ────────────────────────────────────────────────────────────────────────────────────────────────────
@service_page
def person(request, uuid):
    """A manager sets what someone may do and how he or she signs, with the paper that shows it."""
    target, own = own_colleague(request, uuid)
    typed = sent(request) or post_resume.take(request)
    capacity = capacity_asked(request) or target.capacity
    form = PersonForm(typed, request.FILES or None, membership=target, capacity=capacity)
    if posted(request, form, lambda: save_person(request, target, form)):
        messages.success(request, _("Saved."))
        return redirect(back(request) or reverse("partners:organisation", args=[target.organisation.uuid]))
    context = {"form": form, "target": target, "own": own, "back": back(request)}
    return render(request, "partners/people/person.html", context)


def save_person(request, target: Membership, form: PersonForm) -> None:
    with store.all_or_nothing():
        fresh = people_services.set_roles(target, request.user, **form.chosen)
        if (paper := form.cleaned_data["paper"]) and fresh.capacity:
            people_services.keep_paper(fresh, request.user, paper)


@service_page
def paper(request, uuid):
    """The paper that shows someone's capacity, for that person and the managers."""
    target = get_object_or_404(Membership.objects.select_related("organisation", "capacity_paper"), uuid=uuid)
    if not people_services.may_read_paper(request.user, target) or not target.capacity_paper:
        raise Http404
    return store.serve(target.capacity_paper)


@service_page
def remove(request, uuid):
    """A manager ends the membership of a colleague."""
    target, own = own_colleague(request, uuid)
    if own.pk == target.pk:
        return redirect("partners:leave", target.organisation.uuid)
    form = ServiceForm(sent(request))
    if posted(request, form, lambda: people_services.remove(target, request.user)):
        messages.success(
            request,
            _("%(person)s no longer belongs to %(name)s.") % {"person": target.user, "name": target.organisation.name},
        )
        return redirect("partners:organisation", target.organisation.uuid)
    return render(request, "partners/people/remove.html", {"form": form, "target": target})


@service_page
def leave(request, uuid):
    """Leave the organisation; its last manager hands over first."""
    found, own = own_organisation(request, uuid)
    form = LeaveForm(sent(request), membership=own)
    if posted(request, form, lambda: people_services.remove(own, request.user, form.cleaned_data.get("successor"))):
        messages.success(request, _("You no longer belong to %(name)s.") % {"name": found.name})
        return redirect("portal_start")
    alone = "successor" in form.fields and not form.fields["successor"].queryset.exists()
    return render(request, "partners/people/leave.html", {"form": form, "organisation": found, "alone": alone})


# ── Away ──────────────────────────────────────────────────────────────────────────────────────────────────────────────
@service_page
def absence(request, uuid):
    """Say when one is away, and who stands in."""
    found, own = own_organisation(request, uuid)
    form = AbsenceForm(sent(request), membership=own)
    if posted(request, form, lambda: people_services.set_absence(own, **form.cleaned_data)):
        messages.success(request, _("Saved. Your deputy gets an e-mail."))
        return redirect("partners:organisation", found.uuid)
    return render(request, "partners/people/absence.html", {"form": form, "organisation": found})


@service_page
@require_POST
def end_absence(request, pk):
    """End one's own absence."""
    found = get_object_or_404(MembershipAbsence.objects.select_related("membership__organisation"), pk=pk)
    own_organisation(request, found.membership.organisation.uuid)
    if found.membership.user_id != request.user.pk:
        raise Http404
    people_services.end_absence(found)
    messages.success(request, _("The absence is ended."))
    return redirect("partners:organisation", found.membership.organisation.uuid)


# ── After elections ───────────────────────────────────────────────────────────────────────────────────────────────────
@service_page
def signatories(request, uuid):
    """Confirm all signatories at once, as after elections."""
    found, _own = own_organisation(request, uuid, manage=True)
    form = SignatoriesForm(sent(request), organisation=found)

    def verb():
        people_services.confirm_signatories(found, request.user, {person.pk for person in form.cleaned_data["staying"]})

    if posted(request, form, verb):
        messages.success(request, _("Saved. Invite those who sign from now on."))
        return redirect("partners:organisation", found.uuid)
    return render(request, "partners/organisations/signatories.html", {"form": form, "organisation": found})


# ── Several organisations ─────────────────────────────────────────────────────────────────────────────────────────────
@service_page
def switch(request):
    """Choose the organisation for which one works now."""
    form = SwitchForm(sent(request), user=request.user)
    if request.method == "POST" and form.is_valid():
        work_for(request, form.cleaned_data["organisation"])
        return redirect("portal_start")
    return render(request, "partners/people/switch.html", {"form": form})
