"""Answers that are files: which kinds of file answer a question, who gives them, and whether it is answered.

questions.py says which question requires what. This module says what a requirement means, once for forms, summary,
versions, hashes and desk.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import prefetch_related_objects

from partners.models import Organisation
from portal.formats import labelled

from ..models import Application, Attachment, Party

LOCAL_BODIES = frozenset({Organisation.Kind.MUNICIPALITY, Organisation.Kind.PCSW, Organisation.Kind.OTHER_PUBLIC})
NON_PROFITS = frozenset({Organisation.Kind.NON_PROFIT})


@dataclass(frozen=True)
class FileRequirement:
    """Room for files.

    kinds: the kinds of Attachment; a file of any of them answers the question.
    of: the kinds of organisation whose parties each give their own files; empty where the files are common to all.
    aim: for common files, the aim whose parties may add some, as the lead may.
    may_follow: may still be added after the submission; no signature covers these files.
    most: the largest number of files of one kind.
    """

    kinds: tuple[Attachment.Kind, ...]
    of: frozenset[str] = frozenset()
    aim: str = ""
    may_follow: bool = False
    most: int = 1

    def is_asked_of(self, party: Party) -> bool:
        """Whether the party gives such files, on its own or with the others."""
        return not self.of or party.organisation is not None and party.organisation.kind in self.of

    def owners(self, application: Application) -> list[Party | None]:
        """The parties that have to give such files; None stands for all together."""
        if not self.of:
            return [None]
        return [party for party in application.joined_parties if self.is_asked_of(party)]


def has_parties_of(kinds: frozenset[str]) -> Callable[[Application], bool]:
    return lambda application: any(party.organisation.kind in kinds for party in application.joined_parties)


def current_attachments(application: Application) -> list[Attachment]:
    """The attachments that are not removed, of those who take part; read once for each application object."""
    prefetch_related_objects([application], "attachments")
    return [found for found in application.attachments.all() if found.removed_at is None and not found.has_left]


def forget_read(application: Application) -> None:
    """Drop the prefetched attachments after a change: the next read asks the database."""
    prefetch_related_objects([application], "attachments")
    application.refresh_from_db(fields=["attachments"])


def files(application: Application, requirement: FileRequirement, owner: Party | None) -> list[Attachment]:
    """The files that this party (None: all together) gave, including refused ones."""
    owner_id = owner and owner.pk
    return [
        found
        for found in current_attachments(application)
        if found.kind in requirement.kinds and found.party_id == owner_id
    ]


def provided(application: Application, requirement: FileRequirement) -> list[Attachment]:
    """What counts as an answer, in the order of the parties."""
    return [
        found
        for owner in requirement.owners(application)
        for found in files(application, requirement, owner)
        if found.state != Attachment.State.REFUSED
    ]


def answer(application: Application, requirement: FileRequirement) -> list[dict[str, str]]:
    return [plain(found) for found in provided(application, requirement)]


def plain(attachment: Attachment) -> dict[str, str]:
    """A file as plain data: what a Version keeps and a hash covers."""
    owner = attachment.party and attachment.party.organisation
    return {
        "number": owner.enterprise_number if owner else "",
        "kind": attachment.kind,
        "name": attachment.name,
        "sha256": attachment.sha256,
    }


def missing_from(application: Application, requirement: FileRequirement) -> list[Party | None]:
    """Who still has to give a file."""
    counted = {found.party_id for found in provided(application, requirement)}
    return [owner for owner in requirement.owners(application) if (owner and owner.pk) not in counted]


def is_answered(application: Application, requirement: FileRequirement) -> bool:
    """Whether everyone who has to gave at least one file."""
    return not missing_from(application, requirement)


def covered(application: Application, requirement: FileRequirement, party: Party) -> list[dict[str, str]]:
    """What the party signs of it: its own files and the common ones, unless they may follow."""
    if requirement.may_follow:
        return []
    return [plain(found) for found in provided(application, requirement) if is_file_of(found, party)]


def is_file_of(attachment: Attachment, party: Party) -> bool:
    return attachment.party_id in (None, party.pk)


def text(attachments: Iterable[Attachment]) -> str:
    """A line for each, with the beginning of its hash, to compare by eye."""
    return "\n".join(
        labelled(
            f"{found.get_kind_display()} – {found.party.name}" if found.party else found.get_kind_display(),
            f"{found.name} (SHA-256 {found.sha256[:16]}…)",
        )
        for found in attachments
    )


def waiting_names(application: Application) -> str:
    """The files that are not scanned yet, with whose they are."""
    return "; ".join(
        f"{found.name} ({found.party.name})" if found.party else found.name
        for found in current_attachments(application)
        if found.is_waiting
    )
