"""What every environment shares. Whatever differs comes from the environment, read by django-environ."""

import logging
from pathlib import Path

import environ
from csp.constants import NONE, SELF, UNSAFE_INLINE
from django.utils.translation import gettext_lazy as _

from .caches import cache_at
from .identity import openid_apps
from .storages import private_storage

# Whoever has no connection to the database by then is told so (portal/outage/middleware.py).
CONNECT_SECONDS = 2

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = Path(env("VAR_DIR", default=str(BASE_DIR / "var")))

INSTALLED_APPS = [
    "home",
    "applications",
    "partners",
    "portal",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "portal.apps.UsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "phonenumber_field",
    "rules",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "portal.middleware.PublicPagesCompressed",
    "portal.middleware.ContentPolicyMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.outage.middleware.CopyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "portal.middleware.AddressLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "portal.middleware.LimitedSessionMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "portal.middleware.SecondFactorMiddleware",
    "portal.middleware.DeskSessionMiddleware",
    "portal.middleware.SessionActivityMiddleware",
    "portal.middleware.DiskFullMiddleware",
    "home.translation.pair_pages.PairMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["portal.templatetags.punctuation"],
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "partners.pages.working_for.working_for",
            ],
        },
    },
]

# ── Database: PostgreSQL by DATABASE_URL, else SQLite under var/ ──────────────────────────────────────────────────────
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'portal.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Stays open: opening it costs more than a query, and closing the last one folds in the write-ahead log.
    DATABASES["default"]["CONN_MAX_AGE"] = None
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"]["ENGINE"] = "portal.database"
    DATABASES["default"]["OPTIONS"] = {
        "connect_timeout": CONNECT_SECONDS,
        # What was sent to a machine that is gone is not waited for either (milliseconds).
        "tcp_user_timeout": 10_000,
        "pool": {
            "min_size": 1,
            "max_size": env.int("DATABASE_POOL", default=8),
            "timeout": CONNECT_SECONDS,
            "reconnect_timeout": CONNECT_SECONDS,
        },
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# ── People ───────────────────────────────────────────────────────────────────────────────────────────────────────────
AUTH_USER_MODEL = "portal.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "portal.accounts.auth_backend.GroupRightsBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "portal_start"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "portal.accounts.allauth_adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
# Nobody gets in without having proved the address: portal/accounts/email_proof.py.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {"login": "portal.accounts.forms.SignInForm", "signup": "portal.accounts.forms.SignUpForm"}
# Per network address; what one mail address gets is limited by portal/mail/ceilings.py. Of signing in and making an
# account only asking for a code is counted, so that a browser that the account knows is never refused.
ACCOUNT_RATE_LIMITS = {
    "login": None,
    "signup": None,
    "request_login_code": "20/m/ip,200/h/ip",
    # The key is the network address with the mail address.
    "wrong_code": "9/h/key",
    # Forms that anyone may post (portal/public_forms.py): so many without a code, and so many codes.
    "interest_form": "10/h/ip",
    "registration_form": "10/h/ip",
    "mail_me_form": "100/h/ip",
    "form_code": "200/h/ip",
    # Each takes a second of the server's work (home/calculation_pdf.py).
    "calculation_pdf": "60/h/ip",
}
PUBLIC_FORM_SECONDS = 3
# portal/mail/ceilings.py
MAIL_CEILINGS = True
MFA_ADAPTER = "portal.accounts.allauth_adapters.SecondStepAdapter"
MFA_FORMS = {
    "authenticate": "portal.accounts.forms.AuthenticateForm",
    "reauthenticate": "portal.accounts.forms.ReauthenticateForm",
    "activate_totp": "portal.accounts.forms.ActivateTOTPForm",
    "deactivate_totp": "portal.accounts.forms.DeactivateTOTPForm",
    "generate_recovery_codes": "portal.accounts.forms.GenerateRecoveryCodesForm",
    "add_webauthn": "portal.accounts.forms.AddPasskeyForm",
    "edit_webauthn": "portal.accounts.forms.RenamePasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Fedasil"
# A code that was read just before the next one came still counts (RFC 6238, section 5.2).
MFA_TOTP_TOLERANCE = 1
# Sign-in elsewhere (docs/operator.md): none unless the environment names some.
SOCIALACCOUNT_ADAPTER = "portal.accounts.allauth_adapters.IdentityAdapter"
# Our sign-in page asks nothing more: portal/accounts/oidc.py looks where the request comes from.
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "provider_class": "portal.accounts.oidc.Provider",
        "OAUTH_PKCE_ENABLED": True,
        "APPS": openid_apps(env.json("OIDC_PROVIDERS", default=[])),
    }
}

