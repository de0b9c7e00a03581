"""Which words of a text changed: pieces that stayed, went or came, in their order."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

WORDS = re.compile(r"\s+|[^\W\d_]+|\d+|.", re.DOTALL)
LINES = re.compile(r"[^\n]*\n|[^\n]+")
# Comparing takes the square of the number of pieces: longer texts are compared line by line.
MOST_WORDS = 3000
SAME, GONE, NEW = "same", "gone", "new"


@dataclass(frozen=True)
class Piece:
    kind: str
    text: str


def pieces(before: str, after: str) -> list[Piece]:
    """What is the same and gone makes the text before; what is the same and new makes the text after."""
    words = WORDS.findall(before), WORDS.findall(after)
    if max(map(len, words)) > MOST_WORDS:
        words = LINES.findall(before), LINES.findall(after)
    old, new = words
    found = []
    for _tag, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        went, came = "".join(old[old_from:old_to]), "".join(new[new_from:new_to])
        found += [Piece(SAME, went)] if _tag == "equal" else [Piece(GONE, went), Piece(NEW, came)]
    return [piece for piece in found if piece.text]
