"""Questions: linkable, open without a script, and those that Fedasil still has to answer gathered once."""

import re

import pytest
from django.test import Client
from django.utils.translation import override
from wagtail.rich_text import RichText

from home.models import InformationPage, Question, QuestionsPage
from home.search.ranking import find

pytestmark = pytest.mark.django_db
QUESTIONS, PREPARE = "/nl/vragen-en-antwoorden/", "/nl/partner-worden/voorbereiden/"
DEPOSIT = "Wie betaalt de huurwaarborg?"


def read(path: str) -> str:
    return Client().get(path).content.decode()


def test_one_answer_or_all_are_open_by_their_address():
    page = read(QUESTIONS)
    anchors = re.findall(r'<details class="question" id="q([^"]+)"', page)
    assert len(anchors) == 15
    assert not re.findall(r"<details[^>]* open", page)
    assert len(re.findall(r"<details[^>]* open", read(f"{QUESTIONS}?open=all"))) == 15
    one = f"?open={anchors[3]}"
    assert f'href="{one}#q{anchors[3]}"' in page
    assert re.findall(r'id="q([^"]+)" open', read(QUESTIONS + one)) == [anchors[3]]
    assert not re.findall(r"<details[^>]* open", read(f"{QUESTIONS}?open=%3Cscript%3E"))


@pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
def test_every_answer_has_a_short_one(language):
    for question in Question.objects.filter(locale__language_code=language, live=True):
        if question.is_answered:
            assert 10 < len(question.short_answer) < 230, question.short_answer
            assert question.short_answer[-1] in ".!?", question.short_answer


def test_what_pages_ask_openly_is_gathered_once_with_the_pages():
    still_open = read(QUESTIONS).partition('id="open"')[2]
    assert still_open.count(DEPOSIT) == 1
    item = next(one for one in re.findall(r'<li id="q.*?</li>', still_open, re.DOTALL) if DEPOSIT in one)
    assert f'href="{PREPARE}"' in item
    # Asked on a page only.
    assert "Wie zorgt voor een tolk" in still_open
    assert 'href="/nl/interest/"' in still_open


@pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
def test_open_questions_stand_under_their_themes(language):
    """Each theme once, in the order of the answers; all that ships has one."""
    page = QuestionsPage.objects.get(locale__language_code=language)
    still_open = read(page.url_path).partition('id="open"')[2].partition("<footer")[0]
    with override(language):
        themes = [str(theme.label) for theme in Question.Theme]
    assert re.findall(r"<h3>(.*?)</h3>", still_open)[: len(themes)] == themes
    assert len(re.findall(r'<li id="q', still_open)) == 39


def test_what_only_a_page_asks_stands_last_under_a_heading_of_its_own():
    page = InformationPage.objects.get(url_path=PREPARE)
    page.body = [("marked", {"mark": "ask", "text": RichText("<ul><li>Mag er een hond mee?</li></ul>"), "source": ""})]
    page.save_revision().publish()
    last = read(QUESTIONS).partition('id="open"')[2].rpartition("<h3>Andere vragen</h3>")[2]
    assert "Mag er een hond mee?" in last


def test_a_question_that_an_editor_answers_moves_by_itself():
    assert f"<li>{DEPOSIT}</li>" in re.sub(r"<li [^>]*>", "<li>", read(PREPARE))
    question = Question.objects.get(question=DEPOSIT)
    question.answer = "<p>De partner betaalt ze.</p>"
    question.save_revision()
    assert "De partner betaalt ze." not in read(QUESTIONS)
    question.save_revision().publish()
    answered, _heading, still_open = read(QUESTIONS).partition('id="open"')
    assert "De partner betaalt ze." in answered
    assert DEPOSIT not in still_open
    marked = read(PREPARE)
    assert f"<li>{DEPOSIT}</li>" not in re.sub(r"<li [^>]*>", "<li>", marked)
    assert "De partner betaalt ze." in marked
    assert find("nl", "huurwaarborg").entries[0].answer == question.answer
