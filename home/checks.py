"""What Django checks about approval: `manage.py check --database default`."""

from django.core.checks import CheckMessage, Error, Tags, register
from django.core.checks import Warning as CheckWarning
from django.db import connections
from wagtail.models import AbstractGroupApprovalTask, Task, Workflow


@register(Tags.database)
def submitted_texts_reach_someone(app_configs, databases, **kwargs):
    """Each workflow in use has a task, and each task has people who can approve."""
    return [found for using in databases or [] if _has_tables(using) for found in _unattended(using)]


def _has_tables(using: str) -> bool:
    tables = connections[using].introspection.table_names()
    return {"wagtailcore_workflowcontenttype", "portal_user"} <= set(tables)


def _unattended(using: str) -> list[CheckMessage]:
    from .approval import people_of

    found: list[CheckMessage] = []
    for workflow in Workflow.objects.using(using).filter(active=True):
        tasks = Task.objects.using(using).filter(active=True, workflow_tasks__workflow=workflow).specific()
        if not tasks:
            found.append(
                Error(
                    f"Workflow “{workflow}” has no task: what editors submit is published without approval.",
                    hint="Give it a task in the admin (Settings, Workflows), or run manage.py set_up.",
                    id="home.E002",
                )
            )
        for task in tasks:
            if not isinstance(task, AbstractGroupApprovalTask):
                continue
            if not task.groups.exists():
                found.append(
                    Error(
                        f"The approval task “{task}” has no groups: what editors submit reaches nobody.",
                        hint="Give it groups in the admin (Settings, Workflow tasks), or run manage.py set_up.",
                        id="home.E001",
                    )
                )
            elif not people_of(task):
                groups = ", ".join(task.groups.values_list("name", flat=True))
                found.append(
                    CheckWarning(
                        f"The approval task “{task}” has no people: no active account is in {groups}.",
                        hint="Put someone into one of these groups.",
                        id="home.W001",
                    )
                )
    return found
