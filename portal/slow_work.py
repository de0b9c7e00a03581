"""What takes long stands outside transactions, since these keep their locks until they end (decision 52)."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, TypeVar

from django.conf import settings
from django.db import connection

logger = logging.getLogger(__name__)
Params = ParamSpec("Params")
Result = TypeVar("Result")
_may_wait: ContextVar[bool] = ContextVar("slow work may stand in a transaction", default=False)


def outside_transactions(function: Callable[Params, Result]) -> Callable[Params, Result]:
    """For a function that takes long, such as one that asks another server: RuntimeError within a transaction.

    As with Django's `atomic(durable=True)`, the transaction around a test does not count. On a server it is done and
    logged as an error: people rather wait than see a page fail.
    """

    @wraps(function)
    def outside(*args: Params.args, **kwargs: Params.kwargs) -> Result:
        blocks = connection.atomic_blocks
        if blocks and not getattr(blocks[-1], "_from_testcase", False) and not _may_wait.get():
            complaint = f"{function.__qualname__} takes long. Call it before the transaction begins."
            if settings.REFUSE_SLOW_WORK:
                raise RuntimeError(complaint)
            logger.error(complaint, stack_info=True)
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
