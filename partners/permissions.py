"""Who may do what with an organisation and a partnership: small predicates, composed."""

import rules

from portal.permissions import is_decider, is_officer

from .models import Membership


def membership(user, organisation) -> Membership | None:
    """The person's membership in the organisation, if any."""
    if not user.is_authenticated:
        return None
    return Membership.objects.filter(user=user, organisation=organisation).first()


@rules.predicate
def is_member(user, organisation) -> bool:
    return membership(user, organisation) is not None


@rules.predicate
def is_manager(user, organisation) -> bool:
    found = membership(user, organisation)
    return found is not None and found.manager


rules.add_perm("partners.view_organisation", is_member | is_officer | is_decider)
rules.add_perm("partners.change_organisation", is_manager)
rules.add_perm("partners.view_partnership", is_officer | is_decider)
rules.add_perm("partners.handle_partnership", is_officer)
rules.add_perm("partners.handle_lead", is_officer)
