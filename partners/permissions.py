"""Who may do what with an organisation and a partnership: small predicates, composed."""

import rules

from portal.permissions import is_administrator, is_decider, is_officer

from .models import Membership


def membership(user, organisation) -> Membership | None:
    """The person's membership in the organisation with what it may do today (`manages`, `works`), if any."""
    if not user.is_authenticated:
        return None
    return Membership.objects.today().filter(user=user, organisation=organisation).first()


def may_manage(user, organisation) -> bool:
    """Is a manager, or today the deputy of one."""
    found = membership(user, organisation)
    return found is not None and found.manages


@rules.predicate
def manages_notice(user, notice) -> bool:
    return may_manage(user, notice.organisation)


@rules.predicate
def manages_a_side(user, conversation) -> bool:
    return may_manage(user, conversation.first) or may_manage(user, conversation.second)


rules.add_perm("partners.keep_finder_notice", manages_notice)
rules.add_perm("partners.converse", manages_a_side)
rules.add_perm("partners.handle_finder", is_officer)
rules.add_perm("partners.handle_organisation", is_officer)
rules.add_perm("partners.restore_access", is_officer)
rules.add_perm("partners.view_partnership", is_officer | is_decider)
rules.add_perm("partners.handle_partnership", is_officer)
rules.add_perm("partners.handle_interest", is_officer)
rules.add_perm("partners.manage_rates", is_administrator)
