"""An application as it stands now, read anew or locked."""

from ..models import Application


def fresh(application: Application) -> Application:
    """The application as it is saved, with its parties and their signatures: a form may have changed the given one."""
    return Application.objects.prefetch_related("parties__organisation", "parties__signatures").get(pk=application.pk)


def lock(application: Application) -> Application:
    """Lock the row of the application and read it anew, with its parties, once for all that follows."""
    return Application.objects.select_for_update().prefetch_related("parties").get(pk=application.pk)
