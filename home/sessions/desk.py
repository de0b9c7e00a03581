"""Where information sessions are planned, moved and cancelled, and who registered."""

from django import forms
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import CreateView, EditView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets import Button

from portal.desk.views import RulePolicy, RuleRequiredMixin, SafeExportMixin
from portal.forms.service import DeskForm
from portal.workflow import Refused

from ..models import Registration, Session
from ..permissions import may_organise
from . import services as sessions_services

FIELDS = ["name", "date", "start_time", "end_time", "place", "link", "seats"]


class SessionForm(WagtailAdminModelForm):
    class Meta:
        model = Session
        fields = FIELDS


class VerbMixin:
    """Saves through the room's verb, and shows a refusal on the form."""

    verb = None

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except Refused as refusal:
            for message in refusal.messages:
                form.add_error(None, message)
            return self.form_invalid(form)


class PlanView(VerbMixin, CreateView):
    def save_instance(self):
        return sessions_services.plan(self.form.instance, self.request.user)


class ChangeView(VerbMixin, EditView):
    def save_instance(self):
        return sessions_services.change(self.form.instance, self.request.user)

    @cached_property
    def header_more_buttons(self):
        own = [
            Button(
                _("Who registered"),
                reverse("desk_sessions:registrations", args=[self.object.pk]),
                icon_name="group",
                priority=10,
            )
        ]
        if self.object.state == Session.State.PLANNED:
            cancel = reverse("desk_sessions:cancel", args=[self.object.pk])
            own.append(Button(_("Cancel this session"), cancel, icon_name="cross", priority=20))
        return [*super().header_more_buttons, *own]


class CancelForm(DeskForm):
    reason = forms.CharField(
        label=gettext_lazy("What do you tell those who registered?"),
        help_text=gettext_lazy("Everyone reads this text as it stands here, beside our own sentence."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class OneSessionMixin(RuleRequiredMixin):
    rule = "home.change_session"
    header_icon = "date"

    @cached_property
    def session(self) -> Session:
        return get_object_or_404(Session, pk=self.kwargs["pk"])

    def get_subject(self):
        return self.session

    def get_page_subtitle(self):
        return str(self.session)

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse("desk_sessions:index"), "label": _("Information sessions")},
            {"url": reverse("desk_sessions:edit", args=[self.session.pk]), "label": str(self.session)},
            {"url": "", "label": self.get_page_title()},
        ]


class CancelView(OneSessionMixin, FormView):
    page_title = gettext_lazy("Cancel this session")
    form_class = CancelForm
    template_name = "desk/form.html"

    def form_valid(self, form):
        return self.carry_out(
            form,
            lambda: sessions_services.cancel(self.session, self.request.user, reason=form.cleaned_data["reason"]),
            _("The session is cancelled. Everyone who registered gets a mail."),
            reverse("desk_sessions:index"),
        )

    def get_context_data(self, **kwargs):
        return super().get_context_data(submit_button_label=self.page_title, **kwargs)


class RegistrationsView(SafeExportMixin, OneSessionMixin, IndexView):
    """Who registered for one session, with a list to take along."""

    model = Registration
    page_title = gettext_lazy("Who registered")
    any_permission_required = None
    default_ordering = "registered_at"
    paginate_by = 100
    list_export = ["name", "organisation", "email", "get_state_display", "needs", "language", "registered_at"]
    export_headings = {"get_state_display": gettext_lazy("state")}
    columns = [
        Column("name", label=gettext_lazy("name")),
        Column("organisation", label=gettext_lazy("organisation")),
        Column("email", label=gettext_lazy("e-mail address")),
        Column("get_state_display", label=gettext_lazy("state")),
        Column("needs", label=gettext_lazy("what you need to take part")),
        DateColumn("registered_at", label=gettext_lazy("registered")),
    ]

    def get_base_queryset(self):
        return self.session.registrations.all()

    def get_index_url(self):
        return reverse("desk_sessions:registrations", args=[self.session.pk])

    def get_filename(self):
        return f"registrations-{self.session.date.isoformat()}"


class SessionViewSet(ModelViewSet):
    model = Session
    name = "desk_sessions"
    url_prefix = "sessions"
    icon = "date"
    menu_label = gettext_lazy("Information sessions")
    menu_order = 205
    add_to_admin_menu = True
    copy_view_enabled = False
    add_view_class = PlanView
    edit_view_class = ChangeView
    list_display = [
        "name",
        Column("date", label=gettext_lazy("date"), sort_key="date"),
        Column("get_state_display", label=gettext_lazy("state"), sort_key="state"),
        Column("seats", label=gettext_lazy("seats")),
    ]
    list_filter = ["state"]
    ordering = "-date"

    def get_form_class(self, for_update=False):
        return SessionForm

    @property
    def permission_policy(self):
        return RulePolicy(Session, may_organise)

    def get_urlpatterns(self):
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/registrations/", RegistrationsView.as_view(), name="registrations"),
            path("<int:pk>/cancel/", self.construct_view(CancelView), name="cancel"),
        ]
