"""Giving dossiers to officers at the desk: one, or all of a colleague who is away; and the rules for new ones."""

from django import forms
from django.contrib import messages
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, View
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import IndexView

from portal.desk.views import RuleRequiredMixin
from portal.models import Absence, User
from portal.staff import absences
from portal.team import officers

from ..models import AssignmentRule
from ..review import assignment
from .dossier.views import DossierActionMixin, dossier_url


def with_absence(person: User | None, absence: Absence | None) -> str:
    """The name, and where the person is away today until when and who stands in."""
    if person is None:
        return "–"
    if absence is None:
        return str(person)
    until = date_format(absence.last_day, "DATE_FORMAT")
    return _("%(name)s (absent until %(date)s, deputy: %(deputy)s)") % {
        "name": person,
        "date": until,
        "deputy": absence.deputy,
    }


class CarerColumn(Column):
    """The officer of each row of a list, with today's absences, which are read once for the list."""

    def get_cell_context_data(self, instance, parent_context):
        table = parent_context["table"]
        if not hasattr(table, "absences_today"):
            table.absences_today = absences.today()
        context = super().get_cell_context_data(instance, parent_context)
        person = self.get_value(instance)
        return {**context, "value": with_absence(person, table.absences_today.get(getattr(person, "pk", 0)))}


class WithAbsenceMixin:
    """Names officers with their absences."""

    @cached_property
    def absent(self) -> dict[int, Absence]:
        return absences.today()

    def label_from_instance(self, person):
        return with_absence(person, self.absent.get(person.pk))


class OfficerField(WithAbsenceMixin, forms.ModelChoiceField):
    """An officer."""


class OfficersField(WithAbsenceMixin, forms.ModelMultipleChoiceField):
    """One or more officers, to tick."""

    widget = forms.CheckboxSelectMultiple


class GiveForm(forms.Form):
    officer = OfficerField(
        User.objects.none(),
        label=gettext_lazy("Who looks after it?"),
        error_messages={"required": gettext_lazy("Choose an officer.")},
    )

    def __init__(self, *args, application, **kwargs):
        super().__init__(*args, **kwargs)
        recused = application.recusals.values("user")
        self.fields["officer"].queryset = officers().exclude(pk__in=recused)


class AssignmentMixin(DossierActionMixin):
    """Who looks after a dossier."""

    rule = "applications.handle_application"

    def giving(self, officer: User | None):
        return lambda: assignment.assign_to(self.application, self.request.user, officer)

    @property
    def done_url(self) -> str:
        return dossier_url(self.application)


class GiveView(AssignmentMixin, FormView):
    """To an officer. To oneself, or back to the team, by the buttons of the same page."""

    page_title = gettext_lazy("Give to an officer")
    template_name = "applications/desk/assign.html"
    form_class = GiveForm

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "application": self.application}

    def get_initial(self):
        return {"officer": self.application.assignee_id}

    def get_context_data(self, **kwargs):
        assignee = self.application.assignee
        return super().get_context_data(assignee=with_absence(assignee, absences.of(assignee)), **kwargs)

    def form_valid(self, form):
        officer = form.cleaned_data["officer"]
        return self.carry_out(form, self.giving(officer), _("%s looks after this dossier.") % officer, self.done_url)


class TakeView(AssignmentMixin, View):
    """To oneself."""

    page_title = gettext_lazy("Take it myself")
    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        return self.press(self.giving(request.user), _("You look after this dossier."), self.done_url)


class GiveBackView(AssignmentMixin, View):
    """To the team: nobody looks after it."""

    page_title = gettext_lazy("Give it back to the team")
    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        return self.press(self.giving(None), _("Nobody looks after this dossier now."), self.done_url)


# ── All of a colleague ────────────────────────────────────────────────────────────────────────────────────────────────
class HandOverForm(forms.Form):
    giver = OfficerField(User.objects.none(), label=gettext_lazy("Whose open dossiers?"))
    taker = OfficerField(User.objects.none(), label=gettext_lazy("Who takes them over?"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Also of someone who works here no more.
        self.fields["giver"].queryset = assignment.with_open_dossiers()
        self.fields["taker"].queryset = officers()


class HandOverView(RuleRequiredMixin, FormView):
    rule = "applications.hand_over"
    page_title = gettext_lazy("Hand over dossiers")
    header_icon = "user"
    template_name = "desk/form.html"
    form_class = HandOverForm

    def get_subject(self):
        return None

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse("desk_applications:index"), "label": _("Applications")},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs):
        return super().get_context_data(submit_button_label=_("Hand over"), action_url="", **kwargs)

    def form_valid(self, form):
        return self.carry_out(form, lambda: self.hand_over(form), "", reverse("desk_applications:index"))

    def hand_over(self, form):
        chosen = form.cleaned_data
        given, left = assignment.hand_over(self.request.user, chosen["giver"], chosen["taker"])
        text = _("Dossiers handed over: %(given)d. Not possible for: %(left)d.") % {"given": given, "left": left}
        messages.success(self.request, text)


# ── Rules ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
class RuleForm(WagtailAdminModelForm):
    class Meta:
        model = AssignmentRule
        fields = ["province", "language", "officer", "order"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["officer"].queryset = officers()


class RuleIndexView(IndexView):
    def get_base_queryset(self):
        return AssignmentRule.objects.select_related("officer")
