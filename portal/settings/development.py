"""`make run`: the site as visitors see it, on this machine, with demo accounts. DEBUG=1 shows tracebacks."""

from .base import *  # noqa: F403
from .base import STORAGES, env

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = "development-only"  # noqa: S105
ENCRYPTION_KEYS = ["RGV2ZWxvcG1lbnQtYW5kLXRlc3RzLW9ubHktLS0tLS0="]
ALLOWED_HOSTS = ["*"]
DEMO = True
REFUSE_SLOW_WORK = True
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
# Nothing is collected: files are served from where they stand.
STATIC_ROOT = None
# Passkeys need HTTPS, except on this machine.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
# Without CLAMD_SOCKET it knows the test file only, and the pages say so (docs/decisions/0018-files-wait.md).
SCANNER_STAND_IN = True
