"""The same thing at once, from several connections."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier

from django.db import connection, connections

from portal.workflow import Refused


def at_once(count: int, action: Callable) -> list:
    """Call `action` in `count` threads, each with its own connection; answers the results, refusals included.

    SQLite in memory has one connection for all threads: there it is called once; races are claimed on PostgreSQL.
    """
    count = count if connection.vendor == "postgresql" else 1
    barrier = Barrier(count)

    def call(number):
        barrier.wait()
        try:
            return action()
        except Refused as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(count) as threads, patience():
        return list(threads.map(call, range(count)))


@contextmanager
def patience() -> Iterator[None]:
    """So many threads as no site has wait for the few connections, and longer than one would."""
    pool = getattr(connection, "pool", None)
    if not pool:
        yield
        return
    before, pool.timeout = pool.timeout, 120
    try:
        yield
    finally:
        pool.timeout = before
