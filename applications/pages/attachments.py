"""The section with the attachments, and each file: its download, its preview, its end."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from partners.pages.access import person_of
from portal.accounts.decorators import service_page
from portal.files import store
from portal.workflow import Refused

from ..attachments import services as attachments_services
from ..models import Application, Attachment
from ..permissions import may_attach, may_edit_section, sees_attachment
from ..questionnaire import file_requirements
from ..questionnaire.completeness import missing
from ..questionnaire.questions import BY_CODE, BY_KIND
from ..signing import coverage
from .access import own_application, told
from .forms.attachments import AttachmentsForm


@service_page
def section(request, uuid):
    """What is asked, what is there, and room for more. Each file is kept at once, whatever becomes of the others."""
    found = own_application(request, uuid, "attachments__previews")
    questions = BY_CODE["attachments"]
    if not may_edit_section(person_of(request), found, questions):
        raise PermissionDenied
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = AttachmentsForm(*sent, person=person_of(request), application=found)
    if not form.places:
        return redirect("applications:summary", found.uuid)
    standing = coverage.standing_over(found, questions)
    if request.method == "POST" and form.is_valid():
        kept = form.keep()
        if kept:
            said = ngettext(
                "%d file is added. It waits for the virus check.",
                "%d files are added. They wait for the virus check.",
                len(kept),
            )
            told(request, found, standing, said % len(kept))
        if not form.errors:
            if "continue" in request.POST:
                return redirect("applications:application", found.uuid)
            if not kept:
                messages.warning(request, _("You chose no file."))
            return redirect(request.path)
        if kept:
            # What was kept is shown beside what has to be mended.
            found = own_application(request, uuid, "attachments__previews")
            form.look_again(found)
    context = {
        "application": found,
        "section": questions,
        "form": form,
        "groups": grouped(form),
        "reopens": standing if found.state in coverage.SIGNABLE else [],
        "required": missing(found, questions),
        "waiting": any(place_file.is_waiting for place in form.places for place_file in place.files),
        "scanner_is_away": any(place_file.tried_at for place in form.places for place_file in place.files),
        "stand_in": settings.SCANNER_STAND_IN and not settings.CLAMD_SOCKET,
    }
    return render(request, "applications/answers/attachments.html", context)


def grouped(form: AttachmentsForm) -> list[tuple]:
    """The questions with their places."""
    groups = {}
    for place in form.places:
        groups.setdefault(place.question.number, (place.question, []))[1].append(place)
    return list(groups.values())


def seen_attachment(request, uuid) -> Attachment:
    """An attachment that this person may know of; 404 for anyone else."""
    found = get_object_or_404(Attachment.objects.select_related("application"), uuid=uuid)
    parties = Application.objects.prefetch_related("parties__organisation")
    found.application = parties.get(pk=found.application_id)
    if not sees_attachment(person_of(request), found.application, found):
        raise Http404
    return found


@service_page
@require_safe
def download(request, uuid):
    """The file itself, once the virus check found nothing."""
    found = seen_attachment(request, uuid)
    if not found.is_clean:
        raise Http404
    return store.serve(found.stored)


@service_page
@require_safe
def preview(request, uuid, page):
    """A picture of one of its first pages."""
    found = seen_attachment(request, uuid)
    return store.serve(get_object_or_404(found.previews.select_related("stored"), page=page).stored, attachment=False)


@service_page
def remove(request, uuid):
    """Take a file out, after a question."""
    found = seen_attachment(request, uuid)
    application = own_application(request, found.application.uuid)
    question = BY_KIND[found.kind]
    if not may_attach(person_of(request), application, question.requirement, found.party):
        raise PermissionDenied
    back = redirect("applications:attachments", application.uuid)
    if found not in file_requirements.current_attachments(application):
        return back
    refused = None
    standing = coverage.standing_over(application, BY_CODE["attachments"])
    if request.method == "POST":
        try:
            attachments_services.remove(found, request.user)
        except Refused as refusal:
            refused = refusal
        else:
            told(request, application, standing, _("“%(name)s” is removed.") % {"name": found.name})
            return back
    context = {"application": application, "attachment": found, "refused": refused}
    return render(request, "applications/answers/attachment_remove.html", context, status=409 if refused else 200)
