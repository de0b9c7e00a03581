from .application import Application
from .attachment import Attachment, Preview
from .change_request import ChangeRequest, ChangeRequestItem
from .contact import Contact
from .council_text import Body, CouncilText
from .criteria import CriteriaSet, Criterion
from .deciding import Decision, DecisionPower
from .dwelling import Dwelling
from .guidance_step import GuidanceStep
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
    "Application",
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
    "Intake",
    "KeptInput",
    "Letter",
    "LetterTemplate",
    "Message",
    "MessageMark",
    "Office",
    "Party",
    "Preview",
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
