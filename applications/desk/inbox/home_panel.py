"""What to do first, on the first page of the desk."""

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component

from portal.permissions import is_decider, is_officer

from ...case.handling_time import OLDEST_FIRST
from ...permissions import submitted_and_seen, to_decide_by
from ..decisions_to_release import prepared_for
from ..dossier.views import dossier_url
from . import queries as inbox_queries
from .queries import Work
from .view import days_with_fedasil, shown, waits_for

SHOWN = 5


class FirstThingsPanel(Component):
    """One's own overdue applications, the numbers of other work, and the decisions that a decider can release."""

    name = "first_things"
    order = 50
    template_name = "applications/desk/inbox/home_panel.html"

    def get_context_data(self, parent_context):
        user = parent_context["request"].user
        context = {**super().get_context_data(parent_context), "is_officer": is_officer(user), "links": []}
        if is_decider(user):
            waiting = prepared_for(user).filter(application__in=to_decide_by(user)).count()
            context["links"].append((_("Decisions to release"), waiting, reverse("desk_decisions:index")))
        return self.of_officer(user, context) if is_officer(user) else context

    def of_officer(self, user, context) -> dict:
        mine, late_now = inbox_queries.mine(user), inbox_queries.overdue()
        counts = inbox_queries.counts(
            user, mine=mine, my_overdue=mine & late_now, unassigned=inbox_queries.unassigned()
        )
        found = inbox_queries.listed(submitted_and_seen(user)).filter(mine, late_now).order_by(*OLDEST_FIRST)[:SHOWN]
        late = inbox_queries.as_read(submitted_and_seen(user).filter(pk__in=list(found.values_list("pk", flat=True))))
        index = reverse("desk_applications:index")
        return {
            **context,
            "late": [
                {"row": row, "url": dossier_url(row), "days": days_with_fedasil(row), "waits_for": waits_for(row)}
                for row in late.order_by(*OLDEST_FIRST)
            ],
            "links": [
                *context["links"],
                (_("My work that is overdue"), shown(counts["my_overdue"]), f"{index}?work={Work.MINE}&overdue=yes"),
                (_("My work"), shown(counts["mine"]), f"{index}?work={Work.MINE}"),
                (
                    _("Applications that nobody looks after"),
                    shown(counts["unassigned"]),
                    f"{index}?work={Work.TEAM}&assignee=null",
                ),
                (_("Interest to follow up"), shown(counts["due_interests"]), reverse("desk_interests:index")),
            ],
        }


def add_to(request, panels) -> None:
    if is_officer(request.user) or is_decider(request.user):
        panels.append(FirstThingsPanel())
