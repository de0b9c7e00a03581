"""A page in its parts, each with what stands beside it: words that it uses, sources of its numbers, its editor's notes.

Everything comes from what the page has read already; nothing here asks the database.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.html import strip_tags
from django.utils.safestring import SafeString

from .glossary import Glossary
from .numbers import Numbers, Source, keys_in_blocks

if TYPE_CHECKING:
    from .models.snippets import Term

# They take the whole width, beside the contents; what is not named here stands in the column of text.
WIDE = {"amounts", "arrivals", "cards", "chart", "comparison", "drawing", "map", "steps", "worked"}
WIDE_TABLE = 4
# These fill rows of two or three; in one row less one way on would stand alone.
DOORS_IN_ROWS = {2, 3, 4, 6, 8, 9}
MARGIN = {"margin_note", "note"}
# More would stand lower than the text that it belongs to.
MOST_TERMS, MOST_SOURCES = 2, 2
LETTERS_FOR_A_TERM = 220
LETTERS_BESIDE_NOTES = 200


@dataclass
class Row:
    """Blocks below each other: in the column of text, or over the whole width."""

    is_wide: bool
    leads_on: bool = False
    html: SafeString = SafeString("")


@dataclass
class Part:
    """From one heading to the next."""

    rows: list[Row] = field(default_factory=list)
    notes: list[SafeString] = field(default_factory=list)
    terms: list["Term"] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)

    @property
    def has_margin(self) -> bool:
        return bool(self.notes or self.terms or self.sources)

    @property
    def beside(self) -> Row | None:
        """The row that has the notes beside it; none where they would push a wide row away from its heading.

        Then they follow the part.
        """
        if len(self.rows) == 1 and not self.rows[0].is_wide:
            return self.rows[0]
        texts = (row for row in self.rows if not row.is_wide)
        return next((row for row in texts if letters_in(row) >= LETTERS_BESIDE_NOTES), None)

    @property
    def before(self) -> Row | None:
        """The row above which the notes stand where none has them beside it: ways on come last."""
        return self.rows[-1] if self.rows and self.rows[-1].leads_on and not self.beside else None

    def add(self, html: SafeString, *, is_wide: bool, leads_on: bool = False) -> None:
        if not self.rows or (self.rows[-1].is_wide, self.rows[-1].leads_on) != (is_wide, leads_on):
            self.rows.append(Row(is_wide, leads_on))
        self.rows[-1].html += html

    @property
    def letters(self) -> int:
        return sum(letters_in(row) for row in self.rows if not row.is_wide)


def letters_in(row: Row) -> int:
    return len(" ".join(strip_tags(row.html).split()))


def is_wide(block: Any) -> bool:
    if block.block_type == "table":
        return len(block.value.columns) >= WIDE_TABLE
    if block.block_type == "doors":
        return len(block.value) in DOORS_IN_ROWS
    return block.block_type in WIDE


def parts_of(body: Any, render: Callable[[Any], SafeString], numbers: Numbers, glossary: Glossary) -> list[Part]:
    """The blocks of a body in parts; `render` makes the HTML of one block."""
    parts = [Part()]
    for block, raw in zip(body, body.raw_data, strict=True):
        if block.block_type == "heading" and parts[-1].rows:
            parts.append(Part())
        part, explained = parts[-1], len(glossary.explained)
        html = render(block)
        part.keys |= keys_in_blocks([raw])
        part.terms += glossary.explained[explained:]
        if block.block_type in MARGIN:
            part.notes.append(html)
        elif html.strip():
            wide = is_wide(block)
            part.add(html, is_wide=wide, leads_on=wide and block.block_type == "doors")
    for part in parts:
        part.terms = part.terms[: min(MOST_TERMS, 1 + part.letters // LETTERS_FOR_A_TERM)]
        sources = numbers.sources_of(part.keys)
        part.sources = sources if len(sources) <= MOST_SOURCES else []
    return [part for part in parts if part.rows or part.has_margin]


def sources_left(parts: Iterable[Part], numbers: Numbers) -> list[Source]:
    """The sources of a page that stand beside none of its parts."""
    beside = {source for part in parts for source in part.sources}
    return [source for source in numbers.sources if source not in beside]
