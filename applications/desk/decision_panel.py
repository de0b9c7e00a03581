"""The decisions about an application, as its dossier at the desk shows them."""

from functools import cached_property

import rules

from ..decision import services as decision_services
from ..models import Application, Decision
from ..review.status import ReviewStatus


class DecisionsShown:
    """What this person reads of them, the newest first, and whether a new one can be prepared."""

    def __init__(self, application: Application, user, reviews: ReviewStatus):
        self.application, self.user, self.reviews = application, user, reviews

    @cached_property
    def _found(self) -> list[Decision]:
        found = self.application.decisions.exclude(state=Decision.State.DISCARDED).order_by("-pk")
        return list(
            found.select_related("partnership", "decider", "prepared_by", "contact").prefetch_related(
                "letters__stored", "letters__party__organisation"
            )
        )

    @cached_property
    def all(self) -> list[Decision]:
        return [found for found in self._found if decision_services.is_readable(found, self.user, self.reviews)]

    @property
    def closed(self) -> bool:
        """One is prepared that cannot be read while reviews are under way again."""
        return len(self.all) < len(self._found)

    @cached_property
    def may_prepare(self) -> bool:
        return (
            bool(decision_services.possible_outcomes(self.application))
            and not any(found.is_prepared for found in self._found)
            and (self.application.state in decision_services.DECIDED or self.reviews.ready)
            and not any(found.partnership and found.partnership.is_signed for found in self._found)
            and rules.has_perm("applications.prepare_decision", self.user, self.application)
        )
