"""What an organisation is asked about itself and its people."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.forms import ServiceForm, ServiceModelForm

from . import enterprise_numbers
from .models import Capacity, Municipality, Organisation


class EnterpriseNumberField(forms.CharField):
    """Takes a number however it is written, gives its ten digits."""

    def to_python(self, value):
        text = super().to_python(value)
        return enterprise_numbers.parse(text) if text else text


class OrganisationForm(ServiceModelForm):
    """A new organisation."""

    enterprise_number = EnterpriseNumberField(
        label=_("Enterprise number"),
        help_text=_("Ten digits, for example 0207.451.227. You find it in the Crossroads Bank for Enterprises."),
        max_length=30,
        widget=forms.TextInput(attrs={"size": "20", "autocomplete": "off"}),
        error_messages={
            "required": _("Enter the enterprise number."),
            "unique": _(
                "An organisation with this number is registered already. Ask your colleague there to invite you."
            ),
        },
    )

    class Meta:
        model = Organisation
        fields = ["name", "kind", "enterprise_number", "municipality", "letter_language"]
        widgets = {"kind": forms.RadioSelect, "letter_language": forms.RadioSelect}
        labels = {
            "name": _("Name of the organisation"),
            "kind": _("What kind of organisation is it?"),
            "municipality": _("Municipality where it has its seat"),
            "letter_language": _("In which language do you want letters and agreements?"),
        }
        help_texts = {
            "letter_language": _("A local authority gets them in the language of its area; in Brussels it chooses."),
        }
        error_messages = {
            "name": {"required": _("Enter the name of the organisation.")},
            "kind": {"required": _("Choose the kind of organisation.")},
            "municipality": {"required": _("Choose a municipality.")},
            "letter_language": {"required": _("Choose a language.")},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = Organisation.Kind.choices
        self.fields["letter_language"].choices = Organisation.Language.choices
        self.fields["municipality"].queryset = Municipality.objects.offered()
        self.fields["municipality"].empty_label = _("Choose a municipality")


class SigningRuleForm(ServiceModelForm):
    """Who signs for the organisation: one signatory or two."""

    class Meta:
        model = Organisation
        fields = ["signs_first", "signs_second"]


class InvitationForm(ServiceForm):
    """A colleague, and what he or she may do."""

    email = forms.EmailField(
        label=_("E-mail address of your colleague"), error_messages={"required": _("Enter an e-mail address.")}
    )
    roles = forms.MultipleChoiceField(
        label=_("What may your colleague do?"),
        choices=[
            ("manager", _("manage the organisation and its people")),
            ("contributor", _("work on applications")),
            ("viewer", _("read applications")),
        ],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    capacity = forms.ChoiceField(label=_("Does your colleague sign for the organisation?"), required=False)

    def __init__(self, *args, organisation: Organisation, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["capacity"].choices = capacity_choices(organisation)

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("roles") and not cleaned.get("capacity"):
            self.add_error("roles", _("Choose at least one role, or a capacity in which your colleague signs."))
        return cleaned

    @property
    def roles_given(self) -> dict:
        """The chosen roles as `organisations.invite` takes them."""
        return {
            **dict.fromkeys(self.cleaned_data["roles"], True),
            "capacity": self.cleaned_data["capacity"],
        }


class CapacityForm(ServiceForm):
    """In which capacity the person signs, if at all."""

    capacity = forms.ChoiceField(label=_("In which capacity do you sign?"), required=False)

    def __init__(self, *args, organisation: Organisation, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["capacity"].choices = capacity_choices(organisation)
        self.fields["capacity"].optional = False


def capacity_choices(organisation: Organisation) -> list[tuple[str, str]]:
    """Not signing, or one of the capacities of the organisation's rule."""
    return [("", _("does not sign")), *[(code, Capacity(code).label) for code in organisation.capacities]]
