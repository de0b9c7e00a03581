"""Proving an address by a mailed code: how one signs in, makes an account, or links a sign-in from elsewhere.

A request does the same work and gives the same answer whether the address has an account or not; only the mail differs.
An account is made when its address is proved, not before.
"""

from datetime import datetime

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.internal.flows.signup import complete_signup
from allauth.account.models import Login
from allauth.core import ratelimit
from allauth.socialaccount.models import SocialLogin
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language

from .. import clock
from ..models import User
from ..text import clean_address
from . import email_code, known_browsers
from .email_address import owner_of, set_proved
from .email_code import Purpose

SESSION_KEY = "address_proof"
ATTEMPTS = 3


def may_ask(request, email: str) -> bool:
    """False once this network asked for too many codes; a browser that the account knows may always ask."""
    return is_known_browser(request, email) or bool(ratelimit.consume(request, action="request_login_code"))


def is_known_browser(request, email: str) -> bool:
    """Whether this account was used from this browser before; asks the database only for who has the cookie."""
    if not known_browsers.marks(request):
        return False
    owner = owner_of(email)
    return owner is not None and known_browsers.is_known(request, owner)


class AddressProof:
    """A browser that waits for the code mailed to its address, kept in the session: at most three tries in a row."""

    def __init__(self, request, state: dict):
        self.request, self.state = request, state

    @classmethod
    def resume(cls, request) -> "AddressProof | None":
        state = request.session.get(SESSION_KEY)
        return cls(request, state) if state and clock.now() < datetime.fromisoformat(state["until"]) else None

    def persist(self) -> None:
        self.request.session[SESSION_KEY] = self.state

    def abort(self) -> None:
        self.request.session.pop(SESSION_KEY, None)

    @property
    def purpose(self) -> Purpose:
        if self.state["identity"]:
            return Purpose.LINK
        return Purpose.SIGN_IN if self.state["newcomer"] is None else Purpose.SIGN_UP

    def send(self) -> None:
        """Have a code mailed to whom it helps, unless one is fresh.

        Others get a mail without one, and no code opens this. TooManyMails where the address got too many.
        """
        email = self.state["email"]
        known = owner_of(email) is not None
        self.state["known_browser"] = is_known_browser(self.request, email)
        row = email_code.send(
            email,
            self.purpose,
            lambda code, ends_at: self.write(known, code, ends_at),
            known_browser=self.state["known_browser"],
            with_code=self.purpose == Purpose.LINK or known is (self.purpose == Purpose.SIGN_IN),
        )
        self.state["until"] = row.ends_at.isoformat()

    def write(self, known: bool, code: str, ends_at: datetime) -> None:
        """Queue the mail that helps this address."""
        if self.purpose == Purpose.LINK or known is (self.purpose == Purpose.SIGN_IN):
            template, context = "account/email/login_code", {"code": code, "ends_at": ends_at}
        elif known:
            template, context = "account/email/account_already_exists", {"login_url": self.way_on("account_login")}
        else:
            template, context = "account/email/unknown_account", {"signup_url": self.way_on("account_signup")}
        ceiling = email_code.ceiling_of(self.purpose, self.state["known_browser"])
        get_adapter().send_mail(template, self.state["email"], {**context, "ceiling": ceiling})

    def may_try(self) -> bool:
        """False for a network that typed many wrong codes for this address, but not in a browser that it knows."""
        return self.state["known_browser"] or email_code.is_heard(self.request, self.state["email"])

    def accepts(self, code: str) -> bool:
        """Use up the code, if it is right."""
        state = self.state
        if email_code.spend(state["email"], self.purpose, code, known_browser=state["known_browser"]):
            return True
        email_code.count_wrong(self.request, state["email"])
        state["tries"] += 1
        return False

    @property
    def is_over(self) -> bool:
        """After three wrong codes in a row one begins anew."""
        return self.state["tries"] >= ATTEMPTS

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
    """Send a code and lead to where it is typed; TooManyMails where the address got too many.

    `newcomer`: the names of who asks for an account. `identity`: a serialised SocialLogin to link; it asks for one too.
    """
    proof = AddressProof(
        request,
        {"email": clean_address(email), "tries": 0, "next": next_url, "newcomer": newcomer, "identity": identity},
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
