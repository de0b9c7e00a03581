"""Decisions that wait to be released: the list, and several released at once."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import path, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.model import ModelViewSet

from portal.desk.views import RulePolicy, keys_in
from portal.permissions import is_decider, is_officer

from ..decision import services as decision_services
from ..models import Decision
from ..papers import letters
from ..permissions import decides_today, seen_at_desk, submitted_and_seen, to_decide_by
from ..review.status import review_statuses
from . import decision as desk_decision
from .inbox.queries import find
from .inbox.view import DESK_CSS, WIDE


def prepared_for(user):
    """All that wait, in dossiers that this person sees."""
    return (
        Decision.objects.filter(state=Decision.State.PREPARED, application__in=seen_at_desk(user))
        .select_related("application", "corrects__partnership", "contact", "prepared_by")
        .prefetch_related("application__parties__organisation__municipality")
    )


class ChooseColumn(Column):
    """A box for what this person may release."""

    cell_template_name = "applications/desk/inbox/choose_cell.html"


class ReferenceColumn(Column):
    """Leads to the preview, where it can be read."""

    cell_template_name = "applications/desk/decision/decision_cell.html"


def shown_outcome(decision: Decision) -> str:
    if not decision.readable:
        return _("closed while reviews are under way")
    correction = _("correction")
    outcome = decision.get_outcome_display()
    return f"{outcome} ({correction})" if decision.corrects_id else outcome


class DecisionIndexView(IndexView):
    is_searchable = True
    page_title = gettext_lazy("Decisions to release")
    results_template_name = "applications/desk/decision/decisions_results.html"

    def get_base_queryset(self):
        return prepared_for(self.request.user)

    def search_queryset(self, queryset):
        if not self.is_searching:
            return queryset
        return queryset.filter(application__in=find(submitted_and_seen(self.request.user), self.search_query))

    def get_context_data(self, *args, **kwargs):
        context = super().get_context_data(*args, **kwargs)
        return {**context, "media": context["media"] + DESK_CSS}

    def get_table(self, object_list):
        found = list(object_list)
        reviews = review_statuses([decision.application for decision in found])
        own = set(to_decide_by(self.request.user).values_list("pk", flat=True))
        for decision in found:
            decision.readable = decision_services.is_readable(
                decision, self.request.user, reviews[decision.application_id]
            )
            decision.releasable = decision.readable and decision.application_id in own
        self.may_release = any(decision.releasable for decision in found)
        return super().get_table(found)


class ReleaseManyView(WagtailAdminTemplateMixin, TemplateView):
    """What was chosen is named once more, with what goes out; then each is released by itself."""

    template_name = "applications/desk/decision/release_many.html"
    page_title = gettext_lazy("Release several decisions")
    header_icon = "mail"

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": self.index_url, "label": _("Decisions to release")},
            {"url": "", "label": self.get_page_title()},
        ]

    index_url = reverse_lazy("desk_decisions:index")

    def dispatch(self, request, *args, **kwargs):
        if not (is_decider(request.user) and decides_today(request.user)):
            raise PermissionDenied
        if not self.chosen:
            messages.warning(request, _("Choose at least one decision that still waits."))
            return redirect(self.index_url)
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def chosen(self) -> list[Decision]:
        """Those of them that this person may release."""
        sent = self.request.POST if self.request.method == "POST" else self.request.GET
        wanted = keys_in(sent, "decision")[: decision_services.MOST_AT_ONCE]
        user = self.request.user
        return list(prepared_for(user).filter(pk__in=wanted, application__in=to_decide_by(user)))

    def get_context_data(self, **kwargs):
        if "results" not in kwargs:
            kwargs["rows"] = [self.row(decision) for decision in self.chosen]
            kwargs["ready"] = sum(not row["refused"] for row in kwargs["rows"])
        return super().get_context_data(index_url=self.index_url, most=decision_services.MOST_AT_ONCE, **kwargs)

    def row(self, decision: Decision) -> dict:
        if refused := decision_services.why_not(decision, self.request.user):
            return {"decision": decision, "refused": refused}
        written = letters.written(decision)
        return {"decision": decision, "refused": [], "letters": written, "digest": letters.digest(written)}

    def post(self, request, *args, **kwargs):
        seen = [(decision, request.POST.get(f"seen-{decision.pk}", "")) for decision in self.chosen]
        return self.render_to_response(
            self.get_context_data(results=decision_services.release_many(seen, request.user))
        )


class DecisionViewSet(ModelViewSet):
    model = Decision
    name = "desk_decisions"
    url_prefix = "decisions"
    icon = "mail"
    menu_label = gettext_lazy("Decisions to release")
    menu_order = 115
    add_to_admin_menu = True
    index_view_class = DecisionIndexView
    copy_view_enabled = False
    list_per_page = decision_services.MOST_AT_ONCE
    list_display = [
        ChooseColumn("choose", label=gettext_lazy("Choose")),
        ReferenceColumn("reference", label=gettext_lazy("Reference")),
        Column("lead", label=gettext_lazy("Led by"), accessor="application.lead"),
        Column("outcome", label=gettext_lazy("Decision"), accessor=shown_outcome),
        Column("prepared_by", label=gettext_lazy("Prepared by"), classname=WIDE),
        DateColumn("prepared_at", label=gettext_lazy("Prepared on"), sort_key="prepared_at", classname=WIDE),
    ]
    ordering = "prepared_at"
    form_fields = ["outcome"]

    @property
    def permission_policy(self):
        return RulePolicy(Decision, is_officer | is_decider, actions=("view",))

    def get_urlpatterns(self):
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("release/", self.construct_view(ReleaseManyView), name="release_many"),
            path("<int:pk>/", self.construct_view(desk_decision.PreviewView), name="inspect"),
            path("<int:pk>/change/", self.construct_view(desk_decision.ChangeView), name="change"),
            path("<int:pk>/discard/", self.construct_view(desk_decision.DiscardView), name="discard"),
            path("<int:pk>/release/", self.construct_view(desk_decision.ReleaseView), name="release"),
            path("<int:pk>/letters/<int:party_pk>/", self.construct_view(desk_decision.LetterView), name="letter"),
        ]
