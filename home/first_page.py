"""What waits for whoever opens the desk, on its first page: one row for each kind, with how many and where."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component
from wagtail.models import TaskState, WorkflowState

from portal.models import User
from portal.permissions import is_publisher

from . import scheduled_panel
from .links.report import broken_for
from .missing import waiting_segments
from .models import EmptySearch
from .reviews import services as reviews_services
from .translation.permissions import is_author, languages_of

WORKFLOWS = "wagtailadmin_reports:workflow"


@dataclass(frozen=True)
class Row:
    label: Promise
    number: int
    address: str


def rows_for(request: HttpRequest) -> list[Row]:
    """Of the kinds that concern this person, also those of which nothing waits; nothing for who writes no texts."""
    user = request.user
    languages = languages_of(user)
    if not languages:
        return []
    rows = [_sent_back(user)]
    if is_publisher(user):
        reviewable = TaskState.objects.reviewable_by(user).count()
        rows.insert(0, Row(_("To approve"), reviewable, _link(WORKFLOWS, reviewable="true")))
    rows.append(Row(_("Texts to translate"), waiting_segments(languages).count(), _link("desk_translations")))
    scheduled = len(scheduled_panel.waiting_in(request))
    rows.append(Row(_("Goes live or offline at a set time"), scheduled, "#panel-scheduled-section"))
    if is_author(user):
        rows.append(Row(_("Pages to review"), reviews_services.due().count(), _link("desk_reviews", due="soon")))
    rows.append(Row(_("Broken links"), broken_for(user).count(), _link("desk_broken_links")))
    if is_author(user):
        rows.append(Row(_("Searches without a result"), EmptySearch.objects.count(), _link("empty_searches:index")))
    return rows


def _sent_back(user: User) -> Row:
    mine = WorkflowState.objects.filter(requested_by=user, status=WorkflowState.STATUS_NEEDS_CHANGES)
    query = {"status": WorkflowState.STATUS_NEEDS_CHANGES, "requested_by": user.pk}
    return Row(_("Sent back to you, with changes to make"), mine.count(), _link(WORKFLOWS, **query))


def _link(name: str, **query) -> str:
    return f"{reverse(name)}?{urlencode(query)}" if query else reverse(name)


class WaitingForYouPanel(Component):
    name = "waiting_for_you"
    order = 50
    template_name = "home/desk/first_page.html"

    def get_context_data(self, parent_context):
        rows = rows_for(parent_context["request"])
        return {"rows": rows, "is_quiet": not any(row.number for row in rows)}


def add_to(request: HttpRequest, panels) -> None:
    if languages_of(request.user):
        panels.append(WaitingForYouPanel())
