"""What a backdated rate changes for offers on which nobody decided yet: the estimate of each, before and after.

The offers come from rooms above this one, by the signal `open_offers`.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import cast

from portal import clock
from portal.confirmations.kinds import fingerprint
from portal.models import User

from ..models import Rate
from ..signals import open_offers
from . import estimate


@dataclass(frozen=True)
class Offer:
    """An offer whose estimate follows the rates until it is decided on.

    `name` is empty for a draft: until it is submitted nobody at Fedasil reads it, so it is only counted. `address` is
    that of its page at the desk, where the reader may open it.
    """

    name: str
    household_sizes: Sequence[int]
    straight_on_arrival: bool
    years: int
    address: str = ""

    def total(self, rates: dict[str, Decimal]) -> Decimal:
        """Its support in euro at these rates."""
        return estimate.estimate(
            self.household_sizes, straight_on_arrival=self.straight_on_arrival, years=self.years, rates=rates
        ).total


@dataclass(frozen=True)
class Difference:
    """An amount in euro before and after."""

    before: Decimal
    after: Decimal

    @property
    def difference(self) -> Decimal:
        return self.after - self.before


@dataclass(frozen=True)
class ChangedOffer(Difference):
    offer: Offer


@dataclass(frozen=True)
class Effects:
    """What changes today: the amount in force, the estimates of offers by name, and how many drafts."""

    amount: Difference | None
    offers: tuple[ChangedOffer, ...] = ()
    drafts: int = 0

    @property
    def total(self) -> Difference:
        return Difference(
            sum((found.before for found in self.offers), Decimal(0)),
            sum((found.after for found in self.offers), Decimal(0)),
        )

    @property
    def digest(self) -> str:
        """Differs where anything of it differs."""
        shown = [[found.offer.name, str(found.before), str(found.after)] for found in self.offers]
        return fingerprint(json.dumps([str(self.amount), shown, self.drafts]))

    def for_log(self) -> dict:
        return {
            "offers": len(self.offers),
            "drafts": self.drafts,
            "before": str(self.total.before),
            "after": str(self.total.after),
        }


def effects_of(rate: Rate, reader: User | None = None) -> Effects:
    """What would change today if this rate stood, for `reader` to see; nothing where a later one is in force."""
    now = estimate.rates_on(clock.today())
    current = now.get(rate.code)
    if rate.valid_from > clock.today() or (current and current.valid_from > rate.valid_from):
        return Effects(None)
    before = {code: found.amount for code, found in now.items()}
    after = {**before, rate.code: rate.amount}
    offers, drafts = [], 0
    for _receiver, answer in open_offers.send(Rate, reader=reader):
        for offer in cast(list[Offer], answer):
            changed = ChangedOffer(offer.total(before), offer.total(after), offer)
            if changed.difference and offer.name:
                offers.append(changed)
            elif changed.difference:
                drafts += 1
    amount = Difference(before.get(rate.code, Decimal(0)), rate.amount)
    return Effects(amount, tuple(sorted(offers, key=lambda changed: changed.offer.name)), drafts)
