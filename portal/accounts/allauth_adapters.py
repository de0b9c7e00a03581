"""Where django-allauth meets this project: mails through our outbox, our rules on browsers, steps, identities."""

import logging
import uuid

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.utils.translation import get_language, gettext, override
from django.utils.translation import gettext_lazy as _

from ..mail import outbox
from ..mail.ceilings import TooManyMails
from ..models import Mail, User
from . import email_proof, encryption, known_browsers, mfa, oidc
from .email_address import set_proved

logger = logging.getLogger(__name__)
# allauth's notices that we pass on, by the names of its templates.
CHANGES = {
    "mfa/email/totp_activated": _("An authenticator app was added to your account."),
    "mfa/email/totp_deactivated": _("The authenticator app was removed from your account."),
    "mfa/email/webauthn_added": _("A passkey was added to your account."),
    "mfa/email/webauthn_removed": _("A passkey was removed from your account."),
    "mfa/email/recovery_codes_generated": _("New recovery codes were made for your account. The old ones are void."),
    "socialaccount/email/account_connected": _("Your account can now be opened through another sign-in service."),
}
TOO_OFTEN = _("You tried too often. Wait a few minutes and try again.")


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": _("This code is not right. Check it and type it again."),
        "too_many_login_attempts": TOO_OFTEN,
        "rate_limited": TOO_OFTEN,
    }

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Queue one of the mails with a code or about an account; its text is emptied once sent.

        In the context: `ends_at`, when its code expires; `ceiling`, how many of them the address gets
        (portal/mail/ceilings.py).
        """
        outbox.queue(
            key=f"account:{uuid.uuid4()}",
            to=email,
            language=get_language() or "nl",
            template=template_prefix.replace("/email/", "/"),
            context=context,
            sensitive=True,
            expires_at=context.get("ends_at"),
            ceiling=context.get("ceiling", Mail.Ceiling.NONE),
        )

    def send_notification_mail(self, template_prefix: str, user, context=None, email=None) -> None:
        """Tell the person, in the person's language, that a way to sign in changed."""
        with override(user.language):
            change = str(CHANGES[template_prefix])
        outbox.queue(
            key=f"account:{uuid.uuid4()}",
            to=user.email,
            language=user.language,
            template="portal/sign_in_changed",
            context={"change": change},
        )

    def get_login_stages(self) -> list[str]:
        return ["portal.accounts.mfa.SecondStepStage"]

    def login(self, request, user) -> None:
        """A browser that is new to the account is told to its owner, but for the very first sign-in."""
        is_first = user.last_login is None
        super().login(request, user)
        if not is_first and not known_browsers.is_known(request, user):
            known_browsers.tell_of_new(request, user)

    def post_login(self, request, user, *, signal_kwargs=None, **more):
        """Everything that proves the person is done: remember the browser, link a new identity."""
        sociallogin = (signal_kwargs or {}).get("sociallogin")
        if sociallogin and not SocialAccount.objects.filter(**identity_of(sociallogin)).exists():
            sociallogin.connect(request, user)
        response = super().post_login(request, user, signal_kwargs=signal_kwargs, **more)
        known_browsers.remember(request, response, user)
        return response


class SecondStepAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": _(
            "Accounts of Fedasil sign in with two steps. Add another second step before you remove this one."
        ),
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
        "unverified_email": _("Sign out and sign in with a mailed code first: your new address is not proved yet."),
    }

    def encrypt(self, text: str) -> str:
        return encryption.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return encryption.decrypt(encrypted_text)

    def can_delete_authenticator(self, authenticator) -> bool:
        return mfa.may_remove(authenticator)

    def generate_authenticator_name(self, user, type) -> str:  # noqa: A002 (allauth's name)
        count = Authenticator.objects.filter(user=user, type=type).count()
        return gettext("My passkey") if not count else gettext("My passkey %(number)s") % {"number": count + 1}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": str(settings.WAGTAIL_SITE_NAME)}


class IdentityAdapter(DefaultSocialAccountAdapter):
    """Sign-in elsewhere. Who may enter which account: docs/decisions/0013."""

    def pre_social_login(self, request, sociallogin) -> None:
        """Known identities go on; a trusted, proved address opens its account; any other is proved by a mailed code."""
        sociallogin.token = None
        trusted = sociallogin.provider.app.settings["email_authentication"]
        proved = any(address.verified for address in sociallogin.email_addresses)
        if sociallogin.is_existing:
            if sociallogin._did_authenticate_by_email:  # noqa: SLF001 (allauth says it nowhere else)
                set_proved(sociallogin.user)
            return
        if trusted and proved:
            return
        if not sociallogin.email_addresses:
            oidc.keep_pending(request, sociallogin)
            raise ImmediateHttpResponse(redirect("account_signup"))
        email = sociallogin.email_addresses[0].email
        if not email_proof.may_ask(request, email):
            messages.error(request, TOO_OFTEN)
            raise ImmediateHttpResponse(redirect("account_login"))
        try:
            to_code = email_proof.begin(
                request,
                email,
                next_url=sociallogin.state.get("next"),
                newcomer=names_of(sociallogin),
                identity=sociallogin.serialize(),
            )
        except TooManyMails as refusal:
            messages.error(request, " ".join(refusal.messages))
            to_code = redirect("account_login")
        raise ImmediateHttpResponse(to_code)

    def save_user(self, request, sociallogin, form=None):
        """A new account whose address a trusted provider proved; the identity is linked after signing in."""
        user = email_proof.make_account(sociallogin.email_addresses[0].email, names_of(sociallogin))
        set_proved(user)
        sociallogin.user = user
        return user

    def on_authentication_error(self, request, provider, error=None, exception=None, extra_context=None) -> None:
        """The person reads that it did not work; the operator why."""
        logger.warning("signing in with %s failed: %s", provider.app.provider_id, error, exc_info=exception)

    def is_email_verified(self, provider, email) -> bool:
        """Only the provider's own word on this address counts."""
        return False


def identity_of(sociallogin) -> dict[str, str]:
    return {"provider": sociallogin.account.provider, "uid": sociallogin.account.uid}


def names_of(sociallogin) -> dict[str, str]:
    """The names that the other service gives, cleaned; one that is no name is left out, and the person may write it."""
    found = {}
    for field in ("first_name", "last_name"):
        try:
            found[field] = User._meta.get_field(field).clean(getattr(sociallogin.user, field), None)
        except ValidationError:
            found[field] = ""
    return found
