"""Options of the whole test run."""

from django.test import SimpleTestCase
from hypothesis import settings

# Few examples at each run, many where there is time. How long one takes says more about the machine than about us.
settings.register_profile("short", max_examples=40, deadline=None)
settings.register_profile("all", max_examples=400, deadline=None)
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup"}


def pytest_addoption(parser):
    parser.addoption("--all", action="store_true", help="every combination, not only pairs (make test-all)")
    parser.addoption("--without-database", action="store_true", help="only what needs none (make check)")


def pytest_configure(config):
    settings.load_profile("all" if config.getoption("--all") else "short")


def pytest_collection_modifyitems(config, items):
    if config.getoption("--without-database"):
        left_out = [item for item in items if needs_database(item)]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if not needs_database(item)]


def needs_database(item) -> bool:
    return bool(
        issubclass(item.cls or object, SimpleTestCase)
        or DATABASE_FIXTURES.intersection(item.fixturenames)
        or item.get_closest_marker("django_db")
        or item.get_closest_marker("browser")
    )
