"""Copying an application to a new draft, and everything in one file."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from partners.pages.access import person_of
from partners.people.person import Person
from portal.accounts.decorators import service_page
from portal.documents.download import as_download
from portal.workflow import Refused

from ..drafts import copying
from ..papers import archive
from ..permissions import works_for_lead
from .access import own_application
from .forms.after_submission import CopyForm


@service_page
def copy(request, uuid):
    """Begin a new draft with the same answers."""
    found = own_application(request, uuid)
    if not works_for_lead(person_of(request), found):
        raise PermissionDenied
    form = CopyForm(request.POST if request.method == "POST" else None, parties=copying.invitable(found))
    refused = None
    if request.method == "POST" and form.is_valid():
        try:
            draft = copying.copy(found, request.user, invite=form.cleaned_data.get("parties", ()))
        except Refused as refusal:
            refused = refusal
        else:
            messages.success(request, _("This is your new draft. Read each answer again before you submit it."))
            return redirect("applications:application", draft.uuid)
    context = {"application": found, "form": form, "refused": refused}
    return render(request, "applications/copy.html", context, status=409 if refused else 200)


@service_page
@require_GET
def download(request, uuid):
    """Everything of this application in one ZIP."""
    found = own_application(request, uuid)
    return as_file(found, person_of(request))


def as_file(application, person: Person) -> HttpResponseBase:
    return as_download(archive.archive(application, person), archive.name_of(application), "zip")
