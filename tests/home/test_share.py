"""Share images: one a page, of its title and a drawing, made by the worker at publishing and never by a request."""

import re
from io import BytesIO
from types import SimpleNamespace

import pytest
from django.test import Client
from PIL import Image
from wagtail.models import Page

from home import share, share_tasks

pytestmark = pytest.mark.django_db
WAYS = "/nl/wat-mag-een-partner-verwachten/klassiek-traject-en-partnerschap/"
SHARED = "/nl/wat-mag-een-partner-verwachten/"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    own = {"BACKEND": settings.STORAGES["default"]["BACKEND"], "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": own}


def page_at(path: str) -> Page:
    return Page.objects.get(url_path=path)


def meta(path: str) -> dict[str, str]:
    html = Client().get(path).content.decode()
    return dict(re.findall(r'<meta property="og:([\w:]+)" content="([^"]*)"', html))


def fetched(path: str) -> tuple[bytes, str]:
    response = Client().get(re.sub("^https?://[^/]+", "", meta(path)["image"]))
    assert response["Content-Type"] == "image/png"
    return b"".join(response.streaming_content), response["Cache-Control"]


def test_the_tags_say_which_image_how_large_and_what_it_shows():
    first, second = meta(WAYS), meta("/fr/")
    assert first["image"] != second["image"]
    assert (first["image:width"], first["image:height"]) == ("1200", "630")
    assert first["image:alt"] == first["title"] == page_at(WAYS).title


def test_pages_differ_and_a_request_draws_nothing(monkeypatch):
    shared, seconds = fetched(WAYS)
    assert "max-age=60" in seconds
    for path in (WAYS, "/nl/"):
        share.make(page_at(path))
    monkeypatch.setattr(share, "picture", lambda page: pytest.fail("drawn while someone waits"))
    images = {path: fetched(path)[0] for path in (WAYS, "/nl/")}
    assert len({shared, *images.values()}) == 3
    for content in images.values():
        assert Image.open(BytesIO(content)).size == (1200, 630)
        assert len(content) < 100_000


@pytest.mark.parametrize(
    ("path", "drawing"), [("/nl/", "path"), (SHARED, "aims"), (WAYS, "two_ways"), ("/nl/contact/", "path")]
)
def test_a_page_has_its_own_drawing_or_that_of_its_section(path, drawing):
    assert share.drawing_of(page_at(path)) == drawing


def test_publishing_asks_the_worker_and_another_title_is_another_picture(monkeypatch):
    asked = []
    monkeypatch.setattr(share_tasks, "make_in_background", SimpleNamespace(enqueue=asked.append))
    monkeypatch.setattr(share, "picture", lambda page: b"drawn")
    page = page_at(WAYS).specific
    page.save_revision().publish()
    assert asked == [page.pk]
    assert share.make(page)
    assert not share.make(page)
    page.title = "Anders"
    old = share.kept(page)
    assert share.make(page)
    assert share.kept(page) != old
    page.unpublish()
    assert share.kept(page) is None
