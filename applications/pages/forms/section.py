"""One form a section, made from the questions: their labels, their order, and only those that are open now."""

from copy import copy

from django import forms
from django.db import models
from django.forms.utils import ErrorDict
from django.utils.translation import gettext_lazy as _

from partners.people.person import Person
from portal.forms.fields import DateField, NumberField, TextField, UnitInput
from portal.forms.national_numbers import KEPT
from portal.forms.service import ServiceModelForm, YesNoField
from portal.model_fields import TelephoneNumberField, TypedField

from ...answers.saving import open_questions, questions_of_form
from ...models import Application
from ...questionnaire.definition import Section
from ...questionnaire.questions import BY_CODE
from .fields import HouseholdSizesField, with_length
from .row_groups import RowGroupForm


def form_field(field: models.Field, **kwargs) -> forms.Field:
    """Text of ours for text, radio buttons without an empty one for a choice."""
    if field.choices:
        return field.formfield(widget=forms.RadioSelect, **kwargs)
    if isinstance(field, models.EmailField | TypedField | TelephoneNumberField):
        return field.formfield(**kwargs)
    if isinstance(field, models.CharField | models.TextField):
        return field.formfield(form_class=TextField, **kwargs)
    return field.formfield(**kwargs)


class SectionForm(ServiceModelForm):
    """Saves unfinished work: no answer is demanded here, the task list says what is missing.

    `cleaned_data` holds the answers to exactly the questions that are open once these answers stand.
    """

    section: Section
    template_name = "section_form.html"

    def __init__(self, data=None, *, instance: Application, person: Person | None = None, **kwargs):
        # Answers are judged on a copy: what was read stays as it is stored.
        super().__init__(data, instance=copy(instance), **kwargs)
        self.person = person
        self.shown = questions_of_form(instance, self.section, person)
        fields = {question.field for question in self.shown}
        self.fields = {name: field for name, field in self.fields.items() if name in fields}
        for question in self.shown:
            if question.rows is None:
                self.set_up(self.fields[question.field], question)
        self.groups = {
            question.field: RowGroupForm(question, instance, data)
            for question in self.shown
            if question.rows is not None
        }
        self.is_rearranged = any(group.rearranged for group in self.groups.values())

    @staticmethod
    def set_up(field: forms.Field, question) -> None:
        field.label = f"{question.number} {question.label}"
        condition = question.asked.text if question.asked.on else ""
        field.help_text = " ".join(str(part) for part in (question.help, condition) if part)
        field.required = False
        field.optional = question.optional
        if isinstance(field.widget, forms.RadioSelect):
            field.choices = [choice for choice in field.choices if choice[0] != ""]
        with_length(field)

    @property
    def parts(self) -> list:
        """Fields and groups of rows, in the order of the questions."""
        kept = [self[KEPT]] if KEPT in self.fields else []
        return [self.groups.get(question.field) or self[question.field] for question in self.shown] + kept

    @property
    def to_mend(self) -> list:
        return [
            field
            for part in self.parts
            for field in (part.to_mend if isinstance(part, RowGroupForm) else [part])
            if field.errors
        ]

    def full_clean(self):
        if self.is_bound and self.is_rearranged:
            self._errors, self.cleaned_data = ErrorDict(), {}
            for group in self.groups.values():
                group.judge_nothing()
            return
        super().full_clean()

    def is_valid(self) -> bool:
        """Not valid either while rows are added or removed: the page is shown again with what was typed."""
        return super().is_valid() and not self.is_rearranged

    def _post_clean(self):
        super()._post_clean()
        for name, group in self.groups.items():
            if group.is_valid():
                self.cleaned_data[name] = group.answer
            else:
                self._errors[name] = self.error_class([_("Something in these rows has to be corrected.")])
            if any(form.warned for form in group.forms):
                self.ask_to_keep()
        asked = {question.field for question in open_questions(self.instance, self.section, self.person)}
        self.cleaned_data = {name: value for name, value in self.cleaned_data.items() if name in asked}


class WhoForm(SectionForm):
    section = BY_CODE["who"]

    class Meta:
        model = Application
        formfield_callback = form_field
        fields = ["contact_name", "contact_function", "contact_email", "contact_phone"]
        widgets = {
            "contact_name": forms.TextInput(attrs={"autocomplete": "name"}),
            "contact_function": forms.TextInput(attrs={"autocomplete": "organization-title"}),
            "contact_email": forms.EmailInput(attrs={"autocomplete": "email"}),
            "contact_phone": forms.TelInput(attrs={"autocomplete": "tel", "size": "20"}),
        }


class OfferForm(SectionForm):
    section = BY_CODE["offer"]
    household_sizes = HouseholdSizesField(widget=forms.TextInput(attrs={"size": "20"}))
    straight_on_arrival = YesNoField()
    second_year = YesNoField()
    available_from = DateField()
    adapted_home = YesNoField()

    class Meta:
        model = Application
        formfield_callback = form_field
        fields = [
            "household_sizes",
            "straight_on_arrival",
            "second_year",
            "available_from",
            "adapted_home",
            "guide_languages",
        ]


class StayForm(SectionForm):
    section = BY_CODE["stay"]

    class Meta:
        model = Application
        formfield_callback = form_field
        fields = ["next_home"]


class GuidanceForm(SectionForm):
    section = BY_CODE["guidance"]
    guidance_hours = NumberField(
        least=1,
        most=500,
        widget=UnitInput(width=4, suffix=_("hours a week")),
        error_messages={
            "least": _("Write at least one hour a week."),
            "most": _("Write a number of hours a week up to 500."),
            "number": _("Write the number of hours in digits, for example 6."),
        },
    )
    volunteers = YesNoField()
    volunteers_insured = YesNoField()
    volunteers_informed = YesNoField()

    class Meta:
        model = Application
        formfield_callback = form_field
        fields = [
            "guidance_team",
            "guidance_hours",
            "experience",
            "volunteers",
            "volunteers_insured",
            "volunteers_informed",
        ]


class CooperationForm(SectionForm):
    section = BY_CODE["cooperation"]

    class Meta:
        model = Application
        formfield_callback = form_field
        fields = ["feedback_rhythm", "consultations", "evaluation", "support_division"]


class DeclarationForm(SectionForm):
    section = BY_CODE["declaration"]

    class Meta:
        model = Application
        formfield_callback = form_field
        fields = ["remarks", "declared"]


FORMS = {
    form.section.code: form for form in (WhoForm, OfferForm, StayForm, GuidanceForm, CooperationForm, DeclarationForm)
}
