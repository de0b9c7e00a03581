"""Signatures: what each covers, which stand, which are still missing, and which an edit reopens.

A Signature covers the common sections and those of its party's own aims. It counts as long as the content that it
covers still has the hash that was signed. So an edit reopens exactly the signatures that cover it, without a flag.
"""

import hashlib
import json
from collections.abc import Iterable

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from partners.models import Capacity
from partners.people.person import Person
from portal.workflow import NotAllowed, Refused

from ..models import Application, Party, Signature
from ..permissions import signing_capacities
from ..questionnaire import file_requirements
from ..questionnaire.answers import answer
from ..questionnaire.completeness import missing
from ..questionnaire.definition import Section
from ..questionnaire.questions import covered_sections, covers

SIGNABLE = {Application.State.DRAFT, Application.State.CHANGES_REQUESTED}


def digest(content) -> str:
    """SHA-256 of plain data as canonical JSON: equal data has an equal hash."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def section_hash(party: Party, section: Section) -> str:
    """What the party signs of one section."""
    application = party.application
    return digest(
        [
            [
                question.number,
                file_requirements.covered(application, question.requirement, party)
                if question.requirement
                else answer(application, question),
            ]
            for question in section.asked(application)
        ]
    )


def covered_hashes(party: Party) -> dict[str, str]:
    """Hash by section code of what the party signs, as it stands now."""
    return {section.code: section_hash(party, section) for section in covered_sections(party)}


def content_hash(party: Party) -> str:
    """One hash over all that the party signs, as it stands now."""
    return digest(covered_hashes(party))


def covering_signatures(party: Party) -> list[Signature]:
    """The signatures that cover the present content, in whichever capacity."""
    given = party.signatures.all()
    if not given:
        return []
    now = content_hash(party)
    return [signature for signature in given if signature.content_hash == now]


def standing_signatures(party: Party) -> list[Signature]:
    """Those of `covering_signatures` that count: given in a capacity that the party's signing rule asks for now."""
    return [signature for signature in covering_signatures(party) if signature.capacity in party.capacities]


def missing_capacities(party: Party) -> list[Capacity]:
    """The capacities of the party's rule in which nobody signed the present content."""
    signed = {signature.capacity for signature in standing_signatures(party)}
    return [capacity for capacity in party.capacities if capacity not in signed]


def missing_signatures(application: Application) -> list[tuple[Party, Capacity]]:
    """Which capacities are still missing, by party."""
    return [(party, capacity) for party in application.joined_parties for capacity in missing_capacities(party)]


def standing_over(application: Application, section: Section) -> list[Signature]:
    """The signatures that stand and that a change in this section would reopen."""
    prefetch_related_objects([application], "parties__signatures")
    return [
        signature
        for party in application.joined_parties
        if covers(party, section) and party.signatures.all()
        for signature in standing_signatures(party)
    ]


class Unseen(Refused):
    """The change would reopen signatures that the page did not show to the person. Nothing was changed."""

    def __init__(self, signatures: list[Signature]):
        super().__init__(_("Not saved yet. Signatures were given that have to be given again if you go on: see below."))
        self.signatures = signatures


def refuse_unseen(standing: Iterable[Signature], seen: set[int]) -> None:
    """Raise Unseen where one of `standing` is not in `seen`, the signatures that the page showed to the person."""
    if any(signature.pk not in seen for signature in standing):
        raise Unseen(list(standing))


def reopened(before: Iterable[Signature], application: Application) -> list[Signature]:
    """Those of these signatures that do not stand any more, in the application as it is now."""
    hashes = {party.pk: content_hash(party) for party in application.joined_parties} if before else {}
    return [signature for signature in before if signature.content_hash != hashes.get(signature.party_id)]


def describe(signatures: Iterable[Signature]) -> str:
    """Who signed, in which capacity and for which party, as a line of text."""
    return "; ".join(
        f"{found.signatory_name}, {found.get_capacity_display()} ({found.party.name})" for found in signatures
    )


def open_sections(party: Party) -> list[Section]:
    """The sections that the party signs and that still lack an answer. Only complete sections can be signed."""
    return [section for section in covered_sections(party) if missing(party.application, section)]


def is_complete(party: Party) -> bool:
    """Whether `open_sections` is empty. It stops at the first, and so reads little of a draft that was just begun."""
    return not any(missing(party.application, section) for section in covered_sections(party))


def refuse_unless_signable(party: Party, person: Person, capacity: str) -> None:
    """Raise Refused or NotAllowed unless this person may sign for the party in this capacity now."""
    application = party.application
    if application.state not in SIGNABLE:
        raise NotAllowed(_("This application cannot be signed now."))
    if capacity not in signing_capacities(person, party):
        raise Refused(_("You cannot sign for this organisation in this capacity."))
    if open_sections(party):
        raise Refused(_("Some questions are still open. Answer them first: you sign what is complete."))
    if capacity not in missing_capacities(party):
        raise Refused(_("This signature is already given."))
