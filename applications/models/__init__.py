from .application import Application
from .attachment import Attachment, Preview
from .contact import Contact
from .deciding import ChangeRequest, Decision, DecisionPower, Review, ReviewRule
from .dwelling import Dwelling
from .guidance_step import GuidanceStep
from .intake import Intake
from .kept_input import KeptInput
from .party import Party
from .signature import Signature, SignatureCode
from .version import Version

__all__ = [
    "Application",
    "Attachment",
    "ChangeRequest",
    "Contact",
    "Decision",
    "DecisionPower",
    "Dwelling",
    "GuidanceStep",
    "Intake",
    "KeptInput",
    "Party",
    "Preview",
    "Review",
    "ReviewRule",
    "Signature",
    "SignatureCode",
    "Version",
]
