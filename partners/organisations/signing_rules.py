"""Who signs for an organisation, by default: a start that the organisation confirms or changes.

Sources: the regions' laws on municipalities and welfare centres name two signatories for a local authority (Flanders
and Wallonia: general director, Brussels: municipal secretary, and secretary-general of the centre); any other
organisation signs as its statutes say. Sample until Fedasil confirms.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from portal.workflow import Refused

from ..models import Capacity, Organisation
from ..models.municipality import Region
from ..signals import signing_rule_followers

BY_STATUTES: tuple[str, str] = (Capacity.REPRESENTATIVE, "")
DEFAULT_CAPACITIES: dict[tuple[str, str], tuple[str, str]] = {
    (Organisation.Kind.MUNICIPALITY, Region.FLANDERS): (Capacity.MAYOR, Capacity.GENERAL_DIRECTOR),
    (Organisation.Kind.MUNICIPALITY, Region.WALLONIA): (Capacity.MAYOR, Capacity.GENERAL_DIRECTOR),
    (Organisation.Kind.MUNICIPALITY, Region.BRUSSELS): (Capacity.MAYOR, Capacity.MUNICIPAL_SECRETARY),
    (Organisation.Kind.PCSW, Region.FLANDERS): (Capacity.CHAIR, Capacity.GENERAL_DIRECTOR),
    (Organisation.Kind.PCSW, Region.WALLONIA): (Capacity.CHAIR, Capacity.GENERAL_DIRECTOR),
    (Organisation.Kind.PCSW, Region.BRUSSELS): (Capacity.CHAIR, Capacity.SECRETARY_GENERAL),
}


def default_capacities(kind: str, region: str) -> tuple[str, str]:
    """The capacities in which such an organisation usually signs; the second is empty where one signs."""
    return DEFAULT_CAPACITIES.get((kind, region), BY_STATUTES)


def set_default_rule(organisation: Organisation) -> None:
    """Give the organisation, not yet saved, the signing rule that is usual for its kind in its region."""
    region = organisation.municipality.region
    organisation.signs_first, organisation.signs_second = default_capacities(organisation.kind, region)


# ── What follows a changed rule ───────────────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True)
class Given:
    """A signature for the organisation that counts now: its key, who gave it, and in which capacity."""

    key: int
    name: str
    capacity: Capacity


@dataclass(frozen=True)
class Follower:
    """One thing that follows the organisation's rule, its page, and the signatures that it has so far."""

    title: str
    url: str
    given: tuple[Given, ...] = ()


def followers(organisation: Organisation) -> list[Follower]:
    """What follows the rule of this organisation, as it is now."""
    answers: list[tuple[Any, Any]] = signing_rule_followers.send(sender=Organisation, organisation=organisation)
    return [found for _receiver, answer in answers for found in answer]


def keys_of(found: list[Follower]) -> list[int]:
    """The keys of their signatures: what a form carries, so that it is known of which the person was told."""
    return [given.key for one in found for given in one.given]


def refuse_unseen(found: list[Follower], capacities: list[Capacity], seen: set[int]) -> None:
    """Refused where a signature, in none of these capacities, is none of those of which the person was told."""
    if any(given.key not in seen for one in found for given in one.given if given.capacity not in capacities):
        raise Refused(_("Not saved yet. Signatures were given that no longer count if you go on: see below."))
