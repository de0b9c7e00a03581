"""What takes long stands outside transactions, since these keep their locks until they end (decision 52)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import connection

Params = ParamSpec("Params")
Result = TypeVar("Result")
_may_wait: ContextVar[bool] = ContextVar("slow work may stand in a transaction", default=False)


def outside_transactions(function: Callable[Params, Result]) -> Callable[Params, Result]:
    """For a function that takes long, such as one that asks another server: RuntimeError within a transaction.

    As with Django's `atomic(durable=True)`, the transaction around a test does not count.
    """

    @wraps(function)
    def outside(*args: Params.args, **kwargs: Params.kwargs) -> Result:
        blocks = connection.atomic_blocks
        if blocks and not getattr(blocks[-1], "_from_testcase", False) and not _may_wait.get():
            raise RuntimeError(f"{function.__qualname__} takes long. Call it before the transaction begins.")
        return function(*args, **kwargs)

    return outside


@contextmanager
def others_may_wait() -> Iterator[None]:
    """For commands that set a site up while nobody works with it: slow work may stand in their transactions."""
    token = _may_wait.set(True)
    try:
        yield
    finally:
        _may_wait.reset(token)
