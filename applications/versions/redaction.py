"""A Version as one person may read it: what the lead hides from a party stays hidden on paper and in files too."""

from partners.people.person import Person

from ..models import Application, Version
from ..permissions import belongs_to_party, may_see_section, own_parties
from ..questionnaire.questions import SECTIONS


def seen_sections(person: Person, application: Application, sections: list[dict]) -> list[dict]:
    """Of these sections of a content, what this person may read: Fedasil all."""
    if not belongs_to_party(person, application):
        return sections
    codes = {section.code for section in SECTIONS if may_see_section(person, application, section)}
    own = own_parties(person, application)
    numbers = None if any(party.is_lead for party in own) else {"", *map(number_of, own)}
    return [with_files_of(section, numbers) for section in sections if section["code"] in codes]


def seen_content(person: Person, version: Version) -> dict:
    """The frozen content with these sections only, and of the files those of one's own party and the common ones."""
    return {**version.content, "sections": seen_sections(person, version.application, version.content["sections"])}


def number_of(party) -> str:
    return party.organisation.enterprise_number


def with_files_of(section: dict, numbers: set[str] | None) -> dict:
    """The section of the attachments with the files of these organisations only; any other as it is."""
    if section["code"] != "attachments" or numbers is None:
        return section
    return {**section, "questions": [files_of(question, numbers) for question in section["questions"]]}


def files_of(question: dict, numbers: set[str]) -> dict:
    """An answer of files is frozen as one dict and one line for each, in the same order."""
    pairs = zip(question["answer"], question["text"].splitlines(), strict=True)
    kept = [(file, line) for file, line in pairs if file["number"] in numbers]
    return {**question, "answer": [file for file, _line in kept], "text": "\n".join(line for _file, line in kept)}
