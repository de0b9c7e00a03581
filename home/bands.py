"""The bands of the first page: what belongs together stands on one ground, from edge to edge of the window.

A band is made of the blocks as editors ordered them. A heading begins a part; what the part is about follows from its
blocks. Parts about the same thing that follow each other share a band.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from wagtail.blocks import BoundBlock

# What a part is about, by the first of these kinds of blocks in it; else it is a plain band.
SUBJECTS = {
    "amounts": "money",
    "entrances": "money",
    "reported_speech": "story",
    "quote": "story",
    "chart": "figures",
    "arrivals": "figures",
    "map": "figures",
    "sessions": "help",
    "questions": "help",
    "cards": "aims",
    "steps": "steps",
    "drawing": "steps",
}
# Of these bands, what stands beside the rest on a wide screen.
BESIDE = {"money": {"entrances"}, "figures": {"chart", "map"}}
SHARED = {"help"}


@dataclass
class Part:
    """Blocks from one heading to the next, in two columns where its subject asks for them."""

    main: list[BoundBlock] = field(default_factory=list)
    beside: list[BoundBlock] = field(default_factory=list)


@dataclass
class Band:
    subject: str
    parts: list[Part]


def bands(body: Iterable[BoundBlock]) -> list[Band]:
    """The bands of a body, in its order."""
    made: list[Band] = []
    for blocks in _parts(body):
        subject = next((SUBJECTS[block.block_type] for block in blocks if block.block_type in SUBJECTS), "plain")
        aside = BESIDE.get(subject, set())
        part = Part(
            [block for block in blocks if block.block_type not in aside],
            [block for block in blocks if block.block_type in aside],
        )
        if made and subject == made[-1].subject and subject in SHARED:
            made[-1].parts.append(part)
        else:
            made.append(Band(subject, [part]))
    return made


def _parts(body: Iterable[BoundBlock]) -> list[list[BoundBlock]]:
    parts: list[list[BoundBlock]] = []
    for block in body:
        if block.block_type == "heading" or not parts:
            parts.append([])
        parts[-1].append(block)
    return parts
