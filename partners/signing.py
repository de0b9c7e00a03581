"""Who signs for an organisation, by default: a start that the organisation confirms or changes.

Sources: the municipal and welfare-centre laws name two signatories for a local authority; a non-profit signs as its
statutes say. Sample until Fedasil confirms.
"""

from .models import Capacity, Organisation

DEFAULT_CAPACITIES = {
    Organisation.Kind.MUNICIPALITY: (Capacity.MAYOR, Capacity.GENERAL_DIRECTOR),
    Organisation.Kind.PCSW: (Capacity.CHAIR, Capacity.GENERAL_DIRECTOR),
    Organisation.Kind.OTHER_PUBLIC: (Capacity.REPRESENTATIVE, ""),
    Organisation.Kind.NON_PROFIT: (Capacity.REPRESENTATIVE, ""),
}


def set_default_rule(organisation: Organisation) -> None:
    """Give the organisation, not yet saved, the signing rule that is usual for its kind."""
    organisation.signs_first, organisation.signs_second = DEFAULT_CAPACITIES[organisation.kind]
