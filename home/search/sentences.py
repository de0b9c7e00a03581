"""Texts as sentences: what the index counts, and what a result shows of them."""

import re
from html import unescape

from django.utils.html import strip_tags

# Where the parts of a rich text end: a reader sees a new line there.
BLOCK_END = re.compile(r"</(?:p|li|h[1-6]|td|th|tr|div|blockquote)>|<(?:br|hr)\b[^>]*>", re.IGNORECASE)
# A sentence ends before a capital, a number in braces, a bracket or a quotation mark; not after "18." or "z. B.".
BEGINS = r"(?=[A-ZÀ-ÖØ-Þ{€«“„(\[])"
END = re.compile(rf"(?<=[.!?…])(?<!\b[^\W\d_]\.)(?<!\b\d\.)(?<!\b\d\d\.)\s+{BEGINS}|(?<=[.!?…][”»“)])\s+{BEGINS}")
SPACES = re.compile(r"[ \t]+")
LONGEST = 220
# Of what is cut off before the words: what a reader needs to understand them.
BEFORE = 60
CUT = "…"


def plain(html: str) -> str:
    """A rich text without its markup, each paragraph and each item of a list on its own line."""
    return unescape(strip_tags(BLOCK_END.sub("\n", html).replace("<", " <")))


def sentences_in(text: str) -> list[str]:
    """The sentences of a plain text, each with single spaces; those that do not break stay."""
    found = (SPACES.sub(" ", part).strip() for line in text.splitlines() for part in END.split(line))
    return [sentence for sentence in found if any(char.isalnum() for char in sentence)]


def cut(sentence: str, places: list[tuple[int, int]]) -> tuple[str, int]:
    """A sentence that is not too long, cut between words, and how far its letters moved.

    What is kept holds the first of the places (begin, end) and as many of the others as it can.
    """
    if len(sentence) <= LONGEST:
        return sentence, 0
    begin = 0
    if places and places[-1][1] > LONGEST - len(CUT):
        begin = max(0, places[0][0] - BEFORE)
        begin = sentence.find(" ", begin) + 1 if begin else 0
        begin = min(begin, places[0][0])
    end = len(sentence)
    if end - begin > LONGEST:
        end = sentence.rfind(" ", begin, begin + LONGEST)
        end = end if end > begin else begin + LONGEST
    kept = sentence[begin:end].rstrip(" ,;:–-")
    before = f"{CUT}\N{NO-BREAK SPACE}" if begin else ""
    return before + kept + (CUT if end < len(sentence) else ""), len(before) - begin
