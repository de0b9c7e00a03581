"""What happened to an application, in plain words, for its parties: read from the log, without inner steps."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal import log

from .models import Application

EVENTS = {
    "begun": _("The application was begun."),
    "party_invited": _("An organisation was invited."),
    "party_joined": _("An organisation joined."),
    "party_declined": _("An organisation declined the invitation."),
    "signed": _("A signature was given."),
    "submit": _("The application was submitted to Fedasil."),
    "begin_review": _("Fedasil began to read it."),
    "request_changes": _("Fedasil asked for a change."),
    "answer_changes": _("The change was sent to Fedasil."),
    "approve": _("Fedasil approved the application."),
    "decline": _("Fedasil declined the application."),
    "withdraw": _("The application was withdrawn."),
}


@dataclass(frozen=True)
class Event:
    at: datetime
    text: Promise


def timeline(application: Application) -> list[Event]:
    """Newest first."""
    entries = log.entries_of(application)
    return [Event(entry.at, EVENTS[entry.action]) for entry in reversed(entries) if entry.action in EVENTS]
