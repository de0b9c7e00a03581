from django.contrib import messages
from django.core import signing as signed
from django.db.models import Prefetch
from django.http import Http404
from django.utils.translation import gettext as _

from ..case import loading
from ..models import Application, Party
from ..permissions import visible_to
from ..signing import coverage


def own_application(request, uuid, *related: str | Prefetch, lock: bool = False) -> Application:
    """The application, for someone whose organisation takes part, read with what is related; 404 for anyone else.

    With `lock` it is read under its row lock. What the person may do is then read there too, once for all that
    follows: `person_of(request)` reads the memberships when they are first asked for.
    """
    visible = visible_to(request.user).prefetch_related(*related).filter(uuid=uuid)
    application = (visible.select_for_update(of=("self",)) if lock else visible).first()
    if application is None:
        raise Http404
    return application


def own_party(request, uuid) -> Party:
    """One party of such an application."""
    visible = visible_to(request.user).prefetch_related("parties__signatures")
    application = visible.filter(parties__uuid=uuid, parties__state=Party.State.ACCEPTED).first()
    if application is None:
        raise Http404
    return next(found for found in application.joined_parties if found.uuid == uuid)


SEEN = "reopens_seen"
SEEN_SALT = "applications.reopens"


def as_seen(signatures) -> str:
    """What a form carries: of which signatures its page said that they have to be given again."""
    return signed.dumps([signature.pk for signature in signatures], salt=SEEN_SALT)


def seen_in(request) -> set[int]:
    """Which these were in the form that was sent."""
    try:
        return set(signed.loads(request.POST.get(SEEN, ""), salt=SEEN_SALT))
    except signed.BadSignature:
        return set()


def reopened_message(before, application: Application) -> str:
    """Who signs again after a change, as a sentence; empty where nobody does."""
    if again := coverage.reopened(before, application):
        return _("These signatures have to be given again: %(names)s.") % {"names": coverage.describe(again)}
    return ""


def told(request, application, before, text: str) -> None:
    """Say what was done, and which signatures have to be given again."""
    messages.success(request, f"{text} {reopened_message(before, loading.fresh(application))}".strip())
