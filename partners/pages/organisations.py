"""An organisation's own pages: registering it, its data, who signs for it."""

from django.contrib import messages
from django.core import signing as signed
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from portal.accounts.decorators import service_page
from portal.text import clean_number
from portal.workflow import Refused

from ..finder import notices
from ..models import JoinRequest, Municipality, Organisation
from ..models.organisation import LOCAL_AUTHORITIES
from ..organisations import services as organisations_services
from ..organisations import signing_rules
from ..people import services as people_services
from .access import back, own_organisation, posted, sent
from .forms.organisations import (
    INFORMAL,
    ChangeForm,
    KindForm,
    LocalAuthorityForm,
    OrganisationForm,
    SeatForm,
    SigningRuleForm,
)
from .working_for import work_for


# ── Registering ───────────────────────────────────────────────────────────────────────────────────────────────────────
@service_page
def new(request):
    """Which kind of organisation; `next` leads back, at the end, to where the person came from."""
    form = KindForm(request.GET if "kind" in request.GET or "go" in request.GET else None)
    if form.is_bound and form.is_valid():
        kind = form.cleaned_data["kind"]
        address = reverse("partners:informal") if kind == INFORMAL else reverse("partners:new_details", args=[kind])
        return redirect(f"{address}?{urlencode({'next': request.GET.get('next', '')})}")
    return render(request, "partners/organisations/new.html", {"form": form, "next": request.GET.get("next", "")})


@service_page
def informal(request):
    """Why a group of people cannot be a party, and what it can do."""
    return render(request, "partners/interest/informal.html")


@service_page
def new_details(request, kind):
    """The data of a new organisation. A local authority names its municipality first, and confirms what that brings."""
    if kind not in Organisation.Kind.values:
        raise Http404
    context = {"kind": Organisation.Kind(kind), "next": request.GET.get("next", "")}
    if kind in LOCAL_AUTHORITIES:
        known = Municipality.objects.filter(refnis=clean_number(request.GET.get("seat", ""))).first()
        seat = SeatForm(request.GET if "municipality" in request.GET else None, initial={"municipality": known})
        if not (seat.is_bound and seat.is_valid()):
            return render(request, "partners/organisations/new_seat.html", {**context, "form": seat})
        seat = seat.cleaned_data
        context["municipality"] = seat["municipality"]
        form = LocalAuthorityForm(sent(request), kind=kind, seat=seat)
        form.twins = list(Organisation.objects.filter(kind=kind, municipality=seat["municipality"]))
    else:
        form = OrganisationForm(sent(request), kind=kind)
    if request.method == "POST" and form.is_valid():
        organisation = organisations_services.register(form.save(commit=False), request.user)
        work_for(request, organisation)
        messages.success(request, _("%(name)s is registered.") % {"name": organisation.name})
        return redirect(back(request) or reverse("partners:organisation", args=[organisation.uuid]))
    return render(request, "partners/organisations/new_details.html", {**context, "form": form})


# ── A registered organisation ─────────────────────────────────────────────────────────────────────────────────────────
@service_page
def organisation(request, uuid):
    """The organisation as its people see it."""
    found, own = own_organisation(request, uuid)
    context = {
        "organisation": found,
        "membership": own,
        "people": found.memberships.select_related("user").order_by("pk"),
        "absences": people_services.present_and_next_absences(found),
        "invitations": found.invitations.open().order_by("pk"),
        "own_notice": notices.own_notice(found),
        "requests": found.join_requests.filter(state=JoinRequest.State.WAITING).select_related("user"),
    }
    return render(request, "partners/organisations/organisation.html", context)


@service_page
def change(request, uuid):
    """Change its data."""
    found, _own = own_organisation(request, uuid, manage=True)
    form = ChangeForm(sent(request), instance=found)
    if posted(request, form, lambda: organisations_services.change(found, request.user, **form.cleaned_data)):
        messages.success(request, _("Saved."))
        return redirect("partners:organisation", found.uuid)
    return render(request, "partners/organisations/change.html", {"form": form, "organisation": found})


@service_page
def signing_rule(request, uuid):
    """Confirm or change who signs for the organisation."""
    found, _own = own_organisation(request, uuid, manage=True)
    form = SigningRuleForm(sent(request), instance=found)
    refused = None
    try:
        saved = (
            request.method == "POST"
            and form.is_valid()
            and organisations_services.confirm_rule(found, request.user, **form.cleaned_data, seen=seen_in(request))
        )
    except Refused as refusal:
        saved, refused = None, refusal
    if saved:
        messages.success(
            request, _("Saved. It counts for your drafts, and for applications that you begin or join from now on.")
        )
        messages.info(request, _("Next: invite who signs, if they are not here yet."))
        return redirect("partners:organisation", found.uuid)
    followers = signing_rules.followers(found)
    usual = signing_rules.default_capacities(found.kind, found.municipality.region)
    is_default = (found.signs_first, found.signs_second) == usual
    context = {
        "form": form,
        "organisation": found,
        "is_default": is_default,
        "followers": followers,
        "seen": signed.dumps(signing_rules.keys_of(followers), salt=SEEN_SALT),
        "refused": refused,
    }
    return render(request, "partners/organisations/signing_rule.html", context, status=409 if refused else 200)


SEEN_SALT = "partners.signing_rule"


def seen_in(request) -> set[int]:
    """Of which signatures the page said, before the form was sent, that they may no longer count."""
    try:
        return set(signed.loads(request.POST.get("seen", ""), salt=SEEN_SALT))
    except signed.BadSignature:
        return set()
