"""The messages between the parties and Fedasil."""

from types import SimpleNamespace

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from partners.pages.access import person_of
from portal.accounts import post_resume, session_timeout
from portal.accounts.decorators import service_action, service_page
from portal.workflow import Refused

from ..answers import autosave
from ..communication import messages as communication_messages
from ..models import Application, Party
from ..permissions import works_for
from . import autosave as autosave_page
from .access import own_application
from .forms.after_submission import MessageForm

# Under this name an unsent message is kept, as the text of a section is.
UNSENT = SimpleNamespace(code="message")


def submitted_application(request, uuid) -> tuple[Application, list[Party]]:
    """A submitted application, and its parties for which this person may write."""
    found = own_application(request, uuid)
    if found.submitted_at is None:
        raise Http404
    person = person_of(request)
    return found, [party for party in found.joined_parties if works_for(person, party)]


@service_page
def thread(request, uuid):
    """The messages, and a form to write another. What is typed is kept until it is sent."""
    found, own = submitted_application(request, uuid)
    if request.method == "POST":
        return write(request, found, own)
    if carried := post_resume.take(request):
        autosave.save_draft_of_form(found, UNSENT, request.user, carried)
    kept = autosave.find(found, UNSENT, request.user) if own else None
    initial = {"text": post_resume.as_query(kept.typed).get("text", "")} if kept else None
    return page(request, found, own, MessageForm(initial=initial, parties=own))


@service_action("applications:messages")
def keep(request, uuid):
    """Keep what is typed; it is not sent."""
    found, own = submitted_application(request, uuid)
    if not own:
        raise PermissionDenied
    return autosave_page.keep(request, found, UNSENT)


def write(request, found, own):
    """Send what is typed."""
    if not own:
        raise PermissionDenied
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
            messages.success(request, _("Your message is sent. Fedasil gets an e-mail."))
            return redirect("applications:messages", found.uuid)
    return page(request, found, own, form, refused=refused, status=409 if refused else 200)


def page(request, found, own, form, *, refused=None, status=200):
    person, shown = person_of(request), communication_messages.thread(found)
    communication_messages.read(found, person, shown)
    context = {
        "application": found,
        "thread": communication_messages.with_readers(found, person, shown),
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
    messages.success(request, _("The text is erased. E-mails about it never held it."))
    return redirect("applications:messages", found.uuid)
