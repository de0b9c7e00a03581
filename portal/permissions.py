"""Who is who at Fedasil: one predicate a group, for the rules of every room."""

import rules

EDITORS, PUBLISHERS, TRANSLATORS = "Editors", "Publishers", "Translators"
OFFICERS, DECIDERS, ADMINISTRATORS = "Officers", "Deciders", "Administrators"
FEDASIL_GROUPS = (EDITORS, PUBLISHERS, TRANSLATORS, OFFICERS, DECIDERS, ADMINISTRATORS)

# These read the groups of a user once.
IN_FEDASIL_GROUP = [rules.is_group_member(name) for name in FEDASIL_GROUPS]
is_publisher = rules.is_group_member(PUBLISHERS)
is_officer = rules.is_group_member(OFFICERS)
is_decider = rules.is_group_member(DECIDERS)
is_administrator = rules.is_group_member(ADMINISTRATORS)


@rules.predicate
def is_fedasil(user) -> bool:
    """Belongs to any of Fedasil's groups, or is a superuser: such an account needs a second factor."""
    if not user.is_authenticated:
        return False
    return user.is_superuser or any(is_in(user) for is_in in IN_FEDASIL_GROUP)


rules.add_perm("portal.work_on_dossiers", is_officer | is_decider)
