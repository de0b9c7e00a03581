"""What waits for a publisher's approval, on the first page: as Wagtail's panel, with as many queries for any number.

Wagtail asks for the tasks of each row anew. All that is submitted here has one task (home/approval.py).
"""

from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.admin.views.home import WorkflowObjectsToModeratePanel
from wagtail.models import Page, Revision, Task, TaskState


class ToApprovePanel(WorkflowObjectsToModeratePanel):
    def get_context_data(self, parent_context):
        request = parent_context["request"]
        states = (
            TaskState.objects.reviewable_by(request.user)
            .select_related("revision__user", "workflow_state__workflow")
            .prefetch_related("revision__content_object__latest_revision")
            .order_by("-started_at")
            .annotate(previous_revision_id=Revision.objects.previous_revision_id_subquery())
        )
        tasks = {task.pk: task for task in Task.objects.filter(active=True).specific()}
        for task in tasks.values():
            task.status, task.status_display = TaskState.STATUS_IN_PROGRESS, _("In progress")
        actions: dict[int, list] = {}
        rows = []
        for state in states:
            text, task = state.revision.content_object, tasks[state.task_id]
            if text:
                if state.task_id not in actions:
                    actions[state.task_id] = task.get_actions(text, request.user)
                rows.append(_row(state, text, task, actions[state.task_id]))
        return {"states": rows, "request": request, "csrf_token": parent_context["csrf_token"]}


def _row(state: TaskState, text, task: Task, actions: list) -> dict:
    def name(page: str) -> str:
        return f"wagtailadmin_pages:{page}" if isinstance(text, Page) else text.snippet_viewset.get_url_name(page)

    return {
        "obj": text,
        "revision": state.revision,
        "previous_revision_id": state.previous_revision_id,
        "live_revision_id": text.live_revision_id,
        "task_state": state,
        "actions": actions,
        "workflow_tasks": [task],
        "workflow_action_url_name": name("workflow_action"),
        "workflow_preview_url_name": name("workflow_preview") if getattr(text, "is_previewable", False) else None,
        "revisions_compare_url_name": name("revisions_compare"),
    }


def replace(request: HttpRequest, panels: list) -> None:
    panels[:] = [ToApprovePanel() if type(panel) is WorkflowObjectsToModeratePanel else panel for panel in panels]