# ── Languages: the source texts are English, readers get one of these ────────────────────────────────────────────────
LANGUAGE_CODE = "nl"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("nl", "Nederlands"), ("fr", "Français"), ("de", "Deutsch"), ("en", "English")]
# The second holds what Wagtail and wagtail-localize say otherwise, or in English only.
LOCALE_PATHS = [BASE_DIR / "portal" / "locale", BASE_DIR / "portal" / "locale_wagtail"]
# Dates and times as each language writes them, beside its catalogue; portal/formats.py has what a format cannot say.
FORMAT_MODULE_PATH = "portal.locale"
USE_I18N = WAGTAIL_I18N_ENABLED = True
# What begins to be translated is a draft, not the text of the source under the address of another language.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
TIME_ZONE = "Europe/Brussels"
USE_TZ = True
# Telephone numbers: without a country in front they are Belgian. Stored without signs, and written with their country
# everywhere, since whoever reads them may be abroad.
PHONENUMBER_DEFAULT_REGION = "BE"
PHONENUMBER_DB_FORMAT = "E164"
PHONENUMBER_DEFAULT_FORMAT = "INTERNATIONAL"

# ── Files ────────────────────────────────────────────────────────────────────────────────────────────────────────────
STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
# What scripts/assets.py makes of the npm packages; never committed.
ASSETS_DIR = VAR_DIR / "assets"
STATICFILES_DIRS = [ASSETS_DIR]
MEDIA_URL = "media/"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "portal.files.storage.WholeFileStorage"},
    # What no web server may show by itself: portal/files/store.py. What people send lies in quarantine until it is
    # scanned.
    "private": private_storage(env, "files", VAR_DIR),
    "quarantine": private_storage(env, "quarantine", VAR_DIR),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "portal.files.upload_handler.TemporaryFileHandler",
]
# What people send (portal/incoming): bytes of one file, bytes of its parts unpacked, pixels of an image, files in all.
ATTACHMENT_BYTES = env.int("ATTACHMENT_MEGABYTES", default=10) * 1024 * 1024
UNPACKED_BYTES = 100 * 1024 * 1024
IMAGE_PIXELS = 50_000_000
ATTACHMENTS_IN_ALL = 100
# The virus scanner: unix:///run/clamav/clamd.ctl or tcp://host:3310. Without one every file waits.
CLAMD_SOCKET = env("CLAMD_SOCKET", default="")
CLAMD_SECONDS = 60
SCANNER_STAND_IN = False

# ── Caches: small things in each process; whole reading pages where all processes of a machine find them ─────────────
CACHES = {
    "default": cache_at(env, "CACHE_URL", "locmemcache://"),
    "pages": cache_at(env, "PAGE_CACHE_URL", f"filecache://{VAR_DIR / 'pages'}"),
    # Public pages as they were last, for when the database is away.
    "copies": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR_DIR / "copies",
        "TIMEOUT": 7 * 24 * 3600,
        "OPTIONS": {"MAX_ENTRIES": 5000},
    },
}
for _cache in CACHES.values():
    if _cache["BACKEND"] == "django.core.cache.backends.filebased.FileBasedCache":
        # Goes on where the disk is full.
        _cache["BACKEND"] = "portal.files.storage.PageCache"

