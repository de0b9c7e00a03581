"""Public forms without an account: what keeps simple machines out, with no puzzle for people and no third party.

A field that people do not see, a signed time that tells how long the form was open, few web addresses in a text, and a
number of posts per network address and hour. Each refusal is a sentence at the form; nothing typed is lost.
"""

import re
from datetime import datetime, timedelta

from allauth.core import ratelimit
from django import forms
from django.conf import settings
from django.core import signing
from django.utils.translation import gettext_lazy as _

from . import clock
from .forms import ServiceFormMixin

SALT = "public-form"
LONGEST = timedelta(hours=24)
MOST_LINKS = 2
LINK = re.compile(r"https?://|www\.", re.IGNORECASE)


def stamp() -> str:
    """A signed note of this moment, for the form to carry."""
    return signing.dumps(clock.now().isoformat(), salt=SALT)


class PublicFormMixin(ServiceFormMixin):
    """A form that anyone may post. Give it the request: it counts posts per network address."""

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
            self.refuse(_("A field that has to stay empty was filled in, as programs do. Write us a mail instead."))
        elif not self.time_is_human(cleaned.pop("opened")):
            self.refuse(_("This was sent very fast, or the page stood open for a day. Please send it once more."))
        elif any(len(LINK.findall(value)) > MOST_LINKS for value in cleaned.values() if isinstance(value, str)):
            self.refuse(_("Write at most two web addresses in a text."))
        elif not ratelimit.consume(self.request, action="public_form"):
            self.refuse(
                _("Your network sent this form too often in an hour. Wait an hour, or write us a mail: we answer too.")
            )
        return cleaned

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


class PublicForm(PublicFormMixin, forms.Form):
    """A plain form for anyone."""


class PublicModelForm(PublicFormMixin, forms.ModelForm):
    """A model's form for anyone."""
