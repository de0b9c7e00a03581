"""What Fedasil asked to change, and sending the answers."""

from django.shortcuts import render
from django.views.decorators.http import require_GET

from partners.pages.access import person_of
from portal.accounts.decorators import service_page

from ..change_requests.presentation import RequestsShown
from .access import own_application


@service_page
@require_GET
def requests(request, uuid):
    """All that Fedasil asked, with each answer before and after."""
    found = own_application(request, uuid)
    shown = RequestsShown(found, person_of(request))
    return render(request, "applications/change_requests/requests.html", {"application": found, "requests": shown.all})
