"""Who may do what with the site's own data: small predicates."""

import rules

from portal.permissions import EDITORS, LANGUAGE_TRANSLATORS, TRANSLATORS, is_in, is_officer, is_publisher

may_organise = is_officer | is_publisher
rules.add_perm("home.organise_session", may_organise)

may_read_guide = is_in(EDITORS) | is_publisher | is_in(TRANSLATORS)
for translators in LANGUAGE_TRANSLATORS.values():
    may_read_guide |= is_in(translators)
rules.add_perm("home.read_guide", may_read_guide)
