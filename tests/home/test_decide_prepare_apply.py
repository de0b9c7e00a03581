"""The three task pages through which a town is led: whole in each language, with a budget at today's rates, and open
where nothing is known."""

import json
import re
from datetime import date
from decimal import Decimal
from html import unescape
from urllib.parse import urlsplit

import polib
import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.html import strip_tags
from wagtail.models import Page

from home.content.source import FOLDER, fixed_id
from home.models import InformationPage
from partners.models import Rate
from portal import clock

pytestmark = pytest.mark.django_db
LANGUAGES = list(dict(settings.LANGUAGES))
TASKS = ("decide", "prepare", "apply")
MARKED = re.compile(
    r'<div class="marked marked--(ask|law)">(.*?)</div>\s*(?=<p class="source">|<p class="marked__way">|</div>)', re.S
)


def address(name: str, language: str) -> str:
    return Page.objects.get(translation_key=fixed_id(name), locale__language_code=language).url_path


def read(name: str, language: str) -> str:
    """The main part of a shipped page."""
    response = Client().get(address(name, language))
    assert response.status_code == 200
    return unescape(response.content.decode()).split("<main")[1].split("</main>")[0]


def text_of(html: str) -> str:
    return " ".join(strip_tags(html).split())


def marked(html: str, kind: str) -> list[str]:
    return [text_of(inner) for mark, inner in MARKED.findall(html) if mark == kind]


def doors(html: str) -> list[list[str]]:
    """The addresses of each group of ways on."""
    return [re.findall(r'class="door[^"]*" href="([^"]+)"', group) for group in html.split('<ul class="doors">')[1:]]


# ── Whole in each language ────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("name", TASKS)
def test_a_task_page_has_the_same_parts_in_each_language(name):
    parts = {
        language: [
            read(name, language).count(part) for part in ("<h2", "<h3", "<li", "<tr", '"marked ', "budget__room")
        ]
        for language in LANGUAGES
    }
    assert len(set(map(tuple, parts.values()))) == 1, parts


@pytest.mark.parametrize("language", LANGUAGES[1:])
@pytest.mark.parametrize("name", TASKS)
def test_no_sentence_of_a_task_page_stays_in_dutch(name, language):
    text = text_of(read(name, language))
    entries = list(polib.pofile(str(FOLDER / "translations" / language / f"{name}.po")))
    assert all(entry.msgstr for entry in entries)
    for entry in entries:
        if entry.msgctxt.startswith("body.") and len(entry.msgid) > len("Fedasil") and "{" not in entry.msgid:
            assert text_of(entry.msgid) not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_task_pages_stand_in_their_order(language):
    hub = Page.objects.get(translation_key=fixed_id("become-partner"), locale__language_code=language)
    keys = hub.get_children().values_list("translation_key", flat=True)
    assert list(keys)[:3] == [fixed_id(name) for name in TASKS]


# ── Readers are led ───────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_task_page_ends_with_the_next_step(language):
    with translation.override(language):
        start = reverse("applications:start")
    following = [address("prepare", language), address("apply", language), start]
    for name, target in zip(TASKS, following, strict=True):
        assert doors(read(name, language))[-1][0] == target


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_page_and_become_a_partner_lead_to_the_three(language):
    three = [address(name, language) for name in TASKS]
    for name in ("home", "become-partner"):
        assert three in doors(read(name, language))


def test_reading_pages_lead_back_to_the_decision():
    for name in ("what-to-expect", "who-does-what", "what-you-receive", "two-ways", "what-it-adds", "ghent"):
        assert any(address("decide", "nl") in group for group in doors(read(name, "nl"))), name
    for name, task in (("at-hand", "apply"), ("council-note", "decide"), ("sample-agreement", "prepare")):
        assert any(address(task, "nl") in group for group in doors(read(name, "nl"))), name


