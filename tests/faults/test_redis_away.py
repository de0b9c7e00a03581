"""Redis goes away under the caches, and comes back."""

import environ
import pytest
from django.core.cache import caches

from portal.outage.redis_cache import BREAKERS
from portal.settings import base
from portal.settings.caches import cache_at
from tests.browser.site import wait_until
from tests.factories import UserFactory
from tests.portal.accounts.signing_in import ask_for_code

from .servers import RedisServer

pytestmark = pytest.mark.django_db


@pytest.fixture
def redis(settings, monkeypatch):
    server = RedisServer()
    server.start()
    monkeypatch.setenv("CACHE_URL", server.url)
    on_redis = cache_at(environ.Env(), "CACHE_URL", "locmemcache://")
    settings.CACHES = {**settings.CACHES, "default": on_redis, "pages": on_redis}
    yield server
    server.stop()
    BREAKERS.clear()


def test_pages_limits_and_publishing_go_on_without_redis(redis, client, settings):
    settings.ACCOUNT_RATE_LIMITS = base.ACCOUNT_RATE_LIMITS
    person = UserFactory()
    assert client.get("/nl/").status_code == 200
    caches["default"].set("name", "from Redis")

    redis.stop()
    assert client.get("/nl/").status_code == 200
    assert ask_for_code(client, person.email).status_code == 200
    caches["pages"].clear()
    # Limits still count, each process for itself.
    cache = caches["default"]
    assert cache.get("name") is None
    assert cache.add("count", 1)
    assert cache.incr("count") == 2
    assert cache.get_many(["count", "name"]) == {"count": 2}

    redis.start()
    wait_until("Redis to be used again", lambda: cache.get("count") is None)
    cache.set("name", "from Redis again")
    assert cache.get("name") == "from Redis again"
