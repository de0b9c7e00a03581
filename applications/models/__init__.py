from .application import Application
from .attachment import Attachment, Preview
from .change_request import ChangeRequest, ChangeRequestItem
from .contact import Contact
from .council_text import Body, CouncilText
from .deciding import Decision, DecisionPower, Review, ReviewRule
from .dwelling import Dwelling
from .guidance_step import GuidanceStep
from .intake import Intake
from .kept_input import KeptInput
from .message import Message, MessageMark
from .party import Party
from .signature import Signature, SignatureCode
from .version import Version

__all__ = [
    "Application",
    "Attachment",
    "Body",
    "ChangeRequest",
    "ChangeRequestItem",
    "Contact",
    "CouncilText",
    "Decision",
    "DecisionPower",
    "Dwelling",
    "GuidanceStep",
    "Intake",
    "KeptInput",
    "Message",
    "MessageMark",
    "Party",
    "Preview",
    "Review",
    "ReviewRule",
    "Signature",
    "SignatureCode",
    "Version",
]
