from .application import Application
from .contact import Contact
from .criteria import CriteriaSet, Criterion
from .deciding import ChangeRequest, Decision, DecisionPower
from .dwelling import Dwelling
from .guidance_step import GuidanceStep
from .intake import Intake
from .kept_input import KeptInput
from .party import Party
from .review import Recusal, Review, ReviewRule, Score, Settlement
from .signature import Signature, SignatureCode
from .version import Version
from .visit import Visit

__all__ = [
    "Application",
    "ChangeRequest",
    "Contact",
    "CriteriaSet",
    "Criterion",
    "Decision",
    "DecisionPower",
    "Dwelling",
    "GuidanceStep",
    "Intake",
    "KeptInput",
    "Party",
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
