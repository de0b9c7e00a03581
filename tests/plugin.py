"""Options of the whole test run."""

from hypothesis import settings

settings.register_profile("all", max_examples=2000)


def pytest_addoption(parser):
    parser.addoption("--all", action="store_true", help="every combination, not only pairs (make test-all)")


def pytest_configure(config):
    if config.getoption("--all"):
        settings.load_profile("all")
