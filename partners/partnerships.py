"""How a partnership begins. It takes plain data and knows no application."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction

from portal import clock, log
from portal.models import User

from .models import Organisation, Partnership, PartnershipParty, Placement


@dataclass(frozen=True)
class PartyTerms:
    """One organisation and what it takes on."""

    organisation: Organisation
    lead: bool
    stay: bool
    guidance: bool


@dataclass(frozen=True)
class Terms:
    """What was approved: household sizes in persons, years 1 or 2, estimate in euro."""

    origin: str
    household_sizes: Sequence[int]
    straight_on_arrival: bool
    years: int
    planned_from: date
    estimate: Decimal


@transaction.atomic
def start(parties: Sequence[PartyTerms], terms: Terms, contact: User, actor: User) -> Partnership:
    """A new Partnership whose agreement is to be drafted, with a planned Placement for each household."""
    partnership = Partnership.objects.create(
        origin=terms.origin,
        straight_on_arrival=terms.straight_on_arrival,
        years=terms.years,
        household_sizes=list(terms.household_sizes),
        estimate=terms.estimate,
        contact=contact,
        started_at=clock.now(),
    )
    for party in parties:
        PartnershipParty.objects.create(
            partnership=partnership,
            organisation=party.organisation,
            lead=party.lead,
            stay=party.stay,
            guidance=party.guidance,
        )
    for persons in terms.household_sizes:
        Placement.objects.create(
            partnership=partnership,
            persons=persons,
            straight_on_arrival=terms.straight_on_arrival,
            planned_from=terms.planned_from,
        )
    log.record(partnership, "started", actor=actor, to_state=partnership.state, data={"contact": contact.pk})
    return partnership
