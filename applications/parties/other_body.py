"""The other body of the lead's municipality: a town's OCMW or an OCMW's town. It takes part by one button."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction

from partners.models import Municipality, Organisation
from partners.organisations.loading import locked as locked_organisation
from partners.organisations.municipal_names import usual_name
from partners.people.person import Person
from portal.models import User

from ..models import Application, Party
from .services import accept, lock_as_lead, refuse_second

Kind = Organisation.Kind
OTHER_KIND = {Kind.MUNICIPALITY: Kind.PCSW, Kind.PCSW: Kind.MUNICIPALITY}


@dataclass(frozen=True)
class OtherBody:
    """What is known of it. `organisation` is None where it is not registered yet."""

    kind: Organisation.Kind
    municipality: Municipality
    organisation: Organisation | None
    is_managed: bool

    @property
    def name(self) -> str:
        return self.organisation.name if self.organisation else usual_name(self.kind, self.municipality)


def other_body(application: Application, person: Person) -> OtherBody | None:
    """The other body of the lead's municipality, unless it takes part or is invited; None for other leads.

    `is_managed`: this person manages it, and so may say that it takes part.
    """
    lead = application.lead
    kind = OTHER_KIND.get(Kind(lead.kind))
    if kind is None or any(_is_body(party, kind, lead.municipality_id) for party in application.parties_in_order):
        return None
    registered = list(Organisation.objects.filter(kind=kind, municipality=lead.municipality_id)[:2])
    # Where two are registered, which one is meant is for the lead to say, by its number.
    if len(registered) > 1:
        return None
    organisation = registered[0] if registered else None
    found = person.membership_in(organisation.pk) if organisation else None
    return OtherBody(kind, lead.municipality, organisation, bool(found and found.manages))


def _is_body(party: Party, kind: Organisation.Kind, municipality_id: int) -> bool:
    found = party.organisation
    return bool(found and party.is_present and found.kind == kind and found.municipality_id == municipality_id)


@transaction.atomic
def add(application: Application, actor: User, organisation: Organisation) -> Party:
    """Have it take part at once: for someone who works for the lead and manages the other body."""
    # An organisation is locked before its applications.
    organisation = locked_organisation(organisation)
    locked = lock_as_lead(application, actor)
    found = Person(actor).membership_in(organisation.pk)
    if found is None or not found.manages:
        raise PermissionDenied
    refuse_second(locked, organisation)
    party = Party.objects.create(application=locked, organisation=organisation)
    return accept(party, actor, organisation, stay=False, guidance=False)
