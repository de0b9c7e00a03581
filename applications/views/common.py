from django.http import Http404

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
