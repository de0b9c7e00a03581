from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from portal import clock
from portal.models import User
from portal.permissions import OFFICERS

from ..models import Application, Decision
from ..questions import SECTIONS


class ChangeRequestForm(forms.Form):
    """What has to be changed, in which questions, by whom and by when."""

    questions = forms.MultipleChoiceField(
        label=_("Questions that you open"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one question that you ask to be changed.")},
    )
    party = forms.ModelChoiceField(None, label=_("Party concerned"), required=False, empty_label=_("all parties"))
    text = forms.CharField(
        label=_("What do you ask?"),
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("The parties read this text as it stands here."),
        error_messages={"required": _("Write what you ask.")},
    )
    due_on = forms.DateField(
        label=_("By when?"), widget=AdminDateInput, error_messages={"required": _("Choose a date.")}
    )

    def __init__(self, *args, application: Application, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["questions"].choices = [
            (question.number, f"{question.number} {question.label}")
            for section in SECTIONS
            for question in section.asked(application)
            if question.field != "parties"
        ]
        self.fields["party"].queryset = application.parties.filter(state="accepted").select_related("organisation")

    def clean_due_on(self):
        due_on = self.cleaned_data["due_on"]
        if due_on < clock.today():
            raise forms.ValidationError(_("Choose a date that is still to come."))
        return due_on


class DecisionForm(forms.Form):
    """The decision, its reasons, and who will be the contact person."""

    outcome = forms.ChoiceField(
        label=_("Decision"),
        choices=Decision.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a decision.")},
    )
    reasons = forms.CharField(
        label=_("Reasons"),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("The parties read this text as it stands here."),
        error_messages={"required": _("Give the reasons for the decision.")},
    )
    contact = forms.ModelChoiceField(
        User.objects.none(), label=_("Contact person at Fedasil"), required=False, help_text=_("For an approval.")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["contact"].queryset = User.objects.filter(groups__name=OFFICERS, is_active=True)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("outcome") == Decision.Outcome.APPROVE and not cleaned.get("contact"):
            self.add_error("contact", _("Name the contact person at Fedasil."))
        return cleaned
