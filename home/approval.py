"""Who approves what editors submit, and the mails about it: rows of the outbox in place of Wagtail's own mails."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib import messages
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.utils import get_latest_str
from wagtail.admin.utils import get_user_display_name as name_of
from wagtail.models import (
    AbstractGroupApprovalTask,
    GroupApprovalTask,
    Page,
    Revision,
    TaskState,
    Workflow,
    WorkflowContentType,
    WorkflowPage,
    WorkflowState,
    WorkflowTask,
)
from wagtail.signals import (
    task_submitted,
    workflow_approved,
    workflow_cancelled,
    workflow_rejected,
    workflow_submitted,
)

from partners.models import ChecklistTemplate, YearFigure
from portal.mail import outbox
from portal.models import User
from portal.permissions import PUBLISHERS

from .missing import translation_into
from .models import Fact, Frame, Question, Session, SiteNotice, SiteText, SourceName, Term
from .translation.pairs import goes_live_with_source

# As Wagtail's own migration calls both.
SHIPPED_BY_WAGTAIL = "Moderators approval"
WORKFLOW, TASK = "Approval", PUBLISHERS
SNIPPETS = (Question, Term, Frame, SiteText, SiteNotice, Fact, YearFigure, SourceName, ChecklistTemplate, Session)


# ── Who approves ──────────────────────────────────────────────────────────────────────────────────────────────────────
@transaction.atomic
def set_approval() -> None:
    """Give all pages and snippets one workflow with one task, for the publishers. Safe to run again."""
    names = (SHIPPED_BY_WAGTAIL, TASK)
    task = GroupApprovalTask.objects.filter(name__in=names).order_by("pk").first() or GroupApprovalTask()
    task.name, task.active = TASK, True
    task.save()
    task.groups.set(Group.objects.filter(name=PUBLISHERS))
    names = (SHIPPED_BY_WAGTAIL, WORKFLOW)
    workflow = Workflow.objects.filter(name__in=names).order_by("pk").first() or Workflow()
    workflow.name, workflow.active = WORKFLOW, True
    workflow.save()
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task)
    WorkflowPage.objects.update_or_create(page=Page.get_first_root_node(), defaults={"workflow": workflow})
    for model in SNIPPETS:
        kind = ContentType.objects.get_for_model(model)
        WorkflowContentType.objects.update_or_create(content_type=kind, defaults={"workflow": workflow})


def people_of(task: AbstractGroupApprovalTask) -> Iterable[User]:
    """Who can approve at this task."""
    return User.objects.filter(is_active=True, groups__in=task.groups.all()).distinct().order_by("pk")


# ── Who is told ───────────────────────────────────────────────────────────────────────────────────────────────────────
def tell_approvers(sender, instance: TaskState, user: User | None, **kwargs) -> None:
    """Those who can approve it, but not who submitted it (receives task_submitted)."""
    task = instance.task.specific
    if isinstance(task, AbstractGroupApprovalTask):
        for person in people_of(task):
            if person != user:
                _tell(person, "approval_asked", instance.workflow_state, instance, person=user and name_of(user))


def tell_rejected(sender, instance: WorkflowState, user: User | None, **kwargs) -> None:
    _tell_submitter("changes_asked", instance, user)


def tell_approved(sender, instance: WorkflowState, user: User | None, **kwargs) -> None:
    _tell_submitter("text_published", instance, user)


def tell_cancelled(sender, instance: WorkflowState, user: User | None, **kwargs) -> None:
    """Someone else ended it: by publishing it directly, which Wagtail calls cancelled too, or without that."""
    latest = instance.content_object.get_latest_revision()
    is_published = instance.content_object.live_revision_id == latest.pk or latest.approved_go_live_at
    _tell_submitter("text_published" if is_published else "approval_ended", instance, user)


def _tell_submitter(template: str, state: WorkflowState, user: User | None) -> None:
    submitter, task_state = state.requested_by, state.current_task_state
    if submitter and submitter != user and submitter.is_active:
        context = {"comment": task_state.comment, "goes_live_at": _goes_live_at(state)}
        _tell(submitter, template, state, task_state, person=user and name_of(user), **context)


def _goes_live_at(state: WorkflowState) -> datetime | None:
    """When what was approved goes live, if that is later."""
    dates = Revision.objects.for_instance(state.content_object).filter(approved_go_live_at__isnull=False)
    own = dates.values_list("approved_go_live_at", flat=True).first()
    return own or goes_live_with_source(state.content_object)


def _tell(reader: User, template: str, state: WorkflowState, task_state: TaskState, **context) -> None:
    instance = state.content_object
    outbox.queue(
        key=f"{template}:{task_state.pk}:{reader.pk}",
        to=reader.email,
        language=reader.language,
        template=f"home/{template}",
        context={"title": get_latest_str(instance), "address": AdminURLFinder().get_edit_url(instance), **context},
    )


def say_what_to_change(request: HttpRequest, instance) -> None:
    """Above the form of what was sent back, why (receives the hooks before_edit_page and before_edit_snippet)."""
    state = getattr(instance, "current_workflow_state", None)
    # In the editor of a translation it stands above the texts.
    was_sent_back = request.method == "GET" and state and state.status == WorkflowState.STATUS_NEEDS_CHANGES
    comment = state.current_task_state.comment if was_sent_back else ""
    if comment and not translation_into(instance):
        messages.warning(request, _("Changes were asked for: %(comment)s") % {"comment": comment})


def tell_nobody(sender, **kwargs) -> None:
    """Superusers, whom Wagtail mails about each submission, do not approve."""


def connect() -> None:
    """Tell people by the outbox, in place of Wagtail's receivers: these send inside the request and drop what fails.

    Wagtail connects its own under these names, before or after us: a name is taken once.
    """
    for signal, sender, wagtail_name, receiver in (
        (task_submitted, TaskState, "group_approval_task_submitted_email_notification", tell_approvers),
        (workflow_submitted, WorkflowState, "workflow_state_submitted_email_notification", tell_nobody),
        (workflow_rejected, WorkflowState, "workflow_state_rejected_email_notification", tell_rejected),
        (workflow_approved, WorkflowState, "workflow_state_approved_email_notification", tell_approved),
    ):
        signal.disconnect(sender=sender, dispatch_uid=wagtail_name)
        signal.connect(receiver, sender=sender, dispatch_uid=wagtail_name)
    workflow_cancelled.connect(tell_cancelled, sender=WorkflowState)