# ── The budget frame ──────────────────────────────────────────────────────────────────────────────────────────────────
def amounts(html: str) -> list[str]:
    """What stands in the cells of amounts."""
    return [text_of(cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", html, re.S) if "€" in cell]


def budget(language: str) -> str:
    return read("prepare", language).split('<div class="budget">')[1].split("</div>")[0]


def calculated(html: str) -> tuple[list[str], str]:
    """The lines and the total of the calculator, at the address to which the budget leads."""
    link = urlsplit(re.search(r'budget__way"><a href="([^"]+)"', html)[1])
    response = Client().get(f"{link.path}?{link.query}")
    page = unescape(response.content.decode())
    return amounts(page), text_of(re.search(r'estimate__total">(.*?)</p>', page)[1])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_support_in_the_budget_is_what_the_calculator_gives(language):
    html = budget(language)
    lines, total = calculated(html)
    assert len(lines) == 4
    assert amounts(html) == [*lines, total]
    assert html.count("2023") == len(lines)


def test_a_new_rate_changes_the_budget_and_the_calculator_alike():
    before = amounts(budget("nl"))
    Rate.objects.create(
        code=Rate.Code.SECOND_YEAR,
        amount=Decimal("712.50"),
        valid_from=clock.today(),
        source="A new decision",
        source_date=date(2026, 11, 1),
    )
    html = budget("nl")
    lines, total = calculated(html)
    assert amounts(html) == [*lines, total] != before
    assert "712,50" in html
    assert "A new decision" in html


def test_the_towns_own_costs_are_room_to_write():
    own = budget("en").split("What it costs you")[1]
    rooms = re.findall(r'<td class="budget__room">(.*?)</td>', own)
    assert len(rooms) == own.count("<tr>") + own.count('<tr class="budget__total">') > 5
    assert {text_of(room) for room in rooms} == {"to fill in"}
    assert not re.search(r"\d", text_of(own))
    for cost in ("Rental deposit", "Insurance", "Living costs until the first living wage"):
        assert re.search(rf"{cost}\s*Fedasil to answer", text_of(own))


@pytest.mark.parametrize(
    ("kind", "value", "absent"),
    [
        ("marked", {"mark": "ask", "text": "", "source": ""}, 'class="marked'),
        ("budget", {"title": "B", "example": "{example.5.direct.2}", "lines": []}, "budget__room"),
        ("budget", {"title": "B", "example": "", "lines": []}, 'class="budget"'),
    ],
)
def test_a_piece_that_an_editor_left_empty_shows_nothing(kind, value, absent):
    hub = Page.objects.get(translation_key=fixed_id("become-partner"), locale__language_code="nl")
    body = json.dumps([{"type": kind, "value": value}])
    hub.add_child(instance=InformationPage(title="Leeg", slug="leeg", intro="Leeg.", body=body))
    response = Client().get(f"{hub.url_path}leeg/")
    assert response.status_code == 200
    assert absent not in response.content.decode()


# ── What is not known ─────────────────────────────────────────────────────────────────────────────────────────────────
MARKS = {
    "nl": ("Fedasil moet dit nog beantwoorden", "Voorbeeld: laat uw eigen dienst dit nakijken"),
    "fr": ("Fedasil doit encore répondre", "Exemple : faites vérifier par votre propre service"),
    "de": ("Antwort von Fedasil steht noch aus", "Muster: Lassen Sie es von Ihrem eigenen Dienst prüfen"),
    "en": ("Fedasil to answer", "Sample: check with your own service"),
}
NOT_KNOWN = (
    "looking for partners today",
    "from which day is there a living wage, and who pays before",
    "refund to a pcsw",
    "rental deposit",
    "instalments",
    "end early",
    "child is born",
    "stands empty",
    "liable",
    "insurance",
    "someone move",
    "residence permit",
    "its text",
    "appeal",
    "german-speaking community",
    "time passes between the agreement and the arrival",
    "take to decide",
)


def test_what_nobody_knows_yet_is_asked_openly():
    asked = " ".join(question for name in (*TASKS, "checklists") for question in marked(read(name, "en"), "ask"))
    assert not [topic for topic in NOT_KNOWN if topic not in asked.lower()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_open_questions_and_points_of_law_say_so_in_the_readers_language(language):
    with translation.override(language):
        ask = reverse("interest")
    for name in TASKS:
        html = read(name, language)
        questions, laws = marked(html, "ask"), marked(html, "law")
        assert questions
        assert all(
            text.startswith(MARKS[language][0].replace(" :", "\u00a0:").split("\u00a0")[0]) for text in questions
        )
        assert all("?" in text for text in questions)
        assert html.count(f'<p class="marked__way"><a href="{ask}">') == len(questions)
        assert [text.replace("\u00a0", " ").startswith(MARKS[language][1]) for text in laws] == [True] * len(laws)


def test_law_stands_only_where_it_is_marked_as_a_sample():
    for name in TASKS:
        html = read(name, "en")
        elsewhere = text_of(
            re.sub(r'<div class="marked marked--law">.*?<p class="source">.*?</p>', "", html, flags=re.S)
        )
        assert not re.search(r"\b(Code|decree|order of|usually sign)\b", elsewhere), name
    laws = [law for name in ("decide", "prepare") for law in marked(read(name, "en"), "law")]
    assert len(laws) == 2
    assert all("30 November 2026" in read(name, "en") for name in ("decide", "prepare"))
