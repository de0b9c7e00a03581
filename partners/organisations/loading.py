"""An organisation under its row lock."""

from django.core.exceptions import PermissionDenied

from portal import workflow
from portal.models import User

from ..models import Organisation
from ..permissions import may_manage


def locked(organisation: Organisation | int) -> Organisation:
    """The organisation (or that of this primary key) as it is now, under its row lock until the transaction ends."""
    pk = organisation.pk if isinstance(organisation, Organisation) else organisation
    return workflow.locked(Organisation.objects.filter(pk=pk))


def locked_for(organisation: Organisation | int, manager: User) -> Organisation:
    """The same for someone who manages it today; PermissionDenied for anyone else."""
    found = locked(organisation)
    if not may_manage(manager, found):
        raise PermissionDenied
    return found
