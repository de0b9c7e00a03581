"""Messages between the parties of an application and Fedasil: one thread, from the first submission on."""

from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from partners.people.person import Person
from portal import clock
from portal.audit import log
from portal.models import User
from portal.permissions import is_officer
from portal.workflow import Refused

from ..case import loading
from ..models import Application, Message, MessageMark, Party
from ..permissions import own_parties, works_for
from .applicant_mails import send_mails
from .staff_notices import notify_assignee

LONGEST = 5000
MOST_A_DAY = 20


@transaction.atomic
def send(application: Application, actor: User, text: str, *, party: Party | None = None) -> Message:
    """Write to the other side, for a party or (none) for Fedasil. Mails say that there is a message, not what."""
    locked = loading.locked(application, actor, "applications.write_message", related=["parties"])
    if not (_writes_for(Person(actor), locked, party) if party else is_officer(actor)):
        raise PermissionDenied
    text = text.strip()
    if not text or len(text) > LONGEST:
        raise Refused(_("Write a message of at most %d characters.") % LONGEST)
    since = clock.now() - timedelta(days=1)
    if party and Message.objects.filter(application=locked, party=party, sent_at__gt=since).count() >= MOST_A_DAY:
        raise Refused(_("Not sent: your organisation sent %d messages in one day. Go on tomorrow.") % MOST_A_DAY)
    message = Message.objects.create(application=locked, party=party, author=actor, text=text, sent_at=clock.now())
    log.record(
        locked, "message_sent", actor=actor, data={"message": message.pk, **({"party": party.pk} if party else {})}
    )
    send_mails(locked, "message", message.pk, but=actor)
    if party:
        notify_assignee(locked, "message", message.pk)
    mark_read(locked, message, party)
    return message


def _writes_for(person: Person, application: Application, party: Party) -> bool:
    return any(found == party and works_for(person, found) for found in application.joined_parties)


@transaction.atomic
def erase(message: Message, actor: User) -> Message:
    """Empty the text, for good: whoever works for the party that wrote it, or an officer."""
    locked = loading.locked(message.application_id)
    if not may_erase(Person(actor), locked, message):
        raise PermissionDenied
    fresh = Message.objects.get(pk=message.pk)
    if fresh.erased_at is None:
        fresh.text, fresh.erased_at = "", clock.now()
        fresh.save(update_fields=["text", "erased_at"])
        log.record(locked, "message_erased", actor=actor, data={"message": fresh.pk})
    return fresh


def may_erase(person: Person, application: Application, message: Message) -> bool:
    return is_officer(person.user) or any(
        party.pk == message.party_id and works_for(person, party) for party in application.joined_parties
    )


# ── Reading ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def thread(application: Application) -> list[Message]:
    """All messages, the oldest first."""
    return list(application.messages.select_related("party__organisation", "author"))


def latest(application: Application, count: int) -> list[Message]:
    """The newest messages, in the order in which they were written."""
    found = application.messages.select_related("party__organisation", "author").order_by("-pk")[:count]
    return list(reversed(found))


def mark_read(application: Application, last: Message, party: Party | None) -> None:
    MessageMark.objects.update_or_create(
        application=application, party=party, defaults={"last_read": last, "read_at": clock.now()}
    )


def read(application: Application, person: Person, messages: list[Message]) -> None:
    """Mark these messages as read by each party to which this person belongs."""
    if not messages:
        return
    for party in own_parties(person, application):
        mark_read(application, messages[-1], party)


def unread_by_fedasil(application: Application) -> int:
    return _unread(application, None).filter(party__isnull=False).count()


def unread_by(application: Application, person: Person) -> int:
    """Messages from another side that none of this person's parties has read."""
    parties = own_parties(person, application)
    if not parties:
        return 0
    return min(_unread(application, party).filter(Q(party__isnull=True) | ~Q(party=party)).count() for party in parties)


def _unread(application: Application, party: Party | None) -> QuerySet[Message]:
    mark = MessageMark.objects.filter(application=application, party=party).first()
    return application.messages.filter(pk__gt=mark.last_read_id if mark else 0)


@dataclass(frozen=True)
class Shown:
    """One message as a person sees it: `readers` have read up to here."""

    message: Message
    readers: str
    may_erase: bool


def with_readers(application: Application, person: Person, messages: list[Message]) -> list[Shown]:
    readers: dict[int, list[str]] = {}
    for mark in application.message_marks.select_related("party__organisation").order_by("pk"):
        readers.setdefault(mark.last_read_id, []).append(mark.party.name if mark.party else "Fedasil")
    return [
        Shown(
            message,
            ", ".join(readers.get(message.pk, [])),
            message.erased_at is None and may_erase(person, application, message),
        )
        for message in messages
    ]
