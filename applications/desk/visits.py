"""Intake talks and home visits at the desk."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal import clock
from portal.forms.fields import DayInput
from portal.forms.service import DeskModelForm

from ..models import Application, Visit
from ..questionnaire.row_groups import stored
from ..review import visits
from .dossier.views import StateFormView, dossier_url


class VisitForm(DeskModelForm):
    """A talk, or a visit to one of the dwellings with the four points of its checklist."""

    class Meta:
        model = Visit
        fields = ["kind", "held_on", "dwelling", *Visit.CHECKLIST, "report"]
        widgets = {
            "kind": forms.RadioSelect,
            "held_on": DayInput,
            "report": forms.Textarea(attrs={"rows": 6}),
            **dict.fromkeys(Visit.CHECKLIST, forms.RadioSelect),
        }

    def __init__(self, *args, application: Application, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = Visit.Kind.choices
        for name in Visit.CHECKLIST:
            self.fields[name].choices = Visit.Finding.choices
        dwellings = [
            (number, f"{number}. {dwelling.get_kind_display()}, {dwelling.municipality}")
            for number, dwelling in enumerate(stored(application, "dwellings"), 1)
        ]
        self.fields["dwelling"] = forms.TypedChoiceField(
            label=self.fields["dwelling"].label,
            choices=[("", "–"), *dwellings],
            coerce=int,
            empty_value=None,
            required=False,
            help_text=_("For a home visit."),
        )

    def clean_held_on(self):
        day = self.cleaned_data["held_on"]
        if day > clock.today():
            raise ValidationError(_("This day is still to come. Record the visit when it has taken place."))
        return day


class VisitView(StateFormView):
    rule = "applications.handle_application"
    page_title = gettext_lazy("Record a talk or a visit")
    form_class = VisitForm
    states = frozenset({Application.State.IN_REVIEW, Application.State.CHANGES_REQUESTED})

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "application": self.application}

    def form_valid(self, form):
        return self.carry_out(
            form,
            lambda: visits.record(self.application, self.request.user, **form.cleaned_data),
            _("It is recorded."),
            dossier_url(self.application),
        )
