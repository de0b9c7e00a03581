from django.core import signing as signed
from django.http import Http404
from django.utils.translation import gettext as _

from .. import signing
from ..models import Application, Party
from ..permissions import visible_to


def own_application(request, uuid, *related: str) -> Application:
    """The application, for someone whose organisation takes part, read with what is related; 404 for anyone else."""
    application = visible_to(request.user).prefetch_related(*related).filter(uuid=uuid).first()
    if application is None:
        raise Http404
    return application


def own_party(request, uuid) -> Party:
    """One party of such an application."""
    party = Party.objects.filter(uuid=uuid, state=Party.State.ACCEPTED).first()
    if party is None:
        raise Http404
    application = (
        visible_to(request.user).prefetch_related("parties__signatures").filter(pk=party.application_id).first()
    )
    if application is None:
        raise Http404
    return next(found for found in application.joined_parties if found.pk == party.pk)


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
    if again := signing.reopened(before, application):
        return _("These signatures have to be given again: %(names)s.") % {"names": signing.describe(again)}
    return ""
