from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from .people import Person
from .site import RunningSite

CHROMIUM = "/usr/bin/chromium"
expect.set_options(timeout=10_000)


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Browser:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-background-networking", "--disable-sync"]
        )
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory, pytestconfig) -> RunningSite:
    running = RunningSite(tmp_path_factory.mktemp("site"), everything=pytestconfig.getoption("--all"))
    running.load()
    running.start()
    yield running
    running.stop()


@pytest.fixture
def person(browser, site):
    """Makes a signed-in person: person("city"), person("officer", language="fr")."""
    contexts = []

    def make(name: str, language: str = "nl", width: int = 1280) -> Person:
        context = browser.new_context(viewport={"width": width, "height": 900}, locale=language)
        contexts.append(context)
        return Person(site, context.new_page(), name, language)

    yield make
    for context in contexts:
        context.close()
