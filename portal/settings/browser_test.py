"""The running site in browser tests: as in development, without limits on how often one signs in."""

import os

from .development import *

ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = False
PUBLIC_FORM_SECONDS = 0
# The same few demo accounts sign in for each test.
MAIL_CEILINGS = False
# So short that a test can wait for the end of a session.
SESSION_IDLE = int(os.environ.get("SESSION_IDLE", SESSION_IDLE))
SESSION_LONGEST = int(os.environ.get("SESSION_LONGEST", SESSION_LONGEST))
