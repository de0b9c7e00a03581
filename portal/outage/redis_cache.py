"""The cache backend for redis:// addresses: a Redis that is away makes the site slower, and nothing worse."""

import logging
from collections import defaultdict
from functools import wraps

from django.core.cache.backends import redis as django_redis
from django.core.cache.backends.locmem import LocMemCache
from redis.exceptions import RedisError

from .circuit_breaker import CircuitBreaker

logger = logging.getLogger(__name__)
SECONDS = 1
# Django makes a cache for each thread; whether its server is away is known to all of them.
BREAKERS: dict[str, CircuitBreaker] = defaultdict(CircuitBreaker)
OPERATIONS = (
    "add",
    "clear",
    "delete",
    "delete_many",
    "get",
    "get_many",
    "has_key",
    "incr",
    "set",
    "set_many",
    "touch",
)


class RedisCache(django_redis.RedisCache):
    """While Redis is away each process caches, and counts for limits, in its own memory."""

    def __init__(self, server, params):
        options = {"socket_connect_timeout": SECONDS, "socket_timeout": SECONDS, **params.get("OPTIONS", {})}
        super().__init__(server, {**params, "OPTIONS": options})
        self.memory = LocMemCache(str(server), {**params, "OPTIONS": {}})
        self.breaker = BREAKERS[str(server)]


def or_from_memory(name: str):
    """The operation of this name on Redis; on the process's own memory while Redis does not answer."""
    on_redis = getattr(django_redis.RedisCache, name)

    @wraps(on_redis)
    def operation(self, *args, **kwargs):
        if self.breaker.allows():
            try:
                result = on_redis(self, *args, **kwargs)
            except RedisError as error:
                if self.breaker.failed():
                    logger.error("Redis does not answer, each process caches for itself: %s", error)
            else:
                if self.breaker.succeeded():
                    logger.warning("Redis answers again")
                return result
        return getattr(self.memory, name)(*args, **kwargs)

    return operation


for name in OPERATIONS:
    setattr(RedisCache, name, or_from_memory(name))
