import pytest

from .life import Life, Site


@pytest.fixture
def life(tmp_path, browser) -> Life:
    """A life of its own: the clock of a site only goes on."""
    site = Site(tmp_path)
    site.load()
    site.start()
    try:
        life = Life(site, browser)
        yield life
        life.leave()
    finally:
        site.stop()
