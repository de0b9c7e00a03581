"""A person with what the memberships allow today: what rules about an organisation's people are asked with."""

from functools import cached_property

from portal.models import User

from ..models import Membership


class Person:
    """A User and the User's memberships, read once, when they are first needed.

    A page has one for its request (`person_of` in partners/pages/access.py) and passes it on. A verb makes one of its
    own under its row lock: there it counts what is true then.
    """

    def __init__(self, user: User):
        self.user = user

    @cached_property
    def memberships(self) -> list[Membership]:
        """Each with its organisation, and with `manages` and `works` as of today; the oldest first."""
        if not self.user.is_authenticated:
            return []
        return list(Membership.objects.today().filter(user=self.user).select_related("organisation").order_by("pk"))

    def membership_in(self, organisation_id: int | None) -> Membership | None:
        """The one in this organisation, if any."""
        return next((found for found in self.memberships if found.organisation_id == organisation_id), None)
