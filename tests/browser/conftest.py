import pytest

from .people import Person
from .site import RunningSite


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
