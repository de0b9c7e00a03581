"""The second step of signing in: an authenticator app or a passkey, with recovery codes beside it."""

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext, override

from ..audit import log
from ..mail import outbox
from ..models import User
from ..permissions import is_fedasil

KINDS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def has_one(user: User) -> bool:
    """True with an authenticator app or a passkey; recovery codes alone are none."""
    return is_mfa_enabled(user, KINDS)


def was_used(request) -> bool:
    """Signed in with one: it is still there, since nobody of Fedasil removes the last (may_remove)."""
    records = get_authentication_records(request, request.user)
    return any(record["method"] == "mfa" and record.get("type") in KINDS for record in records)


def may_remove(authenticator: Authenticator) -> bool:
    """Fedasil's people keep at least one; others may do without."""
    if not is_fedasil(authenticator.user):
        return True
    return Authenticator.objects.filter(user=authenticator.user, type__in=KINDS).exclude(pk=authenticator.pk).exists()


@transaction.atomic
def reset(user: User, *, reason: str) -> int:
    """For a lost telephone: no app, passkey or recovery code is left, and nobody stays signed in; how many went.

    Whoever reads the mails to the account can then sign in: logged with its reason, and told to the person.
    """
    count = Authenticator.objects.filter(user=user).delete()[0]
    for session in UserSession.objects.filter(user=user):
        session.end()
    entry = log.record(user, "second_step_reset", note=reason)
    with override(user.language):
        change = gettext("Whoever runs the server removed every second step and passkey from your account.")
    outbox.queue(
        key=f"second_step_reset:{entry.pk}",
        to=user.email,
        language=user.language,
        template="portal/sign_in_changed",
        context={"change": change},
    )
    return count


def remember_proof(request, user, authenticator, reauthenticated=False, **kwargs) -> None:
    """Who just used or set up a second step need not prove it once more on the next page (allauth's signals)."""
    if authenticator.type in KINDS and not reauthenticated:
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type, reauthenticated=True)


def came_from_strong_provider(request, user: User) -> bool:
    """Signed in elsewhere, at a provider that an operator marked as strong."""
    strong = {
        app["provider_id"]
        for app in settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
        if app["settings"]["strong"]
    }
    return any(
        record["method"] == "socialaccount" and record["provider"] in strong
        for record in get_authentication_records(request, user)
    )


class SecondStepStage(AuthenticateStage):
    """allauth's stage of signing in, which a strong provider makes needless."""

    def _should_handle(self, request) -> bool:
        return super()._should_handle(request) and not came_from_strong_provider(request, self.login.user)
