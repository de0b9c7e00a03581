from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from partners import enterprise_numbers
from partners.models import Organisation
from partners.organisations import finding
from portal.forms.fields import NameField, TextField
from portal.forms.service import ServiceForm
from portal.text import clean_name, fold
from portal.validators import validate_organisation_name

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

    name = NameField(
        label=_("Name of the organisation"),
        max_length=200,
        validators=[validate_organisation_name],
        error_messages={"required": _("Enter the name of the organisation.")},
    )
    email = forms.EmailField(
        label=_("E-mail address of the person to invite there"),
        error_messages={"required": _("Enter an e-mail address.")},
    )


class OrganisationInvitationForm(ServiceForm):
    """A registered organisation to ask along, by its number or its name; one chooses among several.

    `by_part`: part of the name is enough. For an organisation that Fedasil has not verified it is not: who is
    registered is not listed to strangers.
    """

    MOST = 10
    wanted = forms.CharField(
        label=_("Name or enterprise number of the organisation"),
        max_length=200,
        error_messages={"required": _("Enter a name or an enterprise number.")},
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Which one do you mean?"),
        widget=forms.RadioSelect,
        empty_label=None,
        required=False,
    )

    def __init__(self, data=None, *, by_part: bool, **kwargs):
        super().__init__(data, **kwargs)
        self.fields["organisation"].optional = False
        found = self.matches(data.get("wanted", "") if data else "", by_part)
        if len(found) > 1:
            self.fields["organisation"].queryset = Organisation.objects.filter(pk__in=[one.pk for one in found])
            self.fields["organisation"].label_from_instance = lambda one: f"{one.name} ({one.number})"
        else:
            del self.fields["organisation"]
        self.found = found

    def matches(self, wanted: str, by_part: bool) -> list[Organisation]:
        wanted = clean_name(wanted)
        if not wanted:
            return []
        try:
            return list(Organisation.objects.filter(enterprise_number=enterprise_numbers.parse(wanted)))
        except ValidationError:
            exact = list(Organisation.objects.filter(plain_name=fold(wanted))[: self.MOST + 1])
            if len(exact) == 1 or not by_part:
                return exact
            return list(finding.named(wanted)[: self.MOST + 1])

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("wanted"):
            return cleaned
        if not self.found:
            self.add_error("wanted", _("It is not registered here. Check the name or number, or invite it by e-mail."))
        elif len(self.found) > self.MOST:
            self.add_error("wanted", _("Many organisations are called so. Write more of the name, or the number."))
        elif len(self.found) == 1:
            cleaned["organisation"] = self.found[0]
        elif not cleaned.get("organisation"):
            self.add_error("organisation", _("Several organisations are called so. Choose one."))
        return cleaned


def invitation_forms(
    posted, meant: type[ServiceForm] | None, *, by_part: bool
) -> tuple[PartyInvitationForm, OrganisationInvitationForm]:
    """The two ways to invite, as one form with the aims: bound are those that are meant, the others keep what is typed.

    `meant` is the one whose button was pressed, None where that was the button of the aims.
    By mail is meant by its button, and by a name and an address where nothing registered is found: what was sought is
    not used then. The other button does not ask for the rest of a name that stands there alone: it was prefilled.
    """
    name, email, wanted = (posted.get(field, "").strip() for field in ("name", "email", "wanted"))
    registered = OrganisationInvitationForm(
        posted if meant is OrganisationInvitationForm or wanted else None, by_part=by_part
    )
    to_mail = meant is PartyInvitationForm or email or (name and meant is None)
    if meant is PartyInvitationForm or (name and email and not registered.found):
        registered = OrganisationInvitationForm(initial={"wanted": wanted}, by_part=by_part)
    if to_mail:
        return PartyInvitationForm(posted), registered
    sought = wanted if registered.is_bound and not registered.found and any(map(str.isalpha, wanted)) else ""
    return PartyInvitationForm(initial={"name": name or sought}), registered


class SightForm(ServiceForm):
    """What a party sees."""

    sees = forms.ChoiceField(
        label=_("Which answers does it see?"),
        choices=[
            ("all", _("all answers")),
            ("own", _("the common sections, and those of its own aims")),
        ],
        widget=forms.RadioSelect,
    )


class ReasonForm(ServiceForm):
    """Why, if one wants to say."""

    reason = TextField(
        label=_("Do you want to say why?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args, hint="", **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = hint


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

    def __init__(self, *args, organisations, taking_part: set[int], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations
        # One that takes part already, as that of who invites, is never meant.
        free = [found for found in organisations if found.pk not in taking_part]
        if len(free) == 1:
            self.initial["organisation"] = free[0].pk
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
        label=_("Code from the e-mail"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "size": "10", "spellcheck": "false"}),
        error_messages={"required": _("Enter the code from the e-mail.")},
    )
