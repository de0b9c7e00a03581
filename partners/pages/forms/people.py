"""What is asked about the people of an organisation."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.files.form_fields import IncomingFileField
from portal.files.validation import PDF_OR_IMAGE, largest
from portal.forms.fields import DayInput, TextField
from portal.forms.service import ServiceForm

from ...models import Capacity, Membership, Organisation

ROLE_CHOICES = [
    (
        "manager",
        _("manage the organisation: change its data, invite colleagues, say who signs, and work on applications"),
    ),
    (
        "contributor",
        _("work on applications: answer the questions, add attachments and, in the lead organisation, submit"),
    ),
    ("viewer", _("read applications, and change nothing: enough for those who only sign")),
]


class RolesForm(ServiceForm):
    """What someone may do, and in which capacity he or she signs; `chosen` gives it as the verbs take it."""

    roles = forms.MultipleChoiceField(
        label=_("What may this person do?"), choices=ROLE_CHOICES, required=False, widget=forms.CheckboxSelectMultiple
    )
    capacity = forms.ChoiceField(label=_("Does this person sign for the organisation?"), required=False)

    def __init__(self, *args, organisation: Organisation, **kwargs):
        super().__init__(*args, **kwargs)
        held = self.initial.get("capacity", "")
        self.fields["capacity"].choices = capacity_choices(organisation, held)
        for field in ("roles", "capacity"):
            self.fields[field].optional = False

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("roles") and not cleaned.get("capacity"):
            self.add_error("roles", _("Choose at least one role, or a capacity in which this person signs."))
        return cleaned

    @property
    def chosen(self) -> dict:
        given = self.cleaned_data["roles"]
        return {**{role: role in given for role, _label in ROLE_CHOICES}, "capacity": self.cleaned_data["capacity"]}


class InvitationForm(RolesForm):
    """A colleague, and what he or she may do."""

    email = forms.EmailField(
        label=_("E-mail address of your colleague"),
        error_messages={"required": _("Enter an e-mail address.")},
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    field_order = ["email", "roles", "capacity"]


class PersonForm(RolesForm):
    """The roles of someone who works here, with the paper that shows the capacity."""

    paper = IncomingFileField(label=_("Paper that shows the capacity"), required=False, accepted=PDF_OR_IMAGE)

    def __init__(self, *args, membership: Membership, capacity: str, **kwargs):
        roles = [role for role, _label in ROLE_CHOICES if getattr(membership, role)]
        super().__init__(
            *args,
            organisation=membership.organisation,
            initial={"roles": roles, "capacity": capacity},
            **kwargs,
        )
        self.fields["paper"].help_text = _(
            "For example an extract of the council’s decision. PDF, JPEG or PNG, at most %(size)s."
        ) % {"size": largest()}


class JoinRequestForm(ServiceForm):
    """A word to the managers of the organisation that one wants to join."""

    message = forms.CharField(
        label=_("A word to them"),
        help_text=_("For example who you are and for which service you work."),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ClaimForm(ServiceForm):
    """Why someone says that a registered number is theirs."""

    message = TextField(
        label=_("What is your side?"),
        help_text=_("Who are you, for which organisation do you work, and how can Fedasil reach it?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write what Fedasil has to know.")},
    )


class LeaveForm(ServiceForm):
    """Who manages the organisation next, where the last manager leaves."""

    successor = forms.ModelChoiceField(
        Membership.objects.none(),
        label=_("Who becomes manager in your place?"),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": _("Choose who manages the organisation after you.")},
    )

    def __init__(self, *args, membership: Membership, **kwargs):
        super().__init__(*args, **kwargs)
        others = colleagues(membership)
        if membership.manager and not others.filter(manager=True).exists():
            self.fields["successor"].queryset = others
            self.fields["successor"].label_from_instance = lambda found: str(found.user)
        else:
            del self.fields["successor"]


class AbsenceForm(ServiceForm):
    """When someone is away, and who stands in."""

    first_day = forms.DateField(
        label=_("First day away"),
        widget=DayInput(),
        error_messages={"required": _("Enter the first day.")},
    )
    last_day = forms.DateField(
        label=_("Last day away"),
        widget=DayInput(),
        error_messages={"required": _("Enter the last day.")},
    )
    deputy = forms.ModelChoiceField(
        Membership.objects.none(),
        label=_("Who stands in for you?"),
        help_text=_("Your deputy manages and works on applications in your place. Nobody signs in your place."),
        required=False,
        empty_label=_("nobody"),
    )

    def __init__(self, *args, membership: Membership, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["deputy"].queryset = colleagues(membership)
        self.fields["deputy"].label_from_instance = lambda found: str(found.user)

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("The last day cannot come before the first."))
        return cleaned


class SignatoriesForm(ServiceForm):
    """Who still signs for the organisation; `staying` holds the primary keys of their memberships."""

    staying = forms.ModelMultipleChoiceField(
        Membership.objects.none(),
        label=_("Who still signs for the organisation?"),
        help_text=_("Take away the tick of those who no longer do. They keep their other roles."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, organisation: Organisation, **kwargs):
        signatories = organisation.memberships.exclude(capacity="").select_related("user").order_by("pk")
        super().__init__(*args, initial={"staying": [found.pk for found in signatories]}, **kwargs)
        self.fields["staying"].queryset = signatories
        self.fields["staying"].optional = False
        self.fields["staying"].label_from_instance = lambda found: f"{found.user}, {found.get_capacity_display()}"


class SwitchForm(ServiceForm):
    """For which of one's organisations one works now."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("For which organisation do you work now?"),
        to_field_name="uuid",
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": _("Choose an organisation.")},
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = Organisation.objects.filter(memberships__user=user)


def colleagues(membership: Membership):
    """The others of the organisation whose account works."""
    others = Membership.objects.filter(organisation=membership.organisation_id, user__is_active=True)
    return others.exclude(pk=membership.pk).select_related("user").order_by("pk")


def capacity_choices(organisation: Organisation, held: str = "") -> list[tuple[str, str]]:
    """Not signing, one of the capacities of the organisation's rule, or the one that the person has from before."""
    codes = [*organisation.capacities, *([Capacity(held)] if held and held not in organisation.capacities else [])]
    return [("", _("does not sign")), *[(code, Capacity(code).label) for code in codes]]
