"""What an organisation is asked about itself."""

from django import forms
from django.utils.functional import lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.forms.service import ServiceForm, ServiceModelForm
from portal.text import clean_number

from ... import enterprise_numbers
from ...models import Municipality, Organisation
from ...organisations.municipal_names import usual_name
from ...organisations.municipality_field import MunicipalityField
from ...organisations.services import twins_of

INFORMAL = "informal"


class EnterpriseNumberField(forms.CharField):
    """Takes a number however it is written, gives its ten digits."""

    clean_text = staticmethod(clean_number)

    def __init__(self, **kwargs):
        super().__init__(
            label=_("Enterprise number"),
            help_text=_("Ten digits, for example 0207.451.227. You find it in the Crossroads Bank for Enterprises."),
            max_length=30,
            widget=forms.TextInput(attrs={"size": "20", "autocomplete": "off"}),
            error_messages={"required": _("Enter the enterprise number.")},
            **kwargs,
        )

    def to_python(self, value):
        text = super().to_python(value)
        return enterprise_numbers.parse(text) if text else text


def offered_languages(municipality: Municipality) -> list[tuple[str, str]]:
    """The languages of letters to choose from where the seat is known."""
    return [choice for choice in Organisation.Language.choices if choice[0] in municipality.letter_languages]


class UnregisteredMixin:
    """Keeps the organisation that has the number already, so that the page can offer to join it."""

    duplicate: Organisation | None = None

    def clean_enterprise_number(self):
        number = self.cleaned_data["enterprise_number"]
        self.duplicate = Organisation.objects.filter(enterprise_number=number).first()
        if self.duplicate:
            raise forms.ValidationError(
                _("An organisation with this number is registered already. Choose on this page what to do."),
                code="unique",
            )
        return number


class KindForm(ServiceForm):
    """What kind of organisation it is; an informal group is told what it can do."""

    kind = forms.ChoiceField(
        label=_("What kind of organisation is it?"),
        choices=lazy(
            lambda: [*Organisation.Kind.choices, (INFORMAL, _("a group of people without an enterprise number"))], list
        ),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the kind of organisation.")},
    )


class SeatForm(UnregisteredMixin, ServiceForm):
    """What identifies a municipality or an OCMW/CPAS; the list of municipalities knows the rest."""

    municipality = MunicipalityField(label=_("Which municipality?"))
    enterprise_number = EnterpriseNumberField()


class OrganisationForm(UnregisteredMixin, ServiceModelForm):
    """A new organisation of this kind."""

    enterprise_number = EnterpriseNumberField()
    municipality = MunicipalityField(label=_("Municipality where it has its seat"))

    class Meta:
        model = Organisation
        fields = ["name", "enterprise_number", "municipality", "letter_language"]
        widgets = {"letter_language": forms.RadioSelect}
        labels = {
            "name": _("Name of the organisation"),
            "letter_language": _("In which language do you want letters and agreements?"),
        }
        error_messages = {
            "name": {"required": _("Enter the name of the organisation.")},
            "letter_language": {"required": _("Choose a language.")},
        }

    another = forms.BooleanField(
        label=_("My organisation is another one."),
        required=False,
        error_messages={"required": _("Ask to join the registered organisation, or say that yours is another.")},
    )

    def __init__(self, *args, kind: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.kind = kind
        self.fields["another"].optional = False
        self.twins: list[Organisation] = []
        if (reader := get_language()) in Organisation.Language.values:
            self.initial.setdefault("letter_language", reader)
        self.fields["letter_language"].choices = Organisation.Language.choices

    def clean(self):
        """Who seems to register a local authority a second time is offered the first one before."""
        cleaned = super().clean()
        named = Organisation(kind=self.instance.kind, name=cleaned.get("name", ""))
        named.municipality = cleaned.get("municipality")
        self.twins = list(twins_of(named).exclude(pk=getattr(self.duplicate, "pk", None)))
        if self.twins and not cleaned.get("another"):
            self.add_error("another", self.fields["another"].error_messages["required"])
        return cleaned

    def visible_fields(self):
        """The box is asked only where there is something to say."""
        return [field for field in super().visible_fields() if field.name != "another" or self.twins]


class LocalAuthorityForm(OrganisationForm):
    """The same for a municipality or an OCMW/CPAS: filled in from the list of municipalities, to be confirmed."""

    def __init__(self, *args, kind: str, seat: dict, **kwargs):
        municipality = seat["municipality"]
        initial = {
            "municipality": municipality,
            "enterprise_number": enterprise_numbers.display(seat["enterprise_number"]),
            "name": usual_name(kind, municipality),
            **({"letter_language": municipality.language} if municipality.language else {}),
        }
        super().__init__(*args, kind=kind, initial=initial, **kwargs)
        for field in ("municipality", "enterprise_number"):
            self.fields[field].widget = forms.HiddenInput()
        self.fields["letter_language"].choices = offered_languages(municipality)
        self.fields["name"].help_text = _("Correct it where your organisation calls itself otherwise.")
        if municipality.language:
            # A local authority outside Brussels gets letters in the language of its area.
            del self.fields["letter_language"]
            self.instance.letter_language = municipality.language


class ChangeForm(ServiceModelForm):
    """What may change of a registered organisation; its number and kind stay."""

    municipality = MunicipalityField(label=_("Municipality where it has its seat"))

    class Meta(OrganisationForm.Meta):
        fields = ["name", "municipality", "letter_language"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["letter_language"].choices = offered_languages(self.instance.municipality)
        self.fields["municipality"].offer(kept=self.instance.municipality)
        if self.instance.is_local_authority:
            del self.fields["municipality"]
            if self.instance.municipality.language:
                del self.fields["letter_language"]


class SigningRuleForm(ServiceModelForm):
    """Who signs for the organisation: one signatory or two."""

    class Meta:
        model = Organisation
        fields = ["signs_first", "signs_second"]
