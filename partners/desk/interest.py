"""Expressions of interest at the desk: the list, recording one, following up, closing."""

from datetime import timedelta

import django_filters
import rules
from django import forms
from django.contrib import messages
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import CreateView, IndexView, InspectView
from wagtail.admin.viewsets.model import ModelViewSet

from portal import clock
from portal.audit import log
from portal.desk.views import AboutOneFormView, AboutOneMixin, RulePolicy, SafeExportMixin
from portal.forms.fields import DayInput
from portal.forms.service import DeskForm
from portal.models import User
from portal.permissions import is_officer
from portal.team import officers
from portal.text import words_of
from portal.workflow import Refused

from ..interest import services as interest_services
from ..models import Interest
from ..organisations.finding import places
from ..organisations.municipality_field import MunicipalityField

NEXT_TALK = timedelta(days=14)


class InterestFilterSet(WagtailFilterSet):
    owner = django_filters.ModelChoiceFilter(label=gettext_lazy("who follows it up"), queryset=officers())

    class Meta:
        model = Interest
        fields = ["state", "owner", "source", "kind", "language"]


class InterestIndexView(SafeExportMixin, IndexView):
    is_searchable = True

    """What has to be followed up first stands first."""

    def get_base_queryset(self):
        return Interest.objects.select_related("owner", "municipality")

    def search_queryset(self, queryset):
        if not self.is_searching:
            return queryset
        words = words_of(self.search_query)
        for word in words:
            queryset = queryset.filter(Q(plain_text__contains=word) | Q(municipality__in=places(word)))
        return queryset if words else queryset.none()


class RecordForm(WagtailAdminModelForm):
    class Meta:
        model = Interest
        fields = [
            *("source", "name", "kind", "municipality", "contact_name", "email", "phone", "language"),
            *("persons", "message", "follow_up_on"),
        ]
        field_classes = {"municipality": MunicipalityField}
        widgets = {"follow_up_on": DayInput, "message": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["source"].choices = [
            choice for choice in Interest.Source.choices if choice[0] != Interest.Source.FORM
        ]
        self.fields["follow_up_on"].initial = clock.today() + interest_services.FOLLOW_UP_WITHIN


class RecordView(CreateView):
    def save_instance(self):
        return interest_services.record(self.form.save(commit=False), self.request.user)

    def get_success_url(self):
        return reverse("desk_interests:inspect", args=[self.object.pk])

    def get_success_buttons(self):
        return []


class InterestView(InspectView):
    """One expression of interest, what was said so far, and what can be done now."""

    page_title = gettext_lazy("Expression of interest")

    def get_object(self, queryset=None):
        return get_object_or_404(Interest.objects.select_related("owner", "municipality"), pk=self.pk)

    def get_fields(self):
        return []

    @cached_property
    def header_more_buttons(self):
        return []

    def get_context_data(self, **kwargs):
        user = self.request.user
        may_handle = rules.has_perm("partners.handle_interest", user, self.object)
        return super().get_context_data(
            interest=self.object,
            events=log.entries_of(self.object),
            moments=self.object.moments.all(),
            may_handle=may_handle,
            # Rooms that know leads add what they can do with one: (label, address to post to).
            more=[action for hook in hooks.get_hooks("interest_actions") for action in hook(self.object, user)]
            if may_handle
            else [],
            **kwargs,
        )


class FollowUpForm(DeskForm):
    owner = forms.ModelChoiceField(User.objects.none(), label=gettext_lazy("Who follows it up?"))
    follow_up_on = forms.DateField(label=gettext_lazy("When?"), widget=DayInput)
    note = forms.CharField(
        label=gettext_lazy("What was said?"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("For colleagues; stands in the history of this interest."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = officers()


class CloseForm(DeskForm):
    note = forms.CharField(
        label=gettext_lazy("Why do you close it?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("For colleagues; stands in the history of this interest."),
    )


class OneInterest:
    """What the pages about one expression of interest have in common."""

    model = Interest
    viewset = "desk_interests"
    list_label = gettext_lazy("Interest")
    rule = "partners.handle_interest"
    header_icon = "mail"


class FollowUpView(OneInterest, AboutOneFormView):
    page_title = gettext_lazy("Plan the next step")
    form_class = FollowUpForm

    def get_initial(self):
        return {"owner": self.subject.owner or self.request.user, "follow_up_on": clock.today() + NEXT_TALK}

    def form_valid(self, form):
        return self.carry_out(
            form,
            lambda: interest_services.follow_up(self.subject, self.request.user, **form.cleaned_data),
            _("Planned."),
            self.subject_url,
        )


class CloseView(OneInterest, AboutOneFormView):
    page_title = gettext_lazy("Close")
    form_class = CloseForm

    def form_valid(self, form):
        return self.carry_out(
            form,
            lambda: interest_services.close(self.subject, self.request.user, **form.cleaned_data),
            _("Closed."),
            self.subject_url,
        )


class ReopenView(OneInterest, AboutOneMixin, View):
    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        try:
            interest_services.reopen(self.subject, request.user)
        except Refused as refusal:
            messages.error(request, " ".join(refusal.messages))
        return redirect(self.subject_url)


class InterestViewSet(ModelViewSet):
    model = Interest
    name = "desk_interests"
    url_prefix = "interests"
    icon = "mail"
    menu_label = gettext_lazy("Interest")
    menu_order = 105
    add_to_admin_menu = True
    index_view_class = InterestIndexView
    add_view_class = RecordView
    inspect_view_class = InterestView
    inspect_view_enabled = True
    inspect_template_name = "partners/desk/interest.html"
    copy_view_enabled = False
    filterset_class = InterestFilterSet
    list_display = [
        "name",
        Column("municipality", label=gettext_lazy("municipality")),
        Column("get_state_display", label=gettext_lazy("state"), sort_key="state"),
        Column("owner", label=gettext_lazy("who follows it up"), sort_key="owner"),
        Column("follow_up_on", label=gettext_lazy("follow up on"), sort_key="follow_up_on"),
        Column(
            "urgency",
            label=gettext_lazy("urgency"),
            accessor=lambda interest: _("overdue") if interest.is_overdue else "",
        ),
        DateColumn("created_at", label=gettext_lazy("came in"), sort_key="created_at"),
    ]
    list_export = [
        *("name", "get_kind_display", "municipality", "contact_name", "email", "phone", "language", "persons"),
        *("get_source_display", "get_state_display", "owner", "follow_up_on", "created_at", "message"),
    ]
    ordering = "follow_up_on"

    def get_form_class(self, for_update=False):
        return RecordForm

    @property
    def permission_policy(self):
        return RulePolicy(Interest, is_officer, actions=("view", "add"))

    def get_urlpatterns(self):
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("new/", self.add_view, name="add"),
            path("<int:pk>/", self.inspect_view, name="inspect"),
            path("<int:pk>/follow-up/", self.construct_view(FollowUpView), name="follow_up"),
            path("<int:pk>/close/", self.construct_view(CloseView), name="close"),
            path("<int:pk>/reopen/", self.construct_view(ReopenView), name="reopen"),
        ]
