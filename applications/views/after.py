"""After the submission: what Fedasil asked, messages, copying, and everything in one file."""

from types import SimpleNamespace

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import time_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from portal import carrying, session_limits
from portal.decorators import service_page
from portal.workflow import Refused

from .. import copying, downloads, keeping, messaging
from ..forms.after import CopyForm, MessageForm
from ..permissions import works_for, works_for_lead
from ..requests_shown import RequestsShown
from .common import own_application

# Under this name an unsent message is kept, as the text of a section is.
UNSENT = SimpleNamespace(code="message")


@service_page
@require_GET
def requests(request, uuid):
    """All that Fedasil asked, with each answer before and after."""
    found = own_application(request, uuid)
    shown = RequestsShown(found, request.user)
    return render(request, "applications/requests.html", {"application": found, "requests": shown.all})


@service_page
def thread(request, uuid):
    """The messages, and a form to write another. What is typed is kept until it is sent."""
    found = own_application(request, uuid)
    if found.submitted_at is None:
        raise Http404
    own = [party for party in found.joined_parties if works_for(request.user, party)]
    if request.method == "POST":
        return write(request, found, own)
    if carried := carrying.take(request):
        keeping.keep(found, UNSENT, request.user, carried)
    kept = keeping.find(found, UNSENT, request.user) if own else None
    initial = {"text": carrying.as_query(kept.typed).get("text", "")} if kept else None
    return page(request, found, own, MessageForm(initial=initial, parties=own))


def write(request, found, own):
    """Keep what is typed, or send it."""
    if not own:
        raise PermissionDenied
    if request.POST.get("action") == "keep":
        try:
            kept = keeping.keep(found, UNSENT, request.user, request.POST)
        except Refused as refusal:
            return JsonResponse({"refused": " ".join(refusal.messages)}, status=409)
        return JsonResponse({"kept": time_format(localtime(kept.kept_at), "H:i")})
    form = MessageForm(request.POST, parties=own)
    refused = None
    if form.is_valid():
        try:
            messaging.send(found, request.user, form.cleaned_data["text"], party=form.cleaned_data["party"])
        except Refused as refusal:
            refused = refusal
        else:
            keeping.forget(found, UNSENT, request.user)
            messages.success(request, _("Your message is sent. Fedasil gets a mail."))
            return redirect("applications:messages", found.uuid)
    return page(request, found, own, form, refused=refused, status=409 if refused else 200)


def page(request, found, own, form, *, refused=None, status=200):
    shown = messaging.thread(found)
    messaging.read(found, request.user, shown)
    context = {
        "application": found,
        "thread": messaging.with_readers(found, request.user, shown),
        "form": form if own else None,
        "refused": refused,
        "idle_seconds": settings.SESSION_IDLE,
        "seconds_left": session_limits.seconds_left(request),
    }
    return render(request, "applications/messages.html", context, status=status)


@service_page
@require_POST
def erase(request, uuid, pk):
    """Empty a message of one's own organisation."""
    found = own_application(request, uuid)
    message = get_object_or_404(found.messages, pk=pk)
    messaging.erase(message, request.user)
    messages.success(request, _("The text is erased. Mails about it never held it."))
    return redirect("applications:messages", found.uuid)


@service_page
def copy(request, uuid):
    """Begin a new draft with the same answers."""
    found = own_application(request, uuid)
    if not works_for_lead(request.user, found):
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
    return as_file(found, request.user)


def as_file(application, user) -> FileResponse:
    file = downloads.archive(application, user)
    response = FileResponse(file, as_attachment=True, filename=downloads.name_of(application))
    response["X-Content-Type-Options"] = "nosniff"
    return response
