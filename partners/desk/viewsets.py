"""Fedasil's pages for partnerships and rates, inside Wagtail's admin."""

import re

import rules
from django.contrib import messages
from django.db.models import Q, Value
from django.db.models.functions import Replace
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import View
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import IndexView, InspectView
from wagtail.admin.viewsets.model import ModelViewSet

from portal.desk.views import RulePolicy, RuleRequiredMixin
from portal.permissions import is_administrator, is_decider, is_officer
from portal.text import clean_number

from ..models import Partnership, PartnershipParty, Rate
from ..organisations import finding
from ..partnerships import services as partnerships_services
from . import rates


class PartnershipIndexView(IndexView):
    is_searchable = True

    def get_base_queryset(self):
        return super().get_base_queryset().prefetch_related("parties__organisation")

    def search_queryset(self, queryset):
        if not self.is_searching:
            return queryset
        parties = PartnershipParty.objects.filter(organisation__in=finding.matching(self.search_query))
        found = Q(pk__in=parties.order_by().values("partnership"))
        if reference := re.sub(r"[\W_]", "", clean_number(self.search_query)).upper():
            found |= Q(plain_origin__contains=reference)
        return queryset.alias(plain_origin=Replace("origin", Value("-"))).filter(found)


class PartnershipView(InspectView):
    """One partnership: parties, terms, contact person, placements."""

    page_title = _("Partnership")

    def get_fields(self):
        return []

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            partnership=self.object,
            parties=self.object.parties.select_related("organisation").order_by("-lead", "pk"),
            placements=self.object.placements.all(),
            may_handle=rules.has_perm("partners.handle_partnership", self.request.user, self.object),
            **kwargs,
        )


class ConsentView(RuleRequiredMixin, View):
    """Record whether the parties agree to stand on the public map."""

    rule = "partners.handle_partnership"
    http_method_names = ["post"]

    @cached_property
    def partnership(self) -> Partnership:
        return get_object_or_404(Partnership, pk=self.kwargs["pk"])

    def get_subject(self):
        return self.partnership

    def post(self, request, *args, **kwargs):
        agreed = request.POST.get("agreed") == "yes"
        partnerships_services.set_public(self.partnership, request.user, agreed=agreed)
        messages.success(request, _("The map shows it from now on.") if agreed else _("The map no longer shows it."))
        return redirect("desk_partnerships:inspect", self.partnership.pk)


class PartnershipViewSet(ModelViewSet):
    model = Partnership
    name = "desk_partnerships"
    url_prefix = "partnerships"
    icon = "group"
    menu_label = _("Partnerships")
    menu_order = 120
    add_to_admin_menu = True
    index_view_class = PartnershipIndexView
    inspect_view_class = PartnershipView
    inspect_view_enabled = True
    inspect_template_name = "partners/desk/partnership.html"
    copy_view_enabled = False
    list_display = [
        "__str__",
        Column("parties", label=_("Parties"), accessor=lambda row: ", ".join(map(str, row.parties.all()))),
        Column("get_state_display", label=_("state"), sort_key="state"),
        Column("contact", label=_("contact person")),
        DateColumn("started_at", label=_("started"), sort_key="started_at"),
    ]
    form_fields = ["contact"]

    @property
    def permission_policy(self):
        return RulePolicy(Partnership, is_officer | is_decider, actions=("view",))

    def get_urlpatterns(self):
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("<int:pk>/", self.inspect_view, name="inspect"),
            path("<int:pk>/consent/", self.construct_view(ConsentView), name="consent"),
        ]


class RateViewSet(ModelViewSet):
    """A rate is corrected or removed until it is in force, never afterwards: history is kept."""

    model = Rate
    name = "desk_rates"
    url_prefix = "rates"
    icon = "tag"
    add_to_settings_menu = True
    copy_view_enabled = False
    index_view_class = rates.RateIndexView
    add_view_class = rates.NewRateView
    edit_view_class = rates.CorrectedRateView
    delete_view_class = rates.RemovedRateView
    create_template_name = edit_template_name = "partners/desk/rate_form.html"
    list_display = rates.COLUMNS
    list_filter = ["code"]
    permission_policy = RulePolicy(Rate, is_administrator, actions=("view", "add", "change", "delete"))

    def get_form_class(self, for_update=False):
        return rates.RateForm


VIEWSETS = [PartnershipViewSet(), RateViewSet()]
