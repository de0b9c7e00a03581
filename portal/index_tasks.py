"""Search index and reference index of what one command saves: brought up to date by that command, not by the worker."""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django_tasks.signals import task_enqueued
from django_tasks_db.models import DBTaskResult
from modelsearch.tasks import insert_or_update_object_task
from wagtail.tasks import update_reference_index_task

logger = logging.getLogger(__name__)
INDEX_TASKS = {task.module_path: task for task in (insert_or_update_object_task, update_reference_index_task)}


@contextmanager
def indexed_at_the_end() -> Iterator[None]:
    """Do the index tasks that are queued within, once for each object, when it ends.

    The tasks stay rows of the queue until then: should it break off, the worker does them. Those of others stay too.
    """
    queued: dict[tuple[str, str], list[str]] = {}

    def remember(task_result, **kwargs) -> None:
        path = task_result.task.module_path
        if path in INDEX_TASKS:
            queued.setdefault((path, json.dumps(task_result.args)), []).append(task_result.id)

    task_enqueued.connect(remember)
    try:
        yield
    finally:
        task_enqueued.disconnect(remember)
    for (path, args), task_ids in queued.items():
        index(path, json.loads(args), task_ids)


def index(path: str, args: list, task_ids: list[str]) -> None:
    """Do these equal tasks once, and take them from the queue. Those that fail stay for the worker, which logs it."""
    try:
        with transaction.atomic():
            waiting = DBTaskResult.objects.ready().filter(pk__in=task_ids).select_for_update(skip_locked=True)
            # A worker may be at one of them; what was rolled back is not there.
            taken = [task.pk for task in waiting]
            if taken:
                with suppress(ObjectDoesNotExist):  # deleted since
                    INDEX_TASKS[path].call(*args)
                DBTaskResult.objects.filter(pk__in=taken).delete()
    except Exception:
        logger.exception("could not index %s", args)
