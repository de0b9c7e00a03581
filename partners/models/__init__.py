"""Organisations, memberships, interests, partnerships, rates."""

from .checklist import ChecklistItem, ChecklistTemplate, Phase
from .claim import Claim
from .finder import FinderConversation, FinderMessage, FinderNotice
from .interest import Interest, InterestMoment
from .invitation import Invitation
from .join_request import JoinRequest
from .membership import Membership, MembershipAbsence
from .municipality import Municipality
from .organisation import Organisation
from .partnership import Partnership, PartnershipParty, Placement
from .rate import Rate
from .signing_rule import Capacity, SigningRule
from .year_figure import YearFigure

__all__ = [
    "Capacity",
    "ChecklistItem",
    "ChecklistTemplate",
    "Claim",
    "FinderConversation",
    "FinderMessage",
    "FinderNotice",
    "Invitation",
    "JoinRequest",
    "Interest",
    "InterestMoment",
    "Membership",
    "MembershipAbsence",
    "Municipality",
    "Organisation",
    "Partnership",
    "PartnershipParty",
    "Phase",
    "Placement",
    "Rate",
    "SigningRule",
    "YearFigure",
]
