from .application import Application
from .deciding import ChangeRequest, Decision, DecisionPower, Review, ReviewRule
from .intake import Intake
from .kept_input import KeptInput
from .party import Party
from .signature import Signature, SignatureCode
from .version import Version

__all__ = [
    "Application",
    "ChangeRequest",
    "Decision",
    "DecisionPower",
    "Intake",
    "KeptInput",
    "Party",
    "Review",
    "ReviewRule",
    "Signature",
    "SignatureCode",
    "Version",
]
