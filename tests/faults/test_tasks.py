"""The database goes away in the middle of a task or of a due job."""

import signal

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from portal import clock, jobs
from portal.models import DueJob

pytestmark = [
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite is a file and cannot go away"),
    pytest.mark.usefixtures("own_transactions"),
]


def lose_connection() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")


@task(takes_context=True)
def interrupted(context, times: int, within_transaction: bool) -> str:
    """Loses its connection the first times. Within a transaction Django notices, and the next query works again."""
    if context.attempt <= times:
        if within_transaction:
            with transaction.atomic():
                lose_connection()
        lose_connection()
    return "done"


@pytest.fixture
def work():
    """Has the worker do all that is to do."""
    signals = (signal.SIGINT, signal.SIGTERM, signal.SIGQUIT)
    usual = {number: signal.getsignal(number) for number in signals}
    DBTaskResult.objects.all().delete()
    yield lambda: call_command("run_worker", batch=True, interval=0, startup_delay=False, reload=False, verbosity=0)
    for number, handler in usual.items():
        signal.signal(number, handler)


@pytest.mark.parametrize("within_transaction", [False, True])
def test_an_interrupted_task_is_done_again(work, within_transaction):
    result = interrupted.enqueue(2, within_transaction)
    work()
    result.refresh()
    assert (result.status, result.return_value) == (TaskResultStatus.SUCCESSFUL, "done")


@pytest.mark.parametrize("within_transaction", [False, True])
def test_one_that_is_interrupted_each_time_fails(work, within_transaction):
    result = interrupted.enqueue(9, within_transaction)
    work()
    result.refresh()
    assert (result.status, len(result.worker_ids)) == (TaskResultStatus.FAILED, 3)


def test_an_interrupted_due_job_runs_again_at_once(monkeypatch):
    runs = []

    def job() -> int:
        runs.append(1)
        if len(runs) == 1:
            lose_connection()
        return 7

    monkeypatch.setattr(jobs, "JOBS", {"first": job, "second": lambda: 1})
    # The others wait too: they would fail in the same way.
    assert jobs.run_all() == {}
    connection.close()
    assert jobs.run_all() == {"first": 7, "second": 1}


def test_only_its_own_lost_claims_are_taken_back(monkeypatch):
    """A server that crashes may forget the end of a claim that it had confirmed."""
    job = DueJob.objects.create(name="first")
    claims = []

    def note_claim() -> int:
        job.refresh_from_db()
        claims.append(job.claimed_until)
        # Meanwhile it is nobody else's, not even of another thread.
        assert jobs.run("first") is None
        return 7

    monkeypatch.setattr(jobs, "JOBS", {"first": note_claim})
    assert jobs.run("first") == 7
    DueJob.objects.update(claimed_until=claims[0])
    assert jobs.run("first") == 7
    DueJob.objects.update(claimed_until=clock.now() + jobs.CLAIM)
    assert jobs.run("first") is None
