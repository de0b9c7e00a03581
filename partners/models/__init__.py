from .invitation import Invitation
from .municipality import Municipality
from .organisation import Capacity, Membership, Organisation, SigningRule
from .partnership import Partnership, PartnershipParty, Placement
from .rate import Rate
from .year_figure import YearFigure

__all__ = [
    "Capacity",
    "Invitation",
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
