"""What a visitor gets: every page in every language, alternates, headings, numbers, and few queries."""

import csv
import json
import re
import shutil
import subprocess
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urldefrag, urlsplit

import polib
import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection
from django.template.response import TemplateResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import Page

from home.chart import chart
from home.content import source as content
from home.models import Fact, InformationPage
from home.numbers import Numbers, known_numbers
from partners.models import Rate, YearFigure
from portal import clock

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parent.parent.parent
LANGUAGES = list(dict(settings.LANGUAGES))
# Names, abbreviations and words that are the same in another language.
SAME_WORDS = {
    *("Fedasil", "BELCO", "BELCO+", "UNHCR", "IOM", "AMIF", "Omarmer", "Community Sponsorship", "Contact", "contact"),
    *("Cookies", "cookies", "Quota", "Privacy", "privacy", "vzw Thope", "Gent", "resettlement@fedasil.be"),
    *("webinar-18-april-2023", "webinar-19-april-2023", "{example.5.direct.2}", "{example.5.later.1}"),
    *("{example.1.direct.1}", "Chilenen", "Kosovaren"),
}


class PageParser(HTMLParser):
    """Headings, language, links and ids of a page."""

    def __init__(self, html: str):
        super().__init__()
        self.levels: list[int] = []
        self.language = ""
        self.links: list[str] = []
        self.ids: list[str] = []
        self.alternates: dict[str, str] = {}
        self.data: list[dict] = []
        self.in_data = False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))
        if tag == "html":
            self.language = attributes["lang"]
        if tag == "a":
            self.links.append(attributes.get("href", ""))
        if tag == "link" and attributes.get("rel") == "alternate" and "hreflang" in attributes:
            self.alternates[attributes["hreflang"]] = attributes["href"]
        if "id" in attributes:
            self.ids.append(attributes["id"])
        self.in_data = attributes.get("type") == "application/ld+json"

    def handle_data(self, data):
        if self.in_data:
            self.data.append(json.loads(data))

    def handle_endtag(self, tag):
        self.in_data = False


def sitemap() -> list[str]:
    body = Client().get("/sitemap.xml").content.decode()
    return [urlsplit(address).path for address in re.findall(r"<loc>([^<]+)</loc>", body)]


def get(path: str) -> str:
    response = Client().get(path)
    assert response.status_code == 200, path
    assert not response.cookies, path
    return response.content.decode()


@pytest.fixture
def crawl() -> dict[str, PageParser]:
    return {path: PageParser(get(path)) for path in sitemap()}


def test_the_sitemap_has_every_shipped_page_in_every_language():
    paths = sitemap()
    assert len(paths) == len(set(paths)) == len(content.pages()) * len(LANGUAGES)
    assert {path.split("/")[1] for path in paths} == set(LANGUAGES)


def test_each_page_of_the_sitemap_is_whole(crawl):
    """One h1, no level left out, the right language, no id twice, alternates that point back."""
    by_address = {settings.SITE_URL + path: page for path, page in crawl.items()}
    for path, page in crawl.items():
        assert page.language == path.split("/")[1], path
        assert page.levels.count(1) == 1, path
        assert all(after - before <= 1 for before, after in zip(page.levels, page.levels[1:], strict=False)), path
        assert len(page.ids) == len(set(page.ids)), path
        alternates = {code: address for code, address in page.alternates.items() if code != "x-default"}
        assert alternates.keys() == set(LANGUAGES), path
        for address in alternates.values():
            assert by_address[address].alternates == page.alternates, path


def test_no_link_is_broken(crawl):
    seen: set[str] = set()
    for path, page in crawl.items():
        for link in page.links:
            address, fragment = urldefrag(link)
            if address.startswith(("http", "mailto:")):
                continue
            target = address or path
            if fragment and target in crawl:
                assert fragment in crawl[target].ids, f"{path} leads to {link}"
            if target not in crawl and target not in seen:
                seen.add(target)
                # 202: a PDF that is still being made.
                assert Client().get(target).status_code in (200, 202, 302), f"{path} leads to {link}"


def test_structured_data_says_what_a_page_is(crawl):
    kinds = {path: {item["@type"] for item in page.data} for path, page in crawl.items()}
    assert "GovernmentOrganization" in kinds["/nl/"]
    assert kinds["/nl/vragen-en-antwoorden/"] == {"FAQPage", "BreadcrumbList"}
    assert "Article" in kinds["/fr/l-histoire-de-gand/"]
    assert "NewsArticle" in kinds["/de/neuigkeiten/fedasil-sucht-partner/"]
    assert "Event" in kinds["/en/become-a-partner/information-sessions/webinar-18-april-2023/"]
    questions = next(item for item in crawl["/en/questions-and-answers/"].data if item["@type"] == "FAQPage")
    assert len(questions["mainEntity"]) == 15
    assert "{" not in json.dumps([question["acceptedAnswer"]["text"] for question in questions["mainEntity"]])


