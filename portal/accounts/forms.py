"""Forms for signing in and for one's account: allauth's, with our labels and manners, and our own."""

from allauth.account import forms as account_forms
from allauth.account.adapter import get_adapter
from allauth.account.utils import get_next_redirect_url
from allauth.core import context
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa import app_settings as mfa_settings
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import forms as recovery_forms
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as webauthn_forms
from django import forms
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from ..forms.fields import NameField
from ..forms.service import ServiceFormMixin, ServiceModelForm
from ..models import User
from ..validators import PERSON_NAME
from . import email_code, email_proof, oidc

ABOUT_CODE = _("We send a code to this address. You need no password.")


class CodeMixin(ServiceFormMixin):
    """A form with one code to type."""

    code_label = _("Code from the e-mail")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].label = self.code_label
        self.fields["code"].widget.attrs.update(
            {"autocomplete": "one-time-code", "size": "10", "autocapitalize": "characters", "spellcheck": "false"}
        )


class AddressMixin(ServiceFormMixin):
    """A form that asks for an address and mails to it, whether there is an account or not."""

    address_field = "email"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields[self.address_field]
        field.label, field.help_text = _("E-mail address"), ABOUT_CODE
        field.widget.attrs["autocomplete"] = "email"

    def clean(self):
        cleaned = forms.Form.clean(self)
        if not self.errors and not email_proof.may_ask(context.request, cleaned[self.address_field]):
            raise get_adapter().validation_error("too_many_login_attempts")
        return cleaned


class SignInForm(AddressMixin, account_forms.LoginForm):
    address_field = "login"

    def login(self, request, redirect_url=None):
        return email_proof.begin(request, self.cleaned_data["login"], next_url=redirect_url)


class SignUpForm(AddressMixin, account_forms.SignupForm):
    first_name = NameField(
        label=_("First name"), validators=PERSON_NAME, widget=forms.TextInput(attrs={"autocomplete": "given-name"})
    )
    last_name = NameField(
        label=_("Last name"), validators=PERSON_NAME, widget=forms.TextInput(attrs={"autocomplete": "family-name"})
    )
    field_order = ["first_name", "last_name", "email"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if pending := oidc.pending(context.request):
            for name in ("first_name", "last_name"):
                self.fields[name].initial = pending["user"].get(name)

    def validate_unique_email(self, value: str) -> str:
        """Whether there is an account is nobody's business here."""
        return value

    def try_save(self, request):
        """No account yet: it is made when the address is proved."""
        response = email_proof.begin(
            request,
            self.cleaned_data["email"],
            next_url=get_next_redirect_url(request),
            newcomer={name: self.cleaned_data[name] for name in ("first_name", "last_name")},
            identity=oidc.pending(request),
        )
        return None, response


class EnterCodeForm(CodeMixin, account_forms.BaseConfirmCodeForm):
    """The mailed code, which is used up by a valid form."""

    def __init__(self, *args, proof: email_proof.AddressProof, **kwargs):
        self.proof = proof
        super().__init__(*args, **kwargs)

    def clean_code(self) -> str:
        code = self.cleaned_data["code"]
        if not self.proof.may_try():
            raise forms.ValidationError(email_code.TOO_MANY_WRONG)
        if not self.proof.accepts(code):
            raise get_adapter().validation_error("incorrect_code")
        return code


class SecondStepCodeMixin(CodeMixin):
    """Takes a code of an authenticator app once.

    allauth remembers a used code for one period only; with MFA_TOTP_TOLERANCE it is valid for longer.
    """

    def clean_code(self) -> str:
        code = super().clean_code()
        if self.authenticator.type == Authenticator.Type.TOTP:
            key = f"used-totp:{self.user.pk}:{normalize_user_code(code)}"
            periods = 2 * mfa_settings.TOTP_TOLERANCE + 1
            if not cache.add(key, True, timeout=periods * mfa_settings.TOTP_PERIOD):
                raise get_mfa_adapter().validation_error("incorrect_code")
        return code


class AuthenticateForm(SecondStepCodeMixin, mfa_forms.AuthenticateForm):
    code_label = _("Code from your authenticator app, or a recovery code")


class ReauthenticateForm(SecondStepCodeMixin, mfa_forms.ReauthenticateForm):
    code_label = AuthenticateForm.code_label


class ActivateTOTPForm(CodeMixin, totp_forms.ActivateTOTPForm):
    code_label = _("Code from your authenticator app")


class DeactivateTOTPForm(ServiceFormMixin, totp_forms.DeactivateTOTPForm):
    """Nothing to fill in; says why where the last second step has to stay."""


class GenerateRecoveryCodesForm(ServiceFormMixin, recovery_forms.GenerateRecoveryCodesForm):
    """Nothing to fill in."""


class PasskeyNameMixin(ServiceFormMixin):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of the passkey")
        self.fields["name"].help_text = _("So that you know later which one it is, for example “Work laptop”.")
        self.fields["name"].max_length = 60
        self.fields["name"].optional = False
        self.fields["name"].widget.attrs.update({"maxlength": "60", "autocomplete": "off"})


class AddPasskeyForm(PasskeyNameMixin, webauthn_forms.AddWebAuthnForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].label = _("Sign in with this passkey alone, without a mailed code")
        self.fields["passwordless"].help_text = _(
            "Your device then asks for your fingerprint, your face or its own code. Untick this for a security key "
            "that cannot do so: you then use it after the mailed code."
        )
        self.fields["passwordless"].initial = True


class RenamePasskeyForm(PasskeyNameMixin, webauthn_forms.EditWebAuthnForm):
    """Another name for a passkey."""


class AboutMeForm(ServiceModelForm):
    """What a person may change of the account."""

    class Meta:
        model = User
        fields = ["first_name", "last_name", "language"]
        labels = {"first_name": _("First name"), "last_name": _("Last name"), "language": _("Language of e-mails")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, hint in (("first_name", "given-name"), ("last_name", "family-name")):
            self.fields[name].required, self.fields[name].optional = True, False
            self.fields[name].widget.attrs["autocomplete"] = hint
