"""The running site in browser tests: as in development, without limits on how often one signs in."""

from .development import *

ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = False
PUBLIC_FORM_SECONDS = 0
