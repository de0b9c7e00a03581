"""The running site in a journey: as in development, with all its limits, and a clock that a file moves."""

from django.core.signals import request_started

from portal.settings.development import *  # noqa: F403
from portal.settings.development import VAR_DIR

from .moved_clock import MovedClock

CLOCK = MovedClock(VAR_DIR / "seconds-ahead")
request_started.connect(CLOCK.follow)
TASKS = {"default": {"BACKEND": "tests.journeys.background.Backend"}}
# The hands of a journey are faster than a program's.
PUBLIC_FORM_SECONDS = 0
