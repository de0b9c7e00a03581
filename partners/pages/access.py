"""What the pages of an organisation share."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.http import url_has_allowed_host_and_scheme

from portal.workflow import Refused

from ..models import Capacity, Membership, Organisation
from ..people.person import Person
from ..permissions import membership


def person_of(request) -> Person:
    """Who asks: one object for the whole request, so that the memberships are read once."""
    if not hasattr(request, "person"):
        request.person = Person(request.user)
    return request.person


def own_organisation(request, uuid, *, manage: bool = False) -> tuple[Organisation, Membership]:
    """The organisation and the person's membership; 404 for a stranger, 403 for who may look but not change."""
    organisation = get_object_or_404(Organisation.objects.select_related("municipality"), uuid=uuid)
    found = membership(request.user, organisation)
    if found is None:
        raise Http404
    if manage and not found.manages:
        raise PermissionDenied
    return organisation, found


def own_colleague(request, uuid) -> tuple[Membership, Membership]:
    """A membership of an organisation that the person manages, and the person's own; 404 and 403 as above."""
    target = get_object_or_404(Membership.objects.select_related("organisation", "user", "capacity_paper"), uuid=uuid)
    _organisation, own = own_organisation(request, target.organisation.uuid, manage=True)
    return target, own


def invited_visitor(request, headline: str):
    """For who follows the link of an invitation and is not signed in: who invites, and how to go on."""
    return render(request, "partners/people/invited_visitor.html", {"headline": headline})


def sent(request):
    """What a form was sent with; None where it is only looked at."""
    return request.POST if request.method == "POST" else None


def back(request) -> str:
    """Where the person came from, if that is a page of ours."""
    address = request.GET.get("next", "")
    ours = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if ours else ""


def capacity_asked(request) -> str:
    """The capacity in which someone is sought, as the link said; an application may keep one of an earlier rule."""
    capacity = request.GET.get("capacity", "")
    return capacity if capacity in Capacity.values else ""


def posted(request, form, verb) -> bool:
    """A valid form was sent, and `verb` carried it out. Where a rule says no, its sentences stand at the form."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        verb()
    except Refused as refusal:
        for message in refusal.messages:
            form.add_error(None, message)
        return False
    return True
