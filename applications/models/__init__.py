from .application import Application
from .assigning import AssignmentRule
from .attachment import Attachment, Preview
from .change_request import ChangeRequest, ChangeRequestItem
from .contact import Contact
from .council_text import Body, CouncilText
from .criteria import CriteriaSet, Criterion
from .deciding import Decision, DecisionPower
from .dwelling import Dwelling
from .guidance_step import GuidanceStep
from .handling_term import HandlingTerm
from .inner import AdviceRequest, Note, PrivateMessage
from .intake import Intake
from .kept_input import KeptInput
from .letters import Letter, LetterTemplate, Office
from .message import Message, MessageMark
from .party import Party
from .review import Recusal, Review, ReviewRule, Score, Settlement
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
    "KeptInput",
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
