from .invitation import Invitation
from .lead import Lead
from .municipality import Municipality
from .organisation import Capacity, Membership, Organisation, SigningRule
from .partnership import Partnership, PartnershipParty, Placement
from .rate import Rate
from .year_figure import YearFigure

__all__ = [
    "Capacity",
    "Invitation",
    "Lead",
    "Membership",
    "Municipality",
    "Organisation",
    "Partnership",
    "PartnershipParty",
    "Placement",
    "Rate",
    "SigningRule",
    "YearFigure",
]
