"""A party leaves, or the lead removes or replaces it. Its aims are open again, and its signatures count no longer."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.functional import Promise

from partners.people.person import Person
from portal.audit import log
from portal.models import LogEntry, User

from ..answers.saving import record_change
from ..case.timeline import EVENTS
from ..communication.applicant_mails import send_mails
from ..models import Application, AutosavedForm, ChangeRequest, Party
from ..permissions import works_for
from ..workflow.transitions import PARTY
from .services import invite, invite_organisation, lock, lock_as_lead

ENDINGS = ("party_declined", "party_left", "party_removed", "invitation_withdrawn")


@transaction.atomic
def leave(party: Party, actor: User, reason: str = "", *, seen: set[int] | None = None) -> Party:
    """One's own organisation takes part no longer."""
    locked = lock(party.application, seen)
    person = Person(actor)
    if not any(found.pk == party.pk and works_for(person, found) for found in locked.joined_parties):
        raise PermissionDenied
    gone = PARTY.fire("leave", party, actor)
    entry = _end(locked, gone, actor, "party_left", reason)
    lead = next(found for found in locked.joined_parties if found.is_lead)
    send_mails(locked, "party_left", entry.number, parties=[lead], party=gone)
    return gone


@transaction.atomic
def remove(party: Party, actor: User, reason: str = "", *, seen: set[int] | None = None) -> Party:
    """The lead goes on without a party; those who work there are told."""
    locked = lock_as_lead(party.application, actor, seen)
    gone = PARTY.fire("remove", party, actor)
    entry = _end(locked, gone, actor, "party_removed", reason)
    send_mails(locked, "party_removed", entry.number, parties=[gone], lead=locked.lead)
    return gone


@transaction.atomic
def replace(party: Party, actor: User, reason: str = "", *, seen: set[int] | None = None, **invitation) -> Party:
    """Remove a party and invite another in its place, with the same aims: `invitation` as `invite` takes it, or an
    organisation.
    """
    gone = remove(party, actor, reason, seen=seen)
    verb = invite_organisation if "organisation" in invitation else invite
    return verb(gone.application, actor, stay=gone.stay, guidance=gone.guidance, **invitation)


def _end(locked: Application, gone: Party, actor: User, action: str, reason: str) -> LogEntry:
    open_requests = ChangeRequest.objects.filter(application=locked, party=gone, state=ChangeRequest.State.OPEN)
    # What Fedasil asks of no party, the lead answers.
    open_requests.update(party=None)
    # What its people typed and did not save goes with them.
    staying = locked.parties.filter(state=Party.State.ACCEPTED).values("organisation")
    AutosavedForm.objects.filter(application=locked).exclude(user__memberships__organisation__in=staying).delete()
    return record_change(locked, action, actor, data={"party": gone.pk}, note=reason, reread=True)


@dataclass(frozen=True)
class Ending:
    """That an organisation does not or no longer take part: the reason is for the lead, and can be erased."""

    name: str
    text: Promise
    at: datetime
    reason: str


def endings(application: Application) -> list[Ending]:
    """Who declined, left or was removed, the last one first."""
    names = {party.pk: party.name for party in application.parties.all()}
    entries = log.entries_of(application).filter(action__in=ENDINGS).order_by("-number")
    return [
        Ending(
            names[entry.data["party"]],
            EVENTS[entry.action],
            entry.at,
            entry.note.text if hasattr(entry, "note") else "",
        )
        for entry in entries
    ]
