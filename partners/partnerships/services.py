"""How a partnership begins. It takes plain data and knows no application."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet

from portal import clock, workflow
from portal.audit import log
from portal.models import User

from ..models import Organisation, Partnership, PartnershipParty, Placement
from ..signals import public_data_changed
from ..workflow.transitions import PARTNERSHIP


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


def end_unsigned(partnership: Partnership, actor: User) -> None:
    """Its approval does not stand any more: it ends before its agreement was signed, and nobody is to arrive."""
    PARTNERSHIP.fire("approval_revoked", partnership, actor)
    public_data_changed.send(Partnership)


@transaction.atomic
def set_contact(partnership: Partnership, contact: User, actor: User) -> None:
    """Another contact person at Fedasil."""
    locked = workflow.locked(Partnership.objects.filter(pk=partnership.pk))
    if locked.contact == contact:
        return
    locked.contact = contact
    locked.save(update_fields=["contact"])
    log.record(locked, "contact_set", actor=actor, data={"contact": contact.pk})


@transaction.atomic
def set_public(partnership: Partnership, actor: User, *, agreed: bool) -> None:
    """Record whether the parties agree to stand on the public map."""
    locked = workflow.locked(Partnership.objects.filter(pk=partnership.pk))
    if locked.is_public == agreed:
        return
    locked.is_public = agreed
    locked.save(update_fields=["is_public"])
    log.record(locked, "shown" if agreed else "hidden", actor=actor)
    public_data_changed.send(Partnership)


def public_parties() -> QuerySet[PartnershipParty]:
    """The parties of all partnerships on the public map, each partnership's together, its lead first; one query."""
    return (
        PartnershipParty.objects.filter(partnership__is_public=True)
        .exclude(partnership__state=Partnership.State.LAPSED)
        .select_related("partnership", "organisation__municipality__merged_into")
        .order_by("partnership", "-lead", "pk")
    )


def is_shown(organisation: Organisation) -> bool:
    """Whether this organisation stands on the public map."""
    return public_parties().filter(organisation=organisation).exists()
