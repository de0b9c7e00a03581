from django import forms
from django.utils.translation import gettext_lazy as _

from partners.models import Organisation
from portal.forms import ServiceForm

AIM_CHOICES = [
    ("stay", _("a lasting stay: the home, for at least 12 months")),
    ("guidance", _("fitting guidance for a year")),
]


class AimsField(forms.MultipleChoiceField):
    """The aims that a party takes on beside working together; none is possible."""

    def __init__(self, **kwargs):
        super().__init__(choices=AIM_CHOICES, required=False, widget=forms.CheckboxSelectMultiple, **kwargs)


class AimsForm(ServiceForm):
    """Aims of one party; `chosen` gives them as the verbs take them."""

    aims = AimsField(label=_("Which aims does it take on?"), help_text=_("Working together is for every party."))

    def __init__(self, *args, party=None, **kwargs):
        if party is not None:
            initial = {"aims": [aim for aim, _label in AIM_CHOICES if getattr(party, aim)]}
            kwargs = {"initial": initial, "prefix": f"party-{party.pk}", **kwargs}
        super().__init__(*args, **kwargs)
        self.fields["aims"].optional = False
        if party is not None:
            self.fields["aims"].label = _("Which aims does %(name)s take on?") % {"name": party.name}

    @property
    def chosen(self) -> dict[str, bool]:
        return {aim: aim in self.cleaned_data["aims"] for aim, _label in AIM_CHOICES}


class PartyInvitationForm(ServiceForm):
    """An organisation to ask along."""

    name = forms.CharField(
        label=_("Name of the organisation"),
        max_length=200,
        error_messages={"required": _("Enter the name of the organisation.")},
    )
    email = forms.EmailField(
        label=_("E-mail address of the person to invite there"),
        error_messages={"required": _("Enter an e-mail address.")},
    )


class JoinForm(AimsForm):
    """With which organisation, and which aims, the invited person takes part."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("With which organisation do you take part?"),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": _("Choose your organisation.")},
    )
    field_order = ["organisation", "aims"]

    def __init__(self, *args, organisations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations
        self.fields["aims"].label = _("Which aims does your organisation take on?")


class BeginForm(ServiceForm):
    """Which organisation leads."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Which organisation leads the application?"),
        help_text=_("You can invite other organisations afterwards."),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": _("Choose an organisation.")},
    )

    def __init__(self, *args, organisations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations


class CodeForm(ServiceForm):
    """The code that was mailed for a signature."""

    code = forms.CharField(
        label=_("Code from the mail"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "size": "10", "spellcheck": "false"}),
        error_messages={"required": _("Enter the code from the mail.")},
    )
