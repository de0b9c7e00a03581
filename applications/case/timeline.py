"""What happened to an application, in plain words, read from the log: for its parties without inner steps."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from partners.models import Capacity
from portal.audit import log
from portal.models import User

from ..models import Application

EVENTS = {
    "begun": _("The application was begun."),
    "opened_for": _("Fedasil opened the application for you."),
    "not_taken_over": _("Nobody took the application over."),
    "party_invited": _("An organisation was invited."),
    "party_joined": _("An organisation joined."),
    "party_declined": _("An organisation declined the invitation."),
    "attachment_refused": _("The virus check refused a file. It was deleted."),
    "invitation_withdrawn": _("An invitation was withdrawn."),
    "party_left": _("An organisation left."),
    "party_removed": _("The lead goes on without an organisation."),
    "party_renamed": _("An organisation has another name now."),
    "signing_rule_followed": _("An organisation changed who signs for it."),
    "lead_offered": _("An organisation was asked to lead."),
    "lead_offer_ended": _("An organisation is no longer asked to lead."),
    "lead_refused": _("An organisation does not want to lead."),
    "lead_passed": _("An organisation took over the lead."),
    "signed": _("A signature was given."),
    "submit": _("The application was submitted to Fedasil."),
    "begin_review": _("Fedasil began to read it."),
    "request_changes": _("Fedasil asked for a change."),
    "answer_changes": _("The change was sent to Fedasil."),
    "answer_some": _("Some answers were sent to Fedasil. Others are still asked."),
    "request_cancelled": _("Fedasil withdrew its request for a change."),
    "read_on": _("Fedasil reads on."),
    "due_extended": _("Fedasil gave more time to answer."),
    "due_missed": _("The date by which to answer has passed."),
    "message_sent": _("A message was sent."),
    "copied_from": _("The answers were copied from an earlier application."),
    "copied": _("A new application was begun with these answers."),
    "approve": _("Fedasil approved the application."),
    "decline": _("Fedasil declined the application."),
    "correct_to_approve": _("Fedasil corrected its decision: the application is approved."),
    "correct_to_decline": _("Fedasil corrected its decision: the application is declined."),
    "revoke": _("Fedasil revoked its approval."),
    "expire": _("The draft ended: nobody changed it for twelve months."),
    "withdraw": _("The application was withdrawn."),
}
INNER_EVENTS = {
    "edited": _("Answers were changed."),
    "attached": _("A file was added."),
    "attachment_removed": _("A file was removed."),
    "invitation_sent_again": _("An invitation was mailed again."),
    "sight_set": _("What a party sees was changed."),
    "mail_undelivered": _("An e-mail did not arrive."),
    "aims_set": _("The aims of a party were changed."),
    "message_erased": _("The text of a message was erased."),
    "assigned": _("An officer was given the dossier to look after."),
    "unassigned": _("Nobody looks after the dossier any more."),
    "review_assigned": _("A reviewer was assigned."),
    "review_taken_back": _("An assignment to review was taken back."),
    "review_done": _("A review was recorded."),
    "reviews_settled": _("The reviewers settled where they differed."),
    "decision_prepared": _("A decision was prepared."),
    "decision_changed": _("A prepared decision was changed."),
    "decision_discarded": _("A prepared decision was discarded."),
    "recused": _("Someone withdrew for a conflict of interest."),
    "visited": _("A talk or a visit was recorded."),
    "private_message_sent": _("Someone wrote in the thread among Fedasil."),
    "private_message_erased": _("A text in the thread among Fedasil was erased."),
    "advice_asked": _("Advice was asked of a colleague."),
    "advice_given": _("A colleague gave advice."),
    "advice_cancelled": _("The request for advice was withdrawn."),
}
TEXTS = EVENTS | INNER_EVENTS
# Never shown: who wrote a note, and when, would reveal something about a review that is still closed to others.
UNTOLD = ("note_written", "note_changed", "note_erased")


@dataclass(frozen=True)
class Event:
    """`about` names the party, capacity, questions or date that it concerns; `note` is free text beside the log;
    `actor` is None where the portal itself acted.
    """

    at: datetime
    text: Promise
    about: str
    actor: User | None
    note: str


# Steps whose free text is shown to everyone who sees the step. Who declines or leaves writes to the lead only, and the
# reason of a conflict of interest is for nobody here.
NOTED = {"withdraw"}


def full_timeline(application: Application) -> list[Event]:
    """Every step, with who took it, newest first: for Fedasil."""
    return _events(application, log.entries_of(application).exclude(action__in=UNTOLD))


def timeline(application: Application) -> list[Event]:
    """The steps that concern the parties, newest first."""
    return _events(application, log.entries_of(application).filter(action__in=EVENTS))


def _events(application: Application, entries) -> list[Event]:
    names = {party.pk: party.name for party in application.parties.all()}
    return [
        Event(
            entry.at,
            TEXTS[entry.action],
            about(entry.data, names),
            entry.actor,
            entry.note.text if entry.action in NOTED and hasattr(entry, "note") else "",
        )
        for entry in reversed(entries)
    ]


def about(data: dict, names: dict[int, str]) -> str:
    """What an entry of the log concerns, in the language in force. `names`: of the parties, by key."""
    parts = [names.get(data["party"], "")] if "party" in data else []
    if data.get("capacity"):
        parts.append(str(Capacity(data["capacity"]).label))
    if entry_date := data.get("due_on"):
        parts.append(date_format(date.fromisoformat(entry_date), "DATE_FORMAT"))
    if "questions" in data:
        parts.append(", ".join(data["questions"]))
    return ", ".join(filter(None, parts))
