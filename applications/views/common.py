from django.http import Http404

from partners.working_for import own_memberships

from ..models import Application, Party
from ..permissions import share_memberships, visible_to


def own_application(request, uuid, *related: str, lock: bool = False) -> Application:
    """The application, for someone whose organisation takes part, read with what is related; 404 for anyone else.

    With `lock` it is read under its row lock, and so is what the person may do: once, for all that follows.
    """
    visible = visible_to(request.user).prefetch_related(*related).filter(uuid=uuid)
    application = (visible.select_for_update(of=("self",)) if lock else visible).first()
    if application is None:
        raise Http404
    share_memberships(request.user, [application], own_memberships(request))
    return application


def own_party(request, uuid) -> Party:
    """One party of such an application."""
    visible = visible_to(request.user).prefetch_related("parties__signatures")
    application = visible.filter(parties__uuid=uuid, parties__state=Party.State.ACCEPTED).first()
    if application is None:
        raise Http404
    share_memberships(request.user, [application], own_memberships(request))
    return next(found for found in application.joined_parties if found.uuid == uuid)