def test_the_pages_are_valid_html(tmp_path, crawl):
    """By html-validate, an npm package, with the rules of the standard."""
    node = shutil.which("node")
    assert node, "make test puts a Node on the path"
    for number, path in enumerate(crawl):
        (tmp_path / f"{number}.html").write_text(get(path))
    command = [node, str(ROOT / "node_modules/html-validate/bin/html-validate.mjs"), "--preset", "standard"]
    done = subprocess.run([*command, str(tmp_path)], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, (done.stdout + done.stderr)[:4000]


# ── Languages ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_the_first_page_offers_the_languages_and_remembers_nothing():
    response = Client(headers={"accept-language": "fr"}).get("/")
    body = response.content.decode()
    places = [body.index(f'href="/{code}/"') for code in ("nl", "fr", "de", "en")]
    assert places == sorted(places)
    assert not response.cookies


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_nothing_is_left_in_dutch(language):
    same = {
        entry.msgid
        for path in (content.FOLDER / "translations" / language).glob("*.po")
        for entry in polib.pofile(str(path))
        if entry.msgstr in ("", entry.msgid)
    }
    assert same <= SAME_WORDS


def test_a_page_not_translated_yet_says_so_in_the_readers_language_and_offers_what_there_is():
    home = Page.objects.get(url_path="/nl/")
    page = home.add_child(instance=InformationPage(title="Nieuw", slug="nieuw", intro="Nog niet vertaald."))
    links = PageParser(get("/nl/nieuw/")).links
    ask = f"/de/not-translated/{page.translation_key}/"
    assert ask in links
    body = get(ask)
    assert "noch nicht auf Deutsch" in body
    assert 'href="/nl/nieuw/" lang="nl"' in body
    assert Client().get(f"/nl/not-translated/{page.translation_key}/").headers["Location"] == "/nl/nieuw/"
    assert Client().get(f"/nl/not-translated/{'0' * 8}-0000-4000-8000-{'0' * 12}/").status_code == 404


def test_words_of_another_language_say_so():
    assert '<span lang="nl">Omarmer</span>' in get("/en/glossary/") or '<span lang="nl">omarmer</span>' in get(
        "/en/the-ghent-story/"
    )
    assert '<span lang="en">Community Sponsorship</span>' in get("/nl/wat-is-hervestiging/andere-wegen/")
    assert '<span lang="nl">' not in get("/nl/het-verhaal-van-gent/")


def test_a_changed_slug_leads_on(django_capture_on_commit_callbacks):
    page = Page.objects.get(url_path="/nl/begrippen/").specific
    page.slug = "woordenlijst"
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    response = Client().get("/nl/begrippen/")
    assert (response.status_code, response.headers["Location"]) == (301, "/nl/woordenlijst/")


# ── Numbers ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_the_arrivals_of_2013_to_2024_add_to_the_published_total():
    years = YearFigure.objects.filter(year__range=(2013, 2024))
    assert sum(year.arrived for year in years) == 5275
    assert "5.275" in get("/nl/wat-is-hervestiging/cijfers/")
    assert "5,275" in get("/en/what-is-resettlement/figures/")


def test_the_brochures_examples():
    numbers = Numbers({"example.5.direct.2", "example.5.later.1", "example.1.direct.1"})
    assert [numbers.get(key).value for key in ("example.5.direct.2", "example.5.later.1", "example.1.direct.1")] == [
        Decimal(22_000),
        Decimal(15_000),
        Decimal(5_000),
    ]


def test_an_amount_on_a_page_is_the_rate_of_today():
    path = "/nl/wat-mag-een-partner-verwachten/wat-een-partner-ontvangt/"
    assert "3.000" in get(path)
    Rate.objects.create(
        code=Rate.Code.STAY_LUMP_SUM,
        amount=Decimal("3150.50"),
        valid_from=clock.today(),
        source="A new decision",
        source_date=date(2026, 11, 1),
    )
    after = get(path)
    assert "3.150,50" in after
    assert "3.000" not in after.partition('class="amounts"')[2].partition("</ul>")[0]
    assert "A new decision" in after


DATES = re.compile(
    r"\b\d{1,2}\.? (?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december) \d{4}"
    r"|\b(?:19|20)\d\d(?:_RMW_\d+)?\b"
)
NOT_NUMBERS = re.compile(r"\{[^}]*\}|WCAG 2\.2|Kartuizersstraat 21, 1000|<[^>]*>|webinar-1[89]-april")


def test_no_number_is_typed_in_a_shipped_text():
    """Dates and addresses apart, every number of the site is a rate, a figure of a year or a fact."""
    files = [*(content.FOLDER / "pages").glob("*.toml"), *(content.FOLDER / "snippets").glob("*.toml")]
    for path in files:
        for line in path.read_text().splitlines():
            if line.startswith(("order", "date", "year", "number", "id =")):
                continue
            rest = DATES.sub("", NOT_NUMBERS.sub("", line))
            assert not re.search(r"\d", rest), f"{path.name}: {line}"


def test_a_text_names_only_numbers_that_are_there():
    known_numbers("{home_months} {rate.stay_lump_sum} {year.2024.arrived} {years.arrived} {example.5-3.later.2}")
    for wrong in (
        "{home_month}",
        "{rate.nothing}",
        "{year.1999.arrived}",
        "{example.0.direct.1}",
        "{example.5.direct.3}",
    ):
        with pytest.raises(ValidationError):
            known_numbers(wrong)


def test_every_number_shows_its_source():
    Fact.objects.filter(key="home_months").update(source="A source of its own")
    assert "A source of its own" in get("/nl/wat-mag-een-partner-verwachten/wie-doet-wat/")


def test_the_chart_shows_what_the_table_says():
    page = get("/nl/wat-is-hervestiging/cijfers/")
    assert "De meeste mensen kwamen in 2017: 1.309. De minste in 2014: 34." in page
    # In the drawing of wide screens and in the list of narrow ones.
    assert page.count('class="chart__bar') == 2 * YearFigure.objects.filter(arrived__isnull=False).count() == 24
    assert page.count('class="chart__pledged"') == YearFigure.objects.filter(pledged__isnull=False).count() == 9


def test_the_figures_as_a_spreadsheet():
    response = Client().get("/fr/figures.csv")
    rows = list(csv.reader(response.content.decode("utf-8-sig").splitlines(), delimiter=";"))
    assert rows[0] == ["Année", "Engagements", "Arrivées", "Source", "Date de la source"]
    assert sum(int(row[2]) for row in rows[1:]) == 5275
    assert rows[7][:3] == ["2019", "", "239"]


@given(st.lists(st.one_of(st.none(), st.integers(0, 10**9)), max_size=30))
def test_a_chart_keeps_its_bars_in_its_frame(values):
    drawn = chart([YearFigure(year=2000 + place, arrived=value) for place, value in enumerate(values)])
    for bar, value in zip(drawn.bars, values, strict=True):
        assert (bar.arrived is None) == (value is None)
        assert 0 <= bar.arrived_top <= drawn.base
        assert bar.left + bar.width <= drawn.width
    numbers = [number for _height, number in drawn.lines]
    assert numbers == sorted(set(numbers))
    assert numbers[-1] >= max([value for value in values if value] or [0])


# ── What machines read ────────────────────────────────────────────────────────────────────────────────────────────────
def test_feed_and_robots():
    feed = get("/fr/feed/")
    assert "Fedasil cherche des partenaires pour la réinstallation" in feed
    assert "487" in feed
    robots = get("/robots.txt")
    assert "Disallow: /de/applications/" in robots
    assert "/sitemap.xml" in robots


# ── Queries ───────────────────────────────────────────────────────────────────────────────────────────────────────────
COLD = 10
KINDS = [
    "/nl/",
    "/nl/wat-is-hervestiging/",
    "/nl/wat-is-hervestiging/cijfers/",
    "/nl/wat-mag-een-partner-verwachten/klassiek-traject-en-partnerschap/",
    "/nl/het-verhaal-van-gent/",
    "/nl/vragen-en-antwoorden/",
    "/nl/begrippen/",
    "/nl/nieuws/",
    "/nl/nieuws/hervestigd-in-2024/",
    "/nl/partner-worden/voorbereiden/",
    "/nl/partner-worden/infosessies/",
    "/nl/partner-worden/infosessies/webinar-18-april-2023/",
]


def queries(path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        get(path)
    return len(captured)


def test_at_most_ten_queries_with_500_pages_more_as_with_few():
    for path in KINDS:
        get(path)  # content types are read once a process
    few = {path: queries(path) for path in KINDS}
    assert few.pop("/nl/") <= COLD + 5, "it shows rates, figures, questions, sessions and two lists of ways on"
    assert max(few.values()) <= COLD, few
    home = Page.objects.get(url_path="/nl/")
    for number in range(20):
        section = home.add_child(instance=InformationPage(title=f"S {number}", slug=f"s{number}", intro="x"))
        for below in range(24):
            section.add_child(instance=InformationPage(title="Below", slug=f"below{below}", intro="x"))
    assert {path: queries(path) for path in few} == few


def test_no_query_comes_from_a_template(monkeypatch, django_assert_num_queries):
    """Everything is read before rendering begins."""
    render = TemplateResponse.render

    def render_without_queries(self):
        with django_assert_num_queries(0):
            return render(self)

    monkeypatch.setattr(TemplateResponse, "render", render_without_queries)
    for path in KINDS:
        get(path)


def test_a_kept_page_takes_no_query(settings, tmp_path, django_assert_num_queries):
    settings.CACHES = {
        **settings.CACHES,
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
        "pages": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": str(tmp_path)},
    }
    path = "/nl/wat-mag-een-partner-verwachten/wat-een-partner-ontvangt/"
    get(path)
    with django_assert_num_queries(0):
        get(path)
