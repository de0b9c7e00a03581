"""Proving an address by a mailed code: how one signs in, makes an account, or links a sign-in from elsewhere.

A request does the same work and gives the same answer whether the address has an account or not; only the mail differs.
An account is made when its address is proved, not before.
"""

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.code_verification import AbstractCodeVerificationProcess
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.internal.flows.signup import complete_signup
from allauth.account.models import Login
from allauth.core import ratelimit
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language

from .addresses import owner_of, set_proved
from .models import User

SESSION_KEY = "address_proof"
ATTEMPTS = 3


def may_ask(request, email: str) -> bool:
    """False once this address or this network asked for too many codes."""
    return bool(ratelimit.consume(request, action="request_login_code", key=email.lower()))


class AddressProof(AbstractCodeVerificationProcess):
    """One code on its way, kept in the session: at most three tries, ten minutes, one use."""

    def __init__(self, request, state: dict):
        self.request = request
        super().__init__(max_attempts=ATTEMPTS, timeout=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT, state=state)

    @classmethod
    def resume(cls, request) -> "AddressProof | None":
        state = request.session.get(SESSION_KEY)
        return cls(request, state).abort_if_invalid() if state else None

    def persist(self) -> None:
        self.request.session[SESSION_KEY] = self.state

    def abort(self) -> None:
        self.request.session.pop(SESSION_KEY, None)

    @transaction.atomic
    def send(self) -> None:
        """Mail the code to whom it helps. Others get a mail without one, and no code opens this."""
        adapter, email = get_adapter(), self.state["email"]
        known, code = owner_of(email) is not None, adapter.generate_login_code()
        newcomer, identity = self.state["newcomer"], self.state["identity"]
        if identity or known is (newcomer is None):
            self.state["code"] = code
            adapter.send_mail("account/email/login_code", email, {"code": code})
        elif known:
            link = self.way_on("account_login")
            adapter.send_mail("account/email/account_already_exists", email, {"login_url": link})
        else:
            link = self.way_on("account_signup")
            adapter.send_mail("account/email/unknown_account", email, {"signup_url": link})

    def way_on(self, name: str) -> str:
        """The address for a mail, which leads on to where this sign-in would have led."""
        query = {REDIRECT_FIELD_NAME: self.state["next"]} if self.state["next"] else None
        return self.request.build_absolute_uri(reverse(name, query=query))

    def finish(self):
        """The code was right: sign in, with an account made where there was none.

        A sign-in from elsewhere is linked only once the second step is done too (AccountAdapter.post_login).
        """
        self.abort()
        email, identity = self.state["email"], self.state["identity"]
        more = {"redirect_url": self.state["next"]}
        if identity:
            more["signal_kwargs"] = {"sociallogin": SocialLogin.deserialize(identity)}
        user = owner_of(email)
        is_new = user is None
        if is_new:
            user = make_account(email, self.state["newcomer"])
        set_proved(user)
        record_authentication(self.request, user, method="code", email=email)
        if is_new:
            return complete_signup(self.request, user=user, **more)
        return perform_login(self.request, Login(user=user, email=email, **more))


def begin(request, email: str, *, next_url: str | None = None, newcomer: dict | None = None, identity=None):
    """Send a code and lead to where it is typed.

    `newcomer`: the names of who asks for an account. `identity`: a serialised SocialLogin to link; it asks for one too.
    """
    proof = AddressProof(
        request,
        {
            **AddressProof.initial_state(user=None, email=email.lower()),
            "next": next_url,
            "newcomer": newcomer,
            "identity": identity,
        },
    )
    proof.send()
    proof.persist()
    return redirect("account_confirm_login_code")


def make_account(email: str, names: dict) -> User:
    """A new person, in the language of the page; the other one's where two asked at the same moment."""
    try:
        with transaction.atomic():
            return User.objects.create_user(email, language=get_language() or "nl", **names)
    except (IntegrityError, ValidationError):
        return owner_of(email)
