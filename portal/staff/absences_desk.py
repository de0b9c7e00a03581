"""Absences at the desk: one's own page, and all of them for administrators."""

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, View
from wagtail import hooks
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.views.generic import CreateView, DeleteView, EditView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet

from .. import clock
from ..desk.views import RulePolicy, RuleRequiredMixin
from ..forms.fields import DayInput
from ..models import Absence
from ..permissions import is_administrator
from ..team import team
from ..workflow import Refused
from . import absences

DAYS = {"first_day": DayInput, "last_day": DayInput}


class OwnAbsenceForm(forms.ModelForm):
    class Meta:
        model = Absence
        fields = ["first_day", "last_day", "deputy"]
        widgets = DAYS

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["deputy"].queryset = team().exclude(pk=self.instance.user_id)
        self.fields["deputy"].help_text = _("Gets your notices as well, and what is assigned meanwhile.")


class OwnAbsencesView(RuleRequiredMixin, FormView):
    """When one is away, and who stands in."""

    rule = "portal.work_on_dossiers"
    page_title = gettext_lazy("Your absence")
    header_icon = "calendar"
    template_name = "portal/desk/absence.html"
    form_class = OwnAbsenceForm

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse("desk_notices"), "label": _("Notices")},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_subject(self):
        return None

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "instance": Absence(user=self.request.user)}

    def get_context_data(self, **kwargs):
        user = self.request.user
        own = user.absences.filter(last_day__gte=clock.today()).select_related("deputy")
        links = [link for hook in hooks.get_hooks("absence_links") for link in hook(user)]
        context = super().get_context_data(
            own=own, links=links, action_url="", submit_button_label=_("Say that you will be away"), **kwargs
        )
        return {**context, "media": context["form"].media}

    def form_valid(self, form):
        return self.carry_out(
            form,
            lambda: absences.keep(form.save(commit=False), self.request.user),
            _("It is known. Your deputy stands in on these days."),
            reverse("desk_absence"),
        )


class EndAbsenceView(RuleRequiredMixin, View):
    """One is back, or goes after all not."""

    rule = "portal.work_on_dossiers"
    http_method_names = ["post"]

    def get_subject(self):
        return None

    def post(self, request, *args, **kwargs):
        absence = get_object_or_404(request.user.absences, pk=kwargs["pk"])
        return self.press(
            lambda: absences.end(absence, request.user), _("The absence is ended."), reverse("desk_absence")
        )


# ── For administrators ────────────────────────────────────────────────────────────────────────────────────────────────
class AbsenceForm(WagtailAdminModelForm):
    class Meta:
        model = Absence
        fields = ["user", "first_day", "last_day", "deputy"]
        widgets = DAYS

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("user", "deputy"):
            self.fields[name].queryset = team()


class AbsenceIndexView(IndexView):
    def get_base_queryset(self):
        return Absence.objects.select_related("user", "deputy")


class Keeping:
    """Saved by the verb, which writes the log."""

    def save_instance(self):
        return absences.keep(self.form.save(commit=False), self.request.user)


class AbsenceAddView(Keeping, CreateView):
    pass


class AbsenceEditView(Keeping, EditView):
    pass


class AbsenceDeleteView(DeleteView):
    page_title = gettext_lazy("End this absence")
    confirmation_message = gettext_lazy("The person is back from today on. What had not begun is deleted.")

    def form_valid(self, form):
        try:
            absences.end(self.object, self.request.user)
        except Refused as refusal:
            messages.error(self.request, " ".join(refusal.messages))
        return redirect("desk_absences:index")


class AbsenceViewSet(ModelViewSet):
    model = Absence
    name = "desk_absences"
    url_prefix = "absences"
    icon = "calendar"
    add_to_settings_menu = True
    copy_view_enabled = False
    index_view_class = AbsenceIndexView
    add_view_class = AbsenceAddView
    edit_view_class = AbsenceEditView
    delete_view_class = AbsenceDeleteView
    list_display = ["user", "first_day", "last_day", "deputy"]
    ordering = "-last_day"

    def get_form_class(self, for_update=False):
        return AbsenceForm

    @property
    def permission_policy(self):
        return RulePolicy(Absence, is_administrator, actions=("view", "add", "change", "delete"))


URLS = [
    path("absence/", OwnAbsencesView.as_view(), name="desk_absence"),
    path("absence/<int:pk>/end/", EndAbsenceView.as_view(), name="desk_absence_end"),
]
