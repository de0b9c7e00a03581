"""The messages between the parties and Fedasil."""

from types import SimpleNamespace

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import time_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.accounts import post_resume, session_timeout
from portal.accounts.decorators import service_page
from portal.workflow import Refused

from ..answers import autosave
from ..communication import messages as communication_messages
from ..permissions import works_for
from .access import own_application
from .forms.after_submission import MessageForm

# Under this name an unsent message is kept, as the text of a section is.
UNSENT = SimpleNamespace(code="message")


@service_page
def thread(request, uuid):
    """The messages, and a form to write another. What is typed is kept until it is sent."""
    found = own_application(request, uuid)
    if found.submitted_at is None:
        raise Http404
    own = [party for party in found.joined_parties if works_for(request.user, party)]
    if request.method == "POST":
        return write(request, found, own)
    if carried := post_resume.take(request):
        autosave.save_draft_of_form(found, UNSENT, request.user, carried)
    kept = autosave.find(found, UNSENT, request.user) if own else None
    initial = {"text": post_resume.as_query(kept.typed).get("text", "")} if kept else None
    return page(request, found, own, MessageForm(initial=initial, parties=own))


def write(request, found, own):
    """Keep what is typed, or send it."""
    if not own:
        raise PermissionDenied
    if request.POST.get("action") == "keep":
        try:
            kept = autosave.save_draft_of_form(found, UNSENT, request.user, request.POST)
        except Refused as refusal:
            return JsonResponse({"refused": " ".join(refusal.messages)}, status=409)
        return JsonResponse({"kept": time_format(localtime(kept.saved_at), "H:i")})
    form = MessageForm(request.POST, parties=own)
    refused = None
    if form.is_valid():
        try:
            communication_messages.send(
                found, request.user, form.cleaned_data["text"], party=form.cleaned_data["party"]
            )
        except Refused as refusal:
            refused = refusal
        else:
            autosave.forget(found, UNSENT, request.user)
            messages.success(request, _("Your message is sent. Fedasil gets a mail."))
            return redirect("applications:messages", found.uuid)
    return page(request, found, own, form, refused=refused, status=409 if refused else 200)


def page(request, found, own, form, *, refused=None, status=200):
    shown = communication_messages.thread(found)
    communication_messages.read(found, request.user, shown)
    context = {
        "application": found,
        "thread": communication_messages.with_readers(found, request.user, shown),
        "form": form if own else None,
        "refused": refused,
        "idle_seconds": settings.SESSION_IDLE,
        "seconds_left": session_timeout.seconds_left(request),
    }
    return render(request, "applications/messages.html", context, status=status)


@service_page
@require_POST
def erase(request, uuid, pk):
    """Empty a message of one's own organisation."""
    found = own_application(request, uuid)
    message = get_object_or_404(found.messages, pk=pk)
    communication_messages.erase(message, request.user)
    messages.success(request, _("The text is erased. Mails about it never held it."))
    return redirect("applications:messages", found.uuid)
