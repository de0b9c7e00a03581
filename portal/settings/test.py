"""`make test`: fast and strict. Mails, tasks and files stay real; only their places differ."""

from .base import *  # noqa: F403
from .base import STORAGES

DEBUG = False
SECRET_KEY = "test-only"  # noqa: S105
ENCRYPTION_KEYS = ["RGV2ZWxvcG1lbnQtYW5kLXRlc3RzLW9ubHktLS0tLS0="]
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
DEMO = True
REFUSE_SLOW_WORK = True
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
for name in ("default", "private", "quarantine"):
    STORAGES[name] = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = False
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
MAIL_SERVER_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STATIC_ROOT = None
# Each test sees what it changed.
CACHES = {name: {"BACKEND": "django.core.cache.backends.dummy.DummyCache"} for name in ("default", "pages", "copies")}
