"""Who is who at Fedasil: one predicate a group, for the rules of every room."""

import rules

EDITORS, PUBLISHERS, TRANSLATORS = "Editors", "Publishers", "Translators"
OFFICERS, DECIDERS, ADMINISTRATORS = "Officers", "Deciders", "Administrators"
CHIEFS, FINANCE, PLACEMENT = "Chiefs", "Finance", "Placement"
# Translators who work in one language only; the site is written in Dutch.
LANGUAGE_TRANSLATORS = {"fr": "Translators (French)", "de": "Translators (German)", "en": "Translators (English)"}
FEDASIL_GROUPS = (
    EDITORS,
    PUBLISHERS,
    TRANSLATORS,
    OFFICERS,
    DECIDERS,
    ADMINISTRATORS,
    CHIEFS,
    FINANCE,
    PLACEMENT,
    *LANGUAGE_TRANSLATORS.values(),
)


def is_in(group: str) -> rules.predicates.Predicate:
    """Whether someone belongs to this group; read once a request, with the rights of all groups (User.rights)."""
    return rules.predicate(lambda user: user.is_authenticated and group in user.rights, f"is_in:{group}")


is_publisher = is_in(PUBLISHERS)
is_officer = is_in(OFFICERS)
is_decider = is_in(DECIDERS)
is_administrator = is_in(ADMINISTRATORS)


@rules.predicate
def is_fedasil(user) -> bool:
    """Belongs to any of Fedasil's groups, or is a superuser: such an account needs a second factor."""
    if not user.is_authenticated:
        return False
    return user.is_superuser or not user.rights.keys().isdisjoint(FEDASIL_GROUPS)


rules.add_perm("portal.work_on_dossiers", is_officer | is_decider)
rules.add_perm("portal.manage_accounts", is_administrator)
