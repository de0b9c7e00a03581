"""Options of the whole test run."""

import pytest
from django.test import SimpleTestCase
from hypothesis import settings

settings.register_profile("all", max_examples=2000)


def pytest_addoption(parser):
    parser.addoption("--all", action="store_true", help="every combination, not only pairs (make test-all)")


def pytest_configure(config):
    if config.getoption("--all"):
        settings.load_profile("all")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """A test that asks for no database at all needs no second one either."""
    for item in items:
        if not asks_for_a_database(item):
            item.add_marker("any_database")


def asks_for_a_database(item) -> bool:
    is_django_case = item.cls is not None and issubclass(item.cls, SimpleTestCase)
    asked = {"db", "transactional_db"} & set(item.fixturenames)
    return bool(is_django_case or asked or item.get_closest_marker("django_db"))
