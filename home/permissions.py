"""Who may do what with the site's own data: small predicates."""

import rules

from portal.permissions import is_officer, is_publisher

may_organise = is_officer | is_publisher
rules.add_perm("home.organise_session", may_organise)
