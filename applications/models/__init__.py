from .application import Application
from .contact import Contact
from .council_text import Body, CouncilText
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
    "Body",
    "ChangeRequest",
    "Contact",
    "CouncilText",
    "Decision",
    "DecisionPower",
    "Dwelling",
    "GuidanceStep",
    "Intake",
    "KeptInput",
    "Party",
    "Review",
    "ReviewRule",
    "Signature",
    "SignatureCode",
    "Version",
]
