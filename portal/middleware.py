"""What happens around every request: language, content policy, compression, sessions, a full disk."""

import errno
import logging
import time

from allauth.usersessions.models import UserSession
from csp.constants import SELF
from csp.middleware import CSPMiddleware
from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware, get_user
from django.core.exceptions import PermissionDenied
from django.middleware.gzip import GZipMiddleware
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import redirect, render
from django.utils.deprecation import MiddlewareMixin
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, override

from .accounts import desk_session, mfa, session_timeout
from .files.store import NotKept

logger = logging.getLogger(__name__)
ACTIVITY_STEP = 10 * 60
# No space, no quota, or a limit of the process.
DISK_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def is_admin_path(request) -> bool:
    """True under Wagtail's admin."""
    return request.path_info.startswith("/" + settings.ADMIN_PATH)


class AddressLanguageMiddleware(LocaleMiddleware):
    """The language stands in the address. What is not found under the admin, which has none there, stays not found."""

    def process_response(self, request, response):
        if is_admin_path(request):
            return response
        return super().process_response(request, response)


class ContentPolicyMiddleware(CSPMiddleware):
    """The strict content security policy everywhere, a wider one under Wagtail's admin only."""

    def process_response(self, request, response):
        if is_admin_path(request) and not hasattr(response, "_csp_replace"):
            response._csp_replace = settings.ADMIN_CONTENT_SECURITY_POLICY  # noqa: SLF001 (as csp_replace does)
            response.headers.setdefault("X-Frame-Options", "SAMEORIGIN")
        # A preview in Wagtail's editor is a request of its own, at the page's address, shown in a frame of the admin.
        if getattr(request, "is_preview", False):
            response._csp_replace = {"frame-ancestors": [SELF]}  # noqa: SLF001
        return super().process_response(request, response)


class PublicPagesCompressed(GZipMiddleware):
    """Compresses what is the same for everyone, and nothing else.

    A page with something secret and something typed in it must not be compressed: its size would tell of the secret
    (BREACH). Pages that any cache may keep have neither.
    """

    def process_response(self, request, response):
        is_public = "public" in response.headers.get("Cache-Control", "") and not response.cookies
        return super().process_response(request, response) if is_public else response


class LimitedSessionMiddleware(AuthenticationMiddleware):
    """`request.user`, who is nobody once the session is over (portal/accounts/session_timeout.py): at every address
    there is.
    """

    def process_request(self, request):
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: self.user_of(request))

    def user_of(self, request):
        if session_timeout.is_over(request):
            session_timeout.end(request)
        return get_user(request)


class SecondFactorMiddleware(MiddlewareMixin):
    """The desk is for Fedasil's people, with a second factor: who has none yet is led to setting it up."""

    def process_request(self, request):
        if not is_admin_path(request) or not request.user.is_authenticated:
            return None
        if not request.user.has_perm("wagtailadmin.access_admin"):
            raise PermissionDenied
        if not (mfa.was_used(request) or mfa.has_one(request.user)):
            return redirect("mfa_activate_totp")
        return None


class DeskSessionMiddleware(MiddlewareMixin):
    """Who works at the desk stays signed in; what was sent too late is kept (portal/accounts/desk_session.py).

    After the check of cross-site requests: what another site sends is not kept.
    """

    def process_view(self, request, view, args, kwargs):
        return desk_session.answer(request) if is_admin_path(request) else None


class DiskFullMiddleware(MiddlewareMixin):
    """What cannot be written because the disk is full is said in words, wherever no form says it."""

    def process_exception(self, request, exception):
        is_full = isinstance(exception, OSError) and exception.errno in DISK_FULL
        if not is_full and not isinstance(exception, NotKept):
            return None
        logger.error("%s could not be answered: %s", request.path, exception)
        # The admin takes its language from the account, and only inside its own views.
        language = request.user.language if is_admin_path(request) and request.user.is_authenticated else get_language()
        with override(language):
            return render(request, "507.html", status=507)


class SessionActivityMiddleware(MiddlewareMixin):
    """Keeps when and from where a session was last used: once in ten minutes, and never for who is not signed in."""

    def process_response(self, request, response):
        # A page that did not look at the session stays the same for everyone, and cacheable.
        if request.session.accessed and request.user.is_authenticated:
            now = int(time.time())
            if now - request.session.get("last_seen", 0) >= ACTIVITY_STEP:
                request.session["last_seen"] = now
                UserSession.objects.create_from_request(request)
        return response
