"""What a town takes along to its council, put together from pages of the site: nothing is written twice.

Which part of a page belongs to it follows from its blocks, so that editors can change the pages.
"""

import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO

from django.template.loader import render_to_string
from django.utils import translation

from applications.questionnaire import blank_form
from partners.models import Organisation

from .content.source import fixed_id
from .models import InformationPage

DECIDE, PREPARE, APPLY, COUNCIL_NOTE, BOARD_NOTE = "decide", "prepare", "apply", "council-note", "board-note"
# What leads on, and drawings: the pack is short.
NOT_ON_PAPER = ("doors", "entrances", "action", "sessions", "drawing")
# In a ZIP: the same content gives the same bytes.
ZIP_DATE = (2026, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Part:
    """One piece of the pack as HTML; `name` ends its file's name, and `source` is its page, if it comes from one."""

    name: str
    title: str
    html: str
    source: InformationPage | None = None

    @property
    def is_to_fill_in(self) -> bool:
        return self.name in ("sample", "questionnaire")


def shipped(name: str, language: str) -> InformationPage | None:
    """The published page that ships under this name, in this language."""
    pages = InformationPage.objects.live().filter(locale__language_code=language)
    return pages.filter(translation_key=fixed_id(name)).first()


def parts(language: str) -> list[Part]:
    """All parts in their order; none before all their pages are published in this language."""
    decide, prepare, note = (shipped(name, language) for name in (DECIDE, PREPARE, COUNCIL_NOTE))
    if not (decide and prepare and note):
        return []
    with translation.override(language):
        # Two pages: without the questions, which follow, and the way to a decision, on which its reader is.
        about = [section for section in sections(decide) if not (section.has("accordion") or section.has("steps"))]
        answers = [section for section in sections(decide) if section.has("accordion")]
        budget = [section for section in sections(prepare) if section.has("budget")]
        sample = [block for block in note.body if block.block_type in ("sample", "note")]
        found = [
            _of_page("explanation", decide.title, decide, _blocks(about, with_headings=True), intro=decide.intro),
            _of_page("sample", note.title, note, sample),
            _questionnaire(language),
            _of_page("support", _heading(budget, prepare), prepare, _blocks(budget)),
            _of_page(
                "answers", _heading(answers, decide), decide, _blocks(answers), template="print/parts/answers.html"
            ),
        ]
    return [part for part in found if part]


# ── Parts of a page ───────────────────────────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True)
class Section:
    """A heading and the blocks below it; before the first heading there is none."""

    heading: str
    blocks: list

    def has(self, kind: str) -> bool:
        return any(block.block_type == kind for block in self.blocks)


def sections(page: InformationPage) -> list[Section]:
    """A page's body; a section with nothing for paper is left out."""
    found = [Section("", [])]
    for block in page.body:
        if block.block_type == "heading":
            found.append(Section(block.value, [block]))
        elif block.block_type not in NOT_ON_PAPER:
            found[-1].blocks.append(block)
    return [section for section in found if len(section.blocks) > bool(section.heading)]


def _blocks(wanted: Iterable[Section], *, with_headings: bool = False) -> list:
    return [block for section in wanted for block in section.blocks if with_headings or block.block_type != "heading"]


def _heading(wanted: list[Section], page: InformationPage) -> str:
    return wanted[0].heading if wanted and wanted[0].heading else page.title


def _of_page(
    name: str, title: str, page: InformationPage, blocks: list, *, intro: str = "", template="print/parts/blocks.html"
) -> Part | None:
    if not blocks:
        return None
    context = {**page.get_context(None), "title": title, "intro": intro, "blocks": blocks, "glossary": None}
    return Part(name, title, render_to_string(template, context), page)


def _questionnaire(language: str) -> Part:
    context = questionnaire_context(language)
    return Part("questionnaire", context["title"], render_to_string("print/parts/questionnaire.html", context))


def questionnaire_context(language: str) -> dict:
    return {
        "title": translation.gettext("The questions of an application"),
        "sections": blank_form.sections(),
        "to_read_only": language not in Organisation.Language,
    }


# ── As one file ───────────────────────────────────────────────────────────────────────────────────────────────────────
def zipped(files: Iterable[tuple[str, bytes]]) -> bytes:
    """These files (name, content) in a ZIP."""
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(zipfile.ZipInfo(name, ZIP_DATE), data, zipfile.ZIP_DEFLATED)
    return content.getvalue()
