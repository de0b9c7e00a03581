"""Who signs for an organisation, by default: a start that the organisation confirms or changes.

Sources: the regions' laws on municipalities and welfare centres name two signatories for a local authority (Flanders
and Wallonia: general director, Brussels: municipal secretary, and secretary-general of the centre); any other
organisation signs as its statutes say. Sample until Fedasil confirms.
"""

from .models import Capacity, Organisation
from .models.municipality import Region

BY_STATUTES = (Capacity.REPRESENTATIVE, "")
DEFAULT_CAPACITIES = {
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
