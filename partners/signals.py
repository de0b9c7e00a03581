"""What the partners room tells rooms above it, which it does not know. Sent in the transaction of the change."""

from django.dispatch import Signal

# Sent with `organisation` (locked), `entry` (what was logged) and `actor`: its data, its signing rule or its people
# changed. A receiver that fails undoes the change.
organisation_changed = Signal()

# Sent with `reader`, a person at the desk or None. Receivers answer a list of partners.support.rate_effects.Offer: the
# offers on which nobody decided yet, whose estimates follow the rates.
open_offers = Signal()

# Sent with `organisation`. Receivers answer a list of partners.organisations.signing_rules.Follower: what follows its
# signing rule.
signing_rule_followers = Signal()

# Sent by a verb that changed something which the public site shows: a rate, or a partnership on the map.
public_data_changed = Signal()
