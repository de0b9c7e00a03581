"""Where a cache lies."""

import environ

REDIS = "django.core.cache.backends.redis.RedisCache"


def cache_at(env: environ.Env, variable: str, default: str) -> dict:
    """Settings of the cache whose address this variable holds. On Redis it is our backend, which bears its failing."""
    found = env.cache_url(variable, default=default)
    if found["BACKEND"] == REDIS:
        found["BACKEND"] = "portal.outage.redis_cache.RedisCache"
    return found
