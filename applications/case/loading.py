"""An application as it stands now, read anew or locked."""

from collections.abc import Collection, Iterable

from portal import workflow
from portal.models import User

from ..models import Application


def fresh(application: Application) -> Application:
    """The application as it is saved, with its parties and their signatures: a form may have changed the given one."""
    return Application.objects.prefetch_related("parties__organisation", "parties__signatures").get(pk=application.pk)


def locked(
    application: Application | int,
    actor: User | None = None,
    permission: str | None = None,
    states: Collection[str] | None = None,
    *,
    related: Iterable[str] = (),
) -> Application:
    """The application (or that of this primary key) as it is now, under its row lock until the transaction ends.

    permission: name of a rule that the actor must pass, PermissionDenied otherwise; None asks nothing.
    states: those in which this is possible, NotAllowed in any other; None are all.
    related: what is read with it, once for all that follows.
    """
    pk = application.pk if isinstance(application, Application) else application
    return workflow.locked(Application.objects.filter(pk=pk).prefetch_related(*related), actor, permission, states)
