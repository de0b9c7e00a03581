"""Words explained where they are first used: a button in the text, which opens its explanation without a script."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.html import format_html

from .numbers import Numbers

if TYPE_CHECKING:
    from .models.snippets import Term

# Left alone: links and their words, buttons, and every tag.
SKIPPED = r"<(?P<kept>a|button)\b.*?</(?P=kept)>|<[^>]*>"
EVERYTHING = "*"
# What stands behind a word stays on its line: a button is a box, beside which a line may end.
SIGNS = "[.,:;!?…)»”’]*"


class Glossary:
    """The terms that a page may explain. One object serves one page: each term is explained once."""

    def __init__(self, terms: Iterable["Term"], numbers: Numbers):
        self.numbers = numbers
        self.waiting = {self.key(term.term): term for term in terms}
        # In the order of the text.
        self.explained: list[Term] = []
        # Longer ones first: BELCO+ before BELCO.
        words = sorted((term.term for term in self.waiting.values()), key=len, reverse=True)
        found = "|".join(rf"(?<!\w){re.escape(word)}(?![\w+])" for word in words)
        self.pattern = re.compile(
            f"{SKIPPED}|(?P<word>{found})(?P<sign>{SIGNS})" if found else SKIPPED, re.IGNORECASE | re.DOTALL
        )

    @staticmethod
    def key(word: str) -> str:
        return word.casefold()

    def explain(self, html: str) -> str:
        """The text with the first use of each term turned into a button that shows its explanation."""

        def button(match: re.Match) -> str:
            word = match.groupdict().get("word")
            if not word:
                return match[0]
            term = self.waiting.get(self.key(word))
            # An abbreviation is one only in capitals.
            if term is None or (term.term.isupper() and word != term.term):
                return match[0]
            del self.waiting[self.key(word)]
            self.explained.append(term)
            return format_html(
                '<span class="kept"><button type="button" class="term" popovertarget="term-{0}">{1}</button>{4}</span>'
                '<span class="term__text" id="term-{0}" popover><b>{2}</b> {3}</span>',
                term.pk,
                word,
                term.term,
                self.numbers.say(term.definition),
                match["sign"],
            )

        return self.pattern.sub(button, html)


def excepted(text: str) -> set[str]:
    """The terms that a page leaves unexplained: one a line, or * for all."""
    return {Glossary.key(line.strip()) for line in text.splitlines() if line.strip()}
