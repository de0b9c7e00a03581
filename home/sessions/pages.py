"""The pages on which one registers for a session, and gives a seat back. No account: the mailed address is the key."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.documents.download import as_download
from portal.workflow import Refused

from ..forms import RegistrationForm
from ..models import Registration, Session
from . import services as sessions_services
from .calendar_file import calendar_file
from .mails import page_of, title_of


def own_session(uuid) -> Session:
    """A session for which people register here; 404 for any other."""
    return get_object_or_404(Session, uuid=uuid, seats__isnull=False, live=True)


@never_cache
def register(request, uuid):
    """The form; a session that is full offers its waiting list."""
    session = own_session(uuid)
    form = RegistrationForm(request.POST or None, request=request)
    refused = None
    if form.is_bound and form.is_valid():
        try:
            sessions_services.register(session, language=get_language(), **form.cleaned_data)
        except Refused as refusal:
            refused = refusal
        else:
            return redirect("session_registered", session.uuid)
    context = {
        "session": session,
        "title": title_of(session, get_language()),
        "free_seats": session.free_seats,
        "form": form,
        "refused": refused,
    }
    return render(request, "home/session_register.html", context, status=409 if refused else 200)


@never_cache
@require_safe
def registered(request, uuid):
    """The same for everyone who registered: the mail says whether there is a seat."""
    session = own_session(uuid)
    context = {"session": session, "title": title_of(session, get_language())}
    return render(request, "home/session_registered.html", context)


@never_cache
def registration(request, uuid):
    """One registration, for who has the mailed address: seat or place in line, calendar file, giving it back."""
    found = get_object_or_404(Registration.objects.select_related("session"), uuid=uuid)
    refused = None
    if request.method == "POST":
        try:
            sessions_services.leave(found)
        except Refused as refusal:
            refused = refusal
        else:
            return redirect("session_registration", found.uuid)
    context = {"registration": found, "session": found.session, "title": title_of(found.session, get_language())}
    return render(
        request, "home/session_registration.html", {**context, "refused": refused}, status=409 if refused else 200
    )


@never_cache
@require_safe
def calendar(request, uuid):
    """The calendar file, for who has a seat."""
    found = get_object_or_404(Registration.objects.select_related("session"), uuid=uuid)
    if found.state != Registration.State.SEATED:
        raise Http404
    page = page_of(found.session, get_language())
    title, points = (page.title, page.points) if page else (found.session.name, [])
    text = calendar_file(found.session, title, points)
    return as_download(text, "session", "ics")
