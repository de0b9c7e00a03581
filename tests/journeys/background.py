"""The background work of a journey."""

from datetime import UTC, datetime

from django_tasks_db import DatabaseBackend

NEVER = datetime(9000, 1, 1, tzinfo=UTC)


class Backend(DatabaseBackend):
    """Leaves out what is less urgent than everything else: PDFs of pages take minutes, and no journey reads them."""

    def enqueue(self, task, args, kwargs):
        return super().enqueue(task if task.priority >= 0 else task.using(run_after=NEVER), args, kwargs)
