"""What the site does not answer yet: questions without an answer, and what pages ask Fedasil openly, each once.

The same question in the same words (accents, capitals and points do not matter) is one question. Once an editor
publishes its answer, it is open nowhere: pages that ask it lead to the answer.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.apps import apps
from django.utils.html import strip_tags
from django.utils.text import slugify

from portal.text import words_of

ITEM = re.compile(r"<li\b[^>]*>(.*?)</li>", re.DOTALL)
# The mark of a block whose questions only Fedasil can answer (home/blocks/texts.py).
ASK = "ask"


@dataclass
class OpenQuestion:
    """One question, the anchor under which it is reached, the pages that ask it, and the name of its theme.

    What only pages ask has no theme yet: an editor gives it one with a question of the same words.
    """

    text: str
    anchor: str
    pages: list = field(default_factory=list)
    theme: str = ""


def same(text: str) -> str:
    """What two wordings of one question share."""
    return " ".join(words_of(strip_tags(text)))


def open_questions(locale_id: int, questions: Iterable) -> list[OpenQuestion]:
    """Those among the published `questions` without an answer, in their order, then what pages ask; one query."""
    answered = {same(question.question) for question in questions if question.is_answered}
    found = {
        same(question.question): OpenQuestion(
            question.question, f"q{question.translation_key}", theme=question.get_theme_display()
        )
        for question in questions
        if not question.is_answered
    }
    for page in asking_pages(locale_id):
        for text in dict.fromkeys(asked_in(page.body)):
            if (key := same(text)) not in answered:
                found.setdefault(key, OpenQuestion(text, f"q-{slugify(key)}"[:80])).pages.append(page)
    return list(found.values())


def asking_pages(locale_id: int) -> list:
    """The live pages of this language, of the kinds that explain, in the order of the site: title, url_path, body."""
    kinds = (apps.get_model("home", kind)._default_manager for kind in ("InformationPage", "StoryPage"))
    columns = ("path", "title", "url_path", "body")
    pages, others = (
        kind.filter(live=True, locale=locale_id).order_by().values_list(*columns, named=True) for kind in kinds
    )
    return sorted(pages.union(others, all=True), key=lambda page: page.path)


def asked_in(body) -> list[str]:
    """The questions that the body of a page marks for Fedasil to answer."""
    values = [block["value"] for block in body.raw_data if block["type"] == "marked"]
    return [text for value in values if value["mark"] == ASK for text in items_of(value["text"])]


def items_of(html: str) -> list[str]:
    """Each item of the lists in a rich text; the text itself where it has none."""
    found = ITEM.findall(html) or [html]
    return [text for text in (" ".join(strip_tags(item).split()) for item in found) if text]


def answers_to(texts: Iterable[str], locale_id: int) -> dict[str, object]:
    """The published questions with an answer that these texts ask, by their words; one query."""
    wanted = {same(text) for text in texts}
    questions = apps.get_model("home", "Question")._default_manager.filter(live=True, locale=locale_id)
    return {
        key: question for question in questions if question.is_answered and (key := same(question.question)) in wanted
    }


def without(html: str, answered: Iterable[str]) -> str:
    """A rich text without the items that have been answered since."""
    return ITEM.sub(lambda item: "" if same(item[1]) in answered else item[0], html)
