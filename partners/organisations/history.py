"""What happened to an organisation, in plain words, read from the log."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.audit import log
from portal.models import User

from ..models import Organisation

EVENTS = {
    "registered": _("The organisation was registered."),
    "changed": _("Its data were changed."),
    "rule_confirmed": _("It was confirmed who signs."),
    "verified": _("Fedasil verified the organisation."),
    "signatories_asked": _("Fedasil asked to confirm all signatories."),
    "signatories_confirmed": _("All signatories were confirmed."),
    "colleague_invited": _("A colleague was invited."),
    "party_invited": _("Another organisation was invited to an application."),
    "claimed": _("Someone else claimed its enterprise number."),
    "claim_granted": _("Fedasil granted a claim."),
    "claim_declined": _("Fedasil declined a claim."),
    "invitation_withdrawn": _("An invitation was withdrawn."),
    "colleague_joined": _("A colleague joined."),
    "asked_to_join": _("Someone asked to join."),
    "join_declined": _("A request to join was declined."),
    "roles_set": _("Someone’s roles were changed."),
    "paper_kept": _("A paper that shows a capacity was added."),
    "paper_refused": _("The virus check refused a paper that shows a capacity. It was deleted."),
    "handed_over": _("The management was handed over."),
    "left": _("Someone left."),
    "absence_set": _("Someone will be away."),
    "absence_ended": _("An absence was deleted."),
    "access_restored": _("Fedasil restored access."),
    "organisation_access": _("A request to restore access was carried out."),
    "mail_undelivered": _("An e-mail did not arrive."),
    "finder_blocked": _("Fedasil blocked it in the partner finder."),
    "finder_unblocked": _("Fedasil lets it use the partner finder again."),
    "capacity_taken": _("Someone took up a capacity."),
}


@dataclass(frozen=True)
class Event:
    at: datetime
    text: Promise
    actor: User | None
    note: str


def events_of(organisation: Organisation) -> list[Event]:
    """Every step, newest first."""
    return [
        Event(entry.at, EVENTS[entry.action], entry.actor, entry.note.text if hasattr(entry, "note") else "")
        for entry in reversed(log.entries_of(organisation))
    ]
