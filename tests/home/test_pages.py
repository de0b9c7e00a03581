"""What a visitor gets: languages, alternates, one heading, amounts from the rates, and few queries."""

import re
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from wagtail.models import Page

from home.content.source import pages
from home.models import InformationPage
from partners.models import Rate
from portal import clock

pytestmark = pytest.mark.django_db


def live_pages():
    return [page for page in Page.objects.live().filter(depth__gt=1).specific() if page.depth > 1]


def path_of(page) -> str:
    return urlsplit(page.get_full_url()).path


def body_of(path: str) -> str:
    response = Client().get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def test_each_shipped_page_stands_in_each_language():
    for source in pages():
        languages = {
            page.locale.language_code for page in Page.objects.live().filter(translation_key=source.translation_key)
        }
        assert languages == dict(settings.LANGUAGES).keys(), source.name


def test_alternates_point_at_each_other():
    for page in live_pages():
        links = dict(re.findall(r'<link rel="alternate" hreflang="(\w+)" href="([^"]+)"', body_of(path_of(page))))
        expected = {other.locale.language_code: other.get_full_url() for other in page.get_translations(inclusive=True)}
        assert links == expected, page


class Headings(HTMLParser):
    def __init__(self):
        super().__init__()
        self.levels: list[int] = []
        self.languages: list[str] = []

    def handle_starttag(self, tag, attrs):
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))
        if tag == "html":
            self.languages.append(dict(attrs)["lang"])


def test_one_first_heading_no_level_left_out_and_the_language_said():
    for page in live_pages():
        headings = Headings()
        headings.feed(body_of(path_of(page)))
        assert headings.languages == [page.locale.language_code]
        assert headings.levels.count(1) == 1, page
        assert all(after - before <= 1 for before, after in zip(headings.levels, headings.levels[1:], strict=False)), (
            page
        )


def test_the_first_page_offers_the_languages_and_remembers_nothing():
    response = Client(headers={"accept-language": "fr"}).get("/")
    body = response.content.decode()
    for code, name in settings.LANGUAGES:
        assert f'href="/{code}/"' in body
        assert name in body
    assert not response.cookies


def test_an_amount_on_a_page_is_the_rate_of_today():
    (page,) = [page for page in live_pages() if page.slug == "wat-mag-een-partner-verwachten"]
    before = body_of(path_of(page))
    assert "3.000" in before
    Rate.objects.create(
        code=Rate.Code.STAY_LUMP_SUM,
        amount=Decimal("3150.50"),
        valid_from=clock.today(),
        source="A new decision",
        source_date=date(2026, 11, 1),
    )
    after = body_of(path_of(page))
    assert "3.150,50" in after
    assert "3.000" not in after


def test_a_page_not_translated_yet_is_left_out_of_the_alternates_and_the_switcher_leads_home():
    home = Page.objects.get(depth=2, locale__language_code="nl")
    page = home.add_child(instance=InformationPage(title="Nieuw", slug="nieuw", intro="Nog niet vertaald."))
    body = body_of(path_of(page))
    assert 'hreflang="fr" href="http' not in body
    assert 'href="/fr/"' in body


def test_the_number_of_queries_does_not_grow_with_the_pages(django_assert_max_num_queries):
    home = Page.objects.get(depth=2, locale__language_code="nl")
    Client().get("/nl/")
    with django_assert_max_num_queries(30) as few:
        Client().get("/nl/")
    for number in range(10):
        home.add_child(
            instance=InformationPage(title=f"Pagina {number}", slug=f"p{number}", intro="x", show_in_menus=True)
        )
    with django_assert_max_num_queries(len(few)):
        Client().get("/nl/")
