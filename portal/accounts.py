"""Sign-in by mailed code: allauth's forms with our labels and manners."""

from allauth.account import forms as account_forms
from allauth.account.models import EmailAddress
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.totp import forms as totp_forms
from django import forms
from django.utils.translation import gettext_lazy as _

from .forms import ServiceFormMixin


def _code_field(form, label) -> None:
    form.fields["code"].label = label
    form.fields["code"].widget.attrs.update(
        {"autocomplete": "one-time-code", "size": "10", "autocapitalize": "characters", "spellcheck": "false"}
    )


class SignInForm(ServiceFormMixin, account_forms.LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mail address")
        self.fields["login"].help_text = _("We send a code to this address. You need no password.")
        self.fields["login"].widget.attrs["autocomplete"] = "email"

    def clean(self):
        """Accounts that an administrator made have no address row yet: the code that is now mailed proves it."""
        cleaned = super().clean()
        if user := getattr(self, "user", None):
            EmailAddress.objects.get_or_create(user=user, email=user.email, defaults={"primary": True})
        return cleaned


class SignUpForm(ServiceFormMixin, account_forms.SignupForm):
    first_name = forms.CharField(
        label=_("First name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "given-name"})
    )
    last_name = forms.CharField(
        label=_("Last name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "family-name"})
    )
    field_order = ["first_name", "last_name", "email"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail address")
        self.fields["email"].help_text = _("We send a code to this address. You need no password.")
        self.fields["email"].widget.attrs["autocomplete"] = "email"


class ConfirmLoginCodeForm(ServiceFormMixin, account_forms.ConfirmLoginCodeForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _code_field(self, _("Code from the mail"))


class ConfirmEmailCodeForm(ServiceFormMixin, account_forms.ConfirmEmailVerificationCodeForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _code_field(self, _("Code from the mail"))


class AuthenticateForm(ServiceFormMixin, mfa_forms.AuthenticateForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _code_field(self, _("Code from your authenticator app"))


class ActivateTOTPForm(ServiceFormMixin, totp_forms.ActivateTOTPForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _code_field(self, _("Code from your authenticator app"))
