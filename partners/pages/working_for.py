"""For which of their organisations a person works now: kept in the session, shown on each service page."""

from django.utils.functional import SimpleLazyObject

from ..models import Membership, Organisation
from .access import person_of

KEY = "working_for"


def work_for(request, organisation: Organisation) -> None:
    """From now on the person works for this one."""
    request.session[KEY] = str(organisation.uuid)


class WorkingFor:
    """A person's memberships, and the one chosen: the last chosen, else the first."""

    def __init__(self, request):
        self.memberships = person_of(request).memberships
        chosen = request.session.get(KEY) if self.memberships else None
        self.membership: Membership | None = next(
            (found for found in self.memberships if str(found.organisation.uuid) == chosen),
            self.memberships[0] if self.memberships else None,
        )

    @property
    def organisation(self) -> Organisation | None:
        return self.membership.organisation if self.membership else None

    @property
    def several(self) -> bool:
        return len(self.memberships) > 1


def working_for(request) -> dict:
    """Context processor; asks the database only where a page shows it."""
    return {"working_for": SimpleLazyObject(lambda: WorkingFor(request))}
