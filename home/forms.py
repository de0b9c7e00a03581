"""What readers are asked."""

from datetime import date, timedelta

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from partners.models import Interest, InterestMoment
from partners.organisations.municipality_field import MunicipalityField
from portal import clock
from portal.forms.fields import DateField
from portal.public_forms import PublicForm, PublicModelForm

from .models import Registration


class RegistrationForm(PublicModelForm):
    """Someone who wants to come to an information session."""

    limit = "registration_form"

    class Meta:
        model = Registration
        fields = ["name", "organisation", "email", "needs"]
        labels = {
            "name": _("Your name"),
            "organisation": _("Your organisation"),
            "email": _("Your e-mail address"),
            "needs": _("Do you need something to take part?"),
        }
        help_texts = {
            "email": _("We mail you a confirmation, and a reminder the day before."),
            "needs": _("For example a sign language interpreter, or a place for a wheelchair."),
        }
        error_messages = {
            "name": {"required": _("Write your name.")},
            "email": {"required": _("Write your e-mail address.")},
        }
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "organisation": forms.TextInput(attrs={"autocomplete": "organization"}),
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
            "needs": forms.Textarea(attrs={"rows": 3}),
        }


PARTS = InterestMoment.Part.choices
FIRST_MOMENT = _("When may we call you? First choice")
MOMENTS_HELP = _("A working day from tomorrow on, in Belgian time. Someone from the team confirms the moment.")
MOMENTS_WITHIN = timedelta(days=92)


def refused_day(day: date) -> str:
    """Why the team cannot call on this day; empty where it can."""
    today = clock.today()
    if day <= today:
        return gettext("Choose a day from tomorrow on.")
    if day > today + MOMENTS_WITHIN:
        return gettext("Choose a day within three months.")
    return gettext("Choose a day from Monday to Friday.") if day.isoweekday() > 5 else ""


class InterestForm(PublicModelForm):
    """Five minutes: who is interested, and how to reach them."""

    limit = "interest_form"

    class Meta:
        model = Interest
        fields = ["name", "kind", "municipality", "contact_name", "email", "phone", "persons", "message"]
        labels = {
            "name": _("Your organisation, or what you call your group"),
            "kind": _("What kind of organisation are you?"),
            "municipality": _("In which municipality?"),
            "contact_name": _("Your name"),
            "email": _("Your e-mail address"),
            "phone": _("Your telephone number"),
            "persons": _("How many people could you house?"),
            "message": _("What do you want to tell or ask us?"),
        }
        help_texts = {
            "persons": _("A guess is enough. Leave it empty if you do not know yet."),
            "phone": _("If you would rather be called."),
        }
        error_messages = {
            "name": {"required": _("Write the name of your organisation or group.")},
            "kind": {
                "required": _("Choose what kind of organisation you are."),
                "invalid_choice": _("Choose what kind of organisation you are."),
            },
            "contact_name": {"required": _("Write your name.")},
            "email": {"required": _("Write your e-mail address.")},
            "persons": {
                "invalid": _("Write the number of people in digits, for example 5."),
                "min_value": _("Write a number of people from 1, or leave it empty."),
                "max_value": _("Write a number of people up to 200, or leave it empty."),
            },
        }
        field_classes = {"municipality": MunicipalityField}
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "organization"}),
            "kind": forms.RadioSelect,
            "contact_name": forms.TextInput(attrs={"autocomplete": "name"}),
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
            "phone": forms.TelInput(attrs={"autocomplete": "tel", "size": "20"}),
            "persons": forms.TextInput(attrs={"inputmode": "numeric", "size": "4"}),
            "message": forms.Textarea(attrs={"rows": 5}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = Interest.Kind.choices
        for number, label in enumerate((FIRST_MOMENT, _("Second choice"), _("Third choice")), start=1):
            help_text = MOMENTS_HELP if number == 1 else ""
            self.fields[f"day_{number}"] = DateField(label=label, help_text=help_text, required=False)
            self.fields[f"part_{number}"] = forms.ChoiceField(
                label=_("Part of the day"), choices=[("", "–"), *PARTS], required=False
            )
        for field in self.fields.values():
            field.optional = not field.required

    def clean(self):
        cleaned = super().clean()
        chosen: list[tuple] = []
        for number in range(1, InterestMoment.MOST + 1):
            day, part = cleaned.get(f"day_{number}"), cleaned.get(f"part_{number}")
            if part and not day and f"day_{number}" not in self.errors:
                self.add_error(f"day_{number}", _("Choose a day as well."))
            if not day:
                continue
            if error := refused_day(day):
                self.add_error(f"day_{number}", error)
            elif not part:
                self.add_error(f"part_{number}", _("Choose a part of the day."))
            elif (day, part) in chosen:
                self.add_error(f"day_{number}", _("You chose this moment already. Choose another one."))
            else:
                chosen.append((day, part))
        if chosen and not cleaned.get("phone") and "phone" not in self.errors:
            self.add_error("phone", _("Write your telephone number, so that we can call you."))
        self.moments = chosen
        return cleaned


class MailMeForm(PublicForm):
    """Where to send a link when the PDF is ready. That mail is all that happens, and it has a ceiling."""

    limit, email_to_prove = "mail_me_form", ""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("We use it for this one e-mail and then delete it."),
        error_messages={"required": _("Write your e-mail address.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
