"""Where information sessions are planned, moved and cancelled, and who registered."""

from django import forms
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin.ui.tables import Column, DateColumn, LiveStatusTagColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.widgets import Button
from wagtail.snippets.views.snippets import CreateView, EditView

from portal.desk.views import RuleRequiredMixin, SafeExportMixin
from portal.forms.service import DeskForm
from portal.workflow import Refused

from ..models import Registration, Session
from ..permissions import may_organise
from ..viewsets import ApprovedDataViewSet
from . import services as sessions_services


class RefusedMixin:
    """Shows on the form why a session cannot be published."""

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except Refused as refusal:
            for message in refusal.messages:
                form.add_error(None, message)
            return self.form_invalid(form)


class AddSessionView(RefusedMixin, CreateView):
    pass


class EditSessionView(RefusedMixin, EditView):
    @cached_property
    def header_more_buttons(self):
        own = []
        if may_organise(self.request.user):
            registrations = reverse("desk_sessions:registrations", args=[self.object.pk])
            own.append(Button(_("Who registered"), registrations, icon_name="group", priority=10))
            if self.object.state == Session.State.PLANNED:
                cancel = reverse("desk_sessions:cancel", args=[self.object.pk])
                own.append(Button(_("Cancel this session"), cancel, icon_name="cross", priority=20))
        return [*super().header_more_buttons, *own]


class CancelForm(DeskForm):
    reason = forms.CharField(
        label=gettext_lazy("What do you want to tell those who registered?"),
        help_text=gettext_lazy("Everyone reads this text as it stands here, beside our own sentence."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class OneSessionMixin(RuleRequiredMixin):
    rule = "home.organise_session"
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
            {"url": reverse("desk_sessions:list"), "label": _("Information sessions")},
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
            _("The session is cancelled. Everyone who registered gets an e-mail."),
            reverse("desk_sessions:list"),
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


class SessionViewSet(ApprovedDataViewSet):
    """Publishing one tells those registered (home/sessions/services.py)."""

    model = Session
    admin_url_namespace = "desk_sessions"
    base_url_path = "sessions"
    icon = "date"
    menu_label = gettext_lazy("Information sessions")
    menu_order = 205
    add_view_class = AddSessionView
    edit_view_class = EditSessionView
    list_display = [
        "name",
        Column("date", label=gettext_lazy("date"), sort_key="date"),
        Column("get_state_display", label=gettext_lazy("state"), sort_key="state"),
        Column("seats", label=gettext_lazy("seats")),
        LiveStatusTagColumn(label=gettext_lazy("on the site")),
    ]
    list_filter = ["state"]
    ordering = "-date"

    def get_urlpatterns(self):
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/registrations/", RegistrationsView.as_view(), name="registrations"),
            path("<int:pk>/cancel/", self.construct_view(CancelView), name="cancel"),
        ]
