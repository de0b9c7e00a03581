import logging
import time

from django.db import InterfaceError, OperationalError, connections
from django_tasks import TaskResultStatus
from django_tasks.signals import task_finished
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

logger = logging.getLogger(__name__)
INTERRUPTIONS = {f"{error.__module__}.{error.__qualname__}" for error in (OperationalError, InterfaceError)}
# How often a task is begun. One that the database interrupts each time ends as failed.
ATTEMPTS = 3


class Command(db_worker.Command):
    help = "Does background work as db_worker does, and goes on by itself when the database was away."

    def handle(self, **options):
        task_finished.connect(requeue_interrupted)
        outage = None
        while True:
            try:
                requeue_unfinished(options["worker_id"], outage)
                return super().handle(**options)
            except (OperationalError, InterfaceError) as error:
                outage = error
                logger.error("the worker waits for the database: %s", error)
                connections.close_all()
                time.sleep(options["interval"])


def requeue(task: DBTaskResult) -> bool:
    """Have it done again from its beginning, which every task bears. False where it was begun too often."""
    if len(task.worker_ids) >= ATTEMPTS:
        return False
    DBTaskResult.objects.filter(pk=task.pk).update(status=TaskResultStatus.READY, finished_at=None)
    return True


def requeue_unfinished(worker_id: str, outage: Exception | None) -> None:
    """For the task whose end this worker could not write, since the database was away."""
    for task in DBTaskResult.objects.running():
        if task.worker_ids[-1] == worker_id and not requeue(task):
            task.set_failed(outage)


def requeue_interrupted(task_result, **kwargs) -> None:
    """For a task whose connection broke, where the next connection already worked."""
    if task_result.errors and task_result.errors[-1].exception_class_path in INTERRUPTIONS:
        requeue(task_result.db_result)
