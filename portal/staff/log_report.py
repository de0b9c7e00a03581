"""The log as a report in Wagtail's admin: searched and exported by administrators."""

import django_filters
from django.contrib.contenttypes.models import ContentType
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.reports import ReportView

from ..desk.views import RulePolicy, SafeExportMixin
from ..models import LogEntry
from ..permissions import is_administrator

POLICY = RulePolicy(LogEntry, is_administrator, actions=("view",))


def kinds_with_entries(request):
    return ContentType.objects.filter(pk__in=LogEntry.objects.values("subject_type")).order_by("app_label", "model")


class LogFilterSet(WagtailFilterSet):
    subject_type = django_filters.ModelChoiceFilter(label=_("about"), queryset=kinds_with_entries)
    subject_id = django_filters.NumberFilter(label=_("number in the database"))
    action = django_filters.AllValuesFilter(label=_("what happened"))
    actor = django_filters.CharFilter(label=_("by (e-mail address)"), field_name="actor__email", lookup_expr="iexact")
    at = django_filters.DateFromToRangeFilter(label=_("when"), widget=DateRangePickerWidget)

    class Meta:
        model = LogEntry
        fields = ["subject_type", "subject_id", "action", "actor", "at"]


class LogReportView(SafeExportMixin, ReportView):
    """Every entry, newest first, with the hash that chains it; free text does not stand here."""

    page_title = _("Log")
    header_icon = "history"
    filterset_class = LogFilterSet
    index_url_name = "desk_log"
    index_results_url_name = "desk_log_results"
    permission_policy = POLICY
    any_permission_required = ["view"]
    columns = [
        DateColumn("at", label=_("when")),
        Column("subject_type", label=_("about")),
        Column("subject_id", label=_("number in the database")),
        Column("number", label=_("entry")),
        Column("action", label=_("what happened")),
        Column("to_state", label=_("state afterwards")),
        Column("actor", label=_("by")),
    ]
    list_export = [
        "at",
        "subject_type",
        "subject_id",
        "number",
        "action",
        "from_state",
        "to_state",
        "actor_id",
        "data",
        "chain",
    ]

    def get_filename(self):
        return "log"

    def get_base_queryset(self):
        return LogEntry.objects.select_related("actor", "subject_type").order_by("-at", "-pk")


class LogMenuItem(MenuItem):
    def is_shown(self, request):
        return POLICY.user_has_permission(request.user, "view")


URLS = [
    path("reports/log/", LogReportView.as_view(), name="desk_log"),
    path("reports/log/results/", LogReportView.as_view(results_only=True), name="desk_log_results"),
]


def menu_item() -> MenuItem:
    return LogMenuItem(_("Log"), reverse("desk_log"), name="log", icon_name="history", order=1000)
