"""The letter about a decision, for the people of the party that it addresses."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from partners.pages.access import person_of
from portal.accounts.decorators import service_page
from portal.files import store

from ..models import Letter
from ..permissions import belongs_to


@service_page
def letter(request, uuid):
    """As it was sent; another party has its own."""
    found = get_object_or_404(Letter.objects.select_related("stored", "party__application", "decision"), uuid=uuid)
    if not belongs_to(person_of(request), found.party):
        raise Http404
    return store.serve(found.stored)