# ── Security headers ─────────────────────────────────────────────────────────────────────────────────────────────────
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
# Wagtail's editor needs inline style and script, and shows previews in a frame: under its own path only.
ADMIN_CONTENT_SECURITY_POLICY = {
    **CONTENT_SECURITY_POLICY["DIRECTIVES"],
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "frame-src": [SELF],
    "frame-ancestors": [SELF],
}
# Every form of every library cleans what is typed.
FORM_RENDERER = "portal.forms.service.CleaningRenderer"

ADMIN_PATH = "admin/"
PERMISSIONS_POLICY = {
    feature: []
    for feature in ("accelerometer", "camera", "display-capture", "geolocation", "microphone", "midi", "payment", "usb")
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# On the service pages and at the desk (portal/accounts/session_timeout.py): seconds without doing anything, and in all.
SESSION_IDLE, SESSION_LONGEST = 60 * 60, 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# Tells browsers from which an account was used before (portal/accounts/known_browsers.py).
DEVICE_COOKIE_NAME = "device"
# An old page of one's own loses no text.
CSRF_FAILURE_VIEW = "portal.accounts.post_resume.csrf_failure"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
# So much text in one form is still answered at its fields, not by a bare refusal that loses it.
DATA_UPLOAD_MAX_MEMORY_SIZE = 64 * 1024 * 1024

# ── Mail and background work ─────────────────────────────────────────────────────────────────────────────────────────
mail_server = env.email_url("EMAIL_URL", default="smtp://127.0.0.1:1025")
vars().update(mail_server)
# Whatever sends a mail writes to the outbox; only the worker speaks to the mail server.
MAIL_SERVER_BACKEND = mail_server["EMAIL_BACKEND"]
EMAIL_BACKEND = "portal.mail.backend.OutboxBackend"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="Fedasil <resettlement@fedasil.be>")
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
SITE_URL = env("SITE_URL", default="http://localhost:8000")
# What comes back when a mail cannot be delivered; empty: to the sender that people see.
BOUNCE_EMAIL = env("BOUNCE_EMAIL", default="")
# Who is told of new interest.
TEAM_EMAIL = env("TEAM_EMAIL", default="resettlement@fedasil.be")
# Demo accounts and the page with the caught mails: development and tests only.
DEMO = False
# Found while one develops; on a server it is logged (portal/slow_work.py).
REFUSE_SLOW_WORK = False
MAIL_SINK_DIR = VAR_DIR / "mail"

# ── Wagtail ──────────────────────────────────────────────────────────────────────────────────────────────────────────
WAGTAIL_SITE_NAME = _("Partners for resettlement")
WAGTAILADMIN_BASE_URL = SITE_URL
# Dutch and French go live together.
WAGTAIL_FINISH_WORKFLOW_ACTION = "home.approved.publish_approved"
# Of the forty that Wagtail speaks, those of the site; and the only time zone in which all times here are meant.
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False
# An address changes at the desk only, confirmed by a second person.
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILEMBEDS_FINDERS = []
# What editors upload goes through the same door as what applicants send (portal/files/editor_uploads.py).
WAGTAILIMAGES_IMAGE_FORM_BASE = "portal.files.editor_uploads.ImageForm"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png"]
WAGTAILDOCS_DOCUMENT_FORM_BASE = "portal.files.editor_uploads.DocumentForm"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

# ── The log goes to standard output; whoever runs the process keeps it ───────────────────────────────────────────────
# One line per task and per mail that the sink takes is too much beside the rest.
CHATTY = ("django_tasks", "wagtail", "mail.log")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {
        "calm": {
            "()": "django.utils.log.CallbackFilter",
            "callback": lambda record: record.levelno >= logging.WARNING or not record.name.startswith(CHATTY),
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["calm"]}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="INFO")},
}
