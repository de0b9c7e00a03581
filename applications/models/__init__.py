"""An application and everything that belongs to it, as tables."""

from .application import Application
from .assignment import AssignmentRule
from .attachment import Attachment, Preview
from .autosave import AutosavedForm
from .change_request import ChangeRequest, ChangeRequestItem
from .contact import Contact
from .council_text import Body, CouncilText
from .decision import Decision, DecisionPower
from .dwelling import Dwelling
from .guidance_step import GuidanceStep
from .handling_time import HandlingTerm
from .intake import Intake
from .internal import AdviceRequest, Note, PrivateMessage
from .letter import Letter, LetterTemplate, Office
from .message import Message, MessageMark
from .party import Party
from .review import Recusal, Review, ReviewRule, Score, Settlement
from .review_criteria import CriteriaSet, Criterion
from .signature import Signature, SignatureCode
from .version import Version
from .visit import Visit

__all__ = [
    "AdviceRequest",
    "Application",
    "AssignmentRule",
    "Attachment",
    "Body",
    "ChangeRequest",
    "ChangeRequestItem",
    "Contact",
    "CouncilText",
    "CriteriaSet",
    "Criterion",
    "Decision",
    "DecisionPower",
    "Dwelling",
    "GuidanceStep",
    "HandlingTerm",
    "Intake",
    "AutosavedForm",
    "Letter",
    "LetterTemplate",
    "Message",
    "MessageMark",
    "Note",
    "Office",
    "Party",
    "Preview",
    "PrivateMessage",
    "Recusal",
    "Review",
    "ReviewRule",
    "Score",
    "Settlement",
    "Signature",
    "SignatureCode",
    "Version",
    "Visit",
]
