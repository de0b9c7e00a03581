"""Public forms without an account: what keeps simple machines out, with no puzzle for people and no third party.

A field that people do not see, a signed time that tells how long the form was open, few web addresses in a text, and a
number of posts of each form per network address and hour. Above that number (a town hall on the day of a session) the
form is taken once the address in it is proved by a mailed code. Each refusal is a sentence at the form; nothing typed
is lost.
"""

import re
import uuid
from datetime import datetime, timedelta

from allauth.core import ratelimit
from django import forms
from django.conf import settings
from django.core import signing
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from . import clock
from .accounts import email_code
from .accounts.email_code import Purpose
from .forms.service import ServiceFormMixin
from .mail import outbox
from .mail.ceilings import TooManyMails

SALT = "public-form"
LONGEST = timedelta(hours=24)
MOST_LINKS = 2
TOO_OFTEN = _("Your network sent this form too often in an hour. Wait an hour, or write us an e-mail: we answer too.")
ASKED = _(
    "This form was sent often from your network. So that we know that it comes from you, we mailed a code to "
    "%(email)s. Type it here and send the form once more."
)
WRONG_CODE = _("This code is not right. Type the code of the latest e-mail to %(email)s.")
LINK = re.compile(r"https?://|www\.", re.IGNORECASE)


def stamp() -> str:
    """A signed note of this moment, for the form to carry."""
    return signing.dumps(clock.now().isoformat(), salt=SALT)


class PublicFormMixin(ServiceFormMixin):
    """A form that anyone may post. Give it the request: it counts posts per network address.

    `limit`: its number in an hour, a name in ACCOUNT_RATE_LIMITS. `email_to_prove`: the field with the address to which
    a code goes above that number; empty where the form is refused then.
    """

    limit: str
    email_to_prove = "email"

    def __init__(self, *args, request, **kwargs):
        self.request = request
        super().__init__(*args, **kwargs)
        self.fields["website"] = forms.CharField(
            label=_("Leave this field empty"),
            required=False,
            widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
        )
        # Not shown: service.css.
        self.fields["website"].is_trap = True
        self.fields["opened"] = forms.CharField(required=False, widget=forms.HiddenInput, initial=stamp)

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        if cleaned.pop("website"):
            self.refuse(_("A field that has to stay empty was filled in, as programs do. Write us an e-mail instead."))
        elif not self.time_is_human(cleaned.pop("opened")):
            self.refuse(_("This was sent very fast, or the page stood open for a day. Please send it once more."))
        elif any(len(LINK.findall(value)) > MOST_LINKS for value in cleaned.values() if isinstance(value, str)):
            self.refuse(_("Write at most two web addresses in a text."))
        elif not ratelimit.consume(self.request, action=self.limit):
            if self.email_to_prove:
                self.prove(cleaned[self.email_to_prove].lower())
            else:
                self.refuse(TOO_OFTEN)
        return cleaned

    def prove(self, address: str) -> None:
        """Take the form with the right code only; without it, mail one and ask for it."""
        self.fields["code"] = CodeField()
        code = self.data.get(self.add_prefix("code"), "").strip()
        if code and not email_code.is_heard(self.request, address):
            self.add_error("code", email_code.TOO_MANY_WRONG)
        elif code and email_code.spend(address, Purpose.FORM, code):
            return
        elif not ratelimit.consume(self.request, action="form_code"):
            self.refuse(TOO_OFTEN)
        else:
            if code:
                email_code.count_wrong(self.request, address)
            self.mail_code(address, typed=bool(code))

    def mail_code(self, address: str, *, typed: bool) -> None:
        try:
            email_code.send(address, Purpose.FORM, lambda code, ends_at: write_code(address, code, ends_at))
        except TooManyMails as refusal:
            self.refuse(" ".join(refusal.messages))
        else:
            # The address may have been changed since the last code: what was typed is not right for this one.
            asked = WRONG_CODE if typed else ASKED
            self.add_error("code", asked % {"email": address})

    def refuse(self, message) -> None:
        """Say why, and let the next try count from now."""
        self.add_error(None, message)
        self.data = self.data.copy()
        self.data[self.add_prefix("opened")] = stamp()

    @staticmethod
    def time_is_human(note: str) -> bool:
        try:
            opened = datetime.fromisoformat(signing.loads(note, salt=SALT))
        except (signing.BadSignature, ValueError, TypeError):
            return False
        return timedelta(seconds=settings.PUBLIC_FORM_SECONDS) <= clock.now() - opened <= LONGEST


class CodeField(forms.CharField):
    """The code of the mail; shown only where it is asked for."""

    optional = False

    def __init__(self):
        attrs = {"autocomplete": "one-time-code", "size": "10", "autocapitalize": "characters", "spellcheck": "false"}
        super().__init__(label=_("Code from the e-mail"), required=False, widget=forms.TextInput(attrs=attrs))


def write_code(address: str, code: str, ends_at: datetime) -> None:
    """Queue the mail with the code, in the language of the page."""
    outbox.queue(
        key=f"form-code:{uuid.uuid4()}",
        to=address,
        language=get_language() or "nl",
        template="portal/form_code",
        context={"code": code, "ends_at": ends_at},
        sensitive=True,
        expires_at=ends_at,
        ceiling=email_code.ceiling_of(Purpose.FORM, known_browser=False),
    )


class PublicForm(PublicFormMixin, forms.Form):
    """A plain form for anyone."""


class PublicModelForm(PublicFormMixin, forms.ModelForm):
    """A model's form for anyone."""
