"""The pages on which an application is filled in, one a section."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from portal.decorators import service_page
from portal.workflow import Refused

from .. import editing
from ..estimates import estimate_for
from ..forms.sections import FORMS
from ..permissions import may_edit_section
from ..questions import BY_CODE, missing
from .common import own_application


@service_page
def section(request, uuid, code):
    """Answer the questions of one section. Unfinished work is saved too."""
    found = own_application(request, uuid)
    if code not in FORMS:
        raise Http404
    questions = BY_CODE[code]
    if not may_edit_section(request.user, found, questions):
        raise PermissionDenied
    if not editing.open_questions(found, questions):
        return redirect("applications:summary", found.uuid)
    form = FORMS[code](request.POST or None, instance=found)
    refused = None
    if request.method == "POST" and form.is_valid():
        try:
            saved = editing.save_section(found, questions, request.user, form.cleaned_data)
        except Refused as refusal:
            refused = refusal
        else:
            messages.success(request, saved_message(saved, questions))
            return redirect("applications:application", found.uuid)
    context = {
        "application": found,
        "section": questions,
        "form": form,
        "refused": refused,
        "estimate": estimate_for(found) if code == "offer" else None,
    }
    return render(request, "applications/section.html", context)


def saved_message(application, questions) -> str:
    """Honest about what is saved: done, or how much is still open."""
    if missing(application, questions):
        return _("Saved. This section is not complete yet.")
    return _("Saved. This section is complete.")
