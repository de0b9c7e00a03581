"""Sign-in elsewhere by OpenID Connect: what we take from the provider's claims, and the two addresses for it.

A provider's name for a person may be a national register number: only a keyed hash of it is kept, and of the other
claims only issuer, address and names.
"""

import time

from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.openid_connect import views as openid_views
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from django.conf import settings
from django.http import Http404
from django.shortcuts import redirect
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language, override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_safe
from requests import RequestException

KEPT = ("email", "given_name", "family_name")
LANGUAGE, PENDING = "identity_language", "identity_pending"
PENDING_SECONDS = 10 * 60


class Provider(OpenIDConnectProvider):
    def extract_uid(self, data: dict) -> str:
        """A keyed hash of issuer and subject (docs/decisions/0013)."""
        subject = f"{self.issuer(data)} {super().extract_uid(data)}"
        return salted_hmac("portal.accounts.oidc", subject, algorithm="sha256").hexdigest()

    def extract_extra_data(self, data: dict) -> dict:
        claims = self.claims(data)
        return {"issuer": self.issuer(data), **{name: claims[name] for name in KEPT if name in claims}}

    def extract_email_addresses(self, data: dict) -> list:
        """Proved only by a plain yes."""
        addresses = super().extract_email_addresses(data)
        for address in addresses:
            address.verified = self.claims(data).get("email_verified") in (True, "true")
        return addresses

    @staticmethod
    def claims(data: dict) -> dict:
        return data.get("userinfo") or data["id_token"]

    def issuer(self, data: dict) -> str:
        return data["id_token"]["iss"] if "id_token" in data else self.server_url


def providers() -> list[dict]:
    """Those that the environment names, for the buttons on the sign-in page."""
    return settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]


@never_cache
@require_safe
def sign_in(request, provider_id: str):
    """Off to the provider; only from a page of ours, so that no other site can start it."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return redirect("account_login")
    try:
        provider = get_adapter().get_provider(request, provider_id)
    except SocialApp.DoesNotExist:
        raise Http404 from None
    request.session[LANGUAGE] = get_language()
    try:
        return provider.redirect(request, process="login", next_url=get_next_redirect_url(request))
    except RequestException as error:
        return render_authentication_error(request, provider, exception=error)


@never_cache
@require_GET
def callback(request, provider_id: str):
    """Back from the provider, in the language of the page where it began: this address has none."""
    with override(request.session.pop(LANGUAGE, None) or get_language()):
        try:
            return openid_views.callback(request, provider_id)
        except Http404:
            return redirect("account_login")


def keep_pending(request, sociallogin) -> None:
    """The provider named no address: remember who it is until the person gives one on the next page."""
    request.session[PENDING] = {"until": time.time() + PENDING_SECONDS, "login": sociallogin.serialize()}


def pending(request) -> dict | None:
    """The serialised identity that waits for an address, if there is one and it is fresh."""
    kept = request.session.get(PENDING)
    return kept["login"] if kept and kept["until"] > time.time() else None
