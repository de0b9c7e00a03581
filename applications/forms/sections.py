"""One form a section, made from the questions: their labels, their order, and only those that are open now."""

from django import forms
from django.utils.translation import gettext_lazy as _

from partners.models import Municipality
from portal.forms import ServiceModelForm, YesNoField

from ..editing import open_questions
from ..models import Application
from ..questions import BY_CODE, Section
from .fields import HouseholdSizesField

LONGEST_TEXT = 5000


class SectionForm(ServiceModelForm):
    """Saves unfinished work: no answer is demanded here, the task list says what is missing."""

    section: Section

    def __init__(self, *args, instance: Application, **kwargs):
        super().__init__(*args, instance=instance, **kwargs)
        for field in list(self.fields):
            if field not in {question.field for question in self.questions()}:
                del self.fields[field]
        for question in self.questions():
            field = self.fields[question.field]
            field.label = f"{question.number} {question.label}"
            field.help_text = question.help
            field.required = False
            field.optional = question.optional
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs["rows"] = 5
                field.max_length = LONGEST_TEXT

    def questions(self):
        return open_questions(self.instance, self.section)


class WhoForm(SectionForm):
    section = BY_CODE["who"]

    class Meta:
        model = Application
        fields = ["contact_name", "contact_function", "contact_email", "contact_phone"]
        widgets = {
            "contact_name": forms.TextInput(attrs={"autocomplete": "name"}),
            "contact_function": forms.TextInput(attrs={"autocomplete": "organization-title"}),
            "contact_email": forms.EmailInput(attrs={"autocomplete": "email"}),
            "contact_phone": forms.TextInput(attrs={"autocomplete": "tel", "type": "tel", "size": "20"}),
        }


class OfferForm(SectionForm):
    section = BY_CODE["offer"]
    household_sizes = HouseholdSizesField(widget=forms.TextInput(attrs={"size": "20"}))
    straight_on_arrival = YesNoField()
    second_year = YesNoField()

    class Meta:
        model = Application
        fields = ["household_sizes", "straight_on_arrival", "second_year", "available_from"]
        widgets = {"available_from": forms.DateInput(attrs={"type": "date", "size": "20"}, format="%Y-%m-%d")}


class StayForm(SectionForm):
    section = BY_CODE["stay"]
    home_months = forms.IntegerField(
        min_value=12,
        max_value=600,
        widget=forms.NumberInput(attrs={"size": "4"}),
        error_messages={
            "min_value": _("The home has to be available for at least 12 months."),
            "max_value": _("Write a number of months up to 600."),
            "invalid": _("Write the number of months in digits, for example 24."),
        },
    )

    class Meta:
        model = Application
        fields = ["home_secured", "home_municipality", "home_months", "next_home"]
        widgets = {"home_secured": forms.RadioSelect}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "home_secured" in self.fields:
            self.fields["home_secured"].choices = Application.Secured.choices
        if "home_municipality" in self.fields:
            self.fields["home_municipality"].queryset = Municipality.objects.offered(self.instance.home_municipality_id)
            self.fields["home_municipality"].empty_label = _("Choose a municipality")


class GuidanceForm(SectionForm):
    section = BY_CODE["guidance"]
    guidance_hours = forms.IntegerField(
        min_value=1,
        max_value=500,
        widget=forms.NumberInput(attrs={"size": "4"}),
        error_messages={
            "min_value": _("Write at least one hour a week."),
            "max_value": _("Write a number of hours a week up to 500."),
            "invalid": _("Write the number of hours in digits, for example 6."),
        },
    )

    class Meta:
        model = Application
        fields = ["guidance_team", "guidance_hours", "guidance_steps"]


class CooperationForm(SectionForm):
    section = BY_CODE["cooperation"]

    class Meta:
        model = Application
        fields = ["feedback_rhythm", "support_division"]
        widgets = {"feedback_rhythm": forms.RadioSelect}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "feedback_rhythm" in self.fields:
            self.fields["feedback_rhythm"].choices = Application.Rhythm.choices


class DeclarationForm(SectionForm):
    section = BY_CODE["declaration"]

    class Meta:
        model = Application
        fields = ["remarks", "declared"]


FORMS = {
    form.section.code: form for form in (WhoForm, OfferForm, StayForm, GuidanceForm, CooperationForm, DeclarationForm)
}
