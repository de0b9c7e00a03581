"""Mails that come back: reads delivery status notifications (RFC 3464) and finds the mail of the outbox."""

import email
import email.policy
import re
from email.message import EmailMessage, Message
from uuid import UUID

from ..models import Mail
from .outbox import give_up

IDENTITY = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
# bounce+<uuid>@…, the envelope sender of one mail; <uuid@…>, its Message-ID.
ENVELOPE, MESSAGE_ID = re.compile(rf"\+({IDENTITY})@", re.I), re.compile(rf"<({IDENTITY})@", re.I)
ENVELOPE_HEADERS = ("Delivered-To", "X-Original-To", "Envelope-To", "To")


def take(raw: bytes) -> Mail | None:
    """Mark the mail that this notification is about as bounced; None where it reports no failure of a mail of ours."""
    notice = email.message_from_bytes(raw, policy=email.policy.default)
    reason = failure(notice)
    if not reason:
        return None
    mail = Mail.objects.filter(uuid__in=identities(notice, raw)).first()
    if mail is None or not give_up(mail, Mail.State.BOUNCED, reason):
        return None
    return mail


def failure(notice: EmailMessage) -> str:
    """Status and diagnosis of the first recipient that failed for good; empty for a delay or a delivery."""
    for recipient in recipients(notice):
        status = value(recipient, "Status")
        if value(recipient, "Action").lower() == "failed" and not status.startswith("4"):
            return f"{status} {value(recipient, 'Diagnostic-Code')}".strip() or "failed"
    return ""


def recipients(notice: EmailMessage) -> list[Message]:
    """The groups of fields of the report, one for each recipient (the first group is about the message)."""
    for part in notice.walk():
        groups = part.get_payload()
        if part.get_content_type() == "message/delivery-status" and isinstance(groups, list):
            return [group for group in groups if isinstance(group, Message)]
    return []


def value(fields: Message, name: str) -> str:
    """A field as one line."""
    return " ".join(str(fields.get(name, "")).split())


def identities(notice: EmailMessage, raw: bytes) -> list[UUID]:
    """The uuids of mails that it names: in the envelope to which it came, else as the returned Message-ID."""
    envelope = " ".join(str(line) for name in ENVELOPE_HEADERS for line in notice.get_all(name, []))
    found = ENVELOPE.findall(envelope) or MESSAGE_ID.findall(raw.decode("ascii", "replace"))
    return [UUID(text) for text in found]
