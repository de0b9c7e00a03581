"""Options of the whole test run."""


def pytest_addoption(parser):
    parser.addoption("--all", action="store_true", help="every combination, not only pairs (make test-all)")
