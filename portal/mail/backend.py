"""Django's way to send mail leads to the outbox, so that Wagtail's own mails and other packages' go through it too."""

from collections.abc import Sequence
from email.utils import parseaddr
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.translation import get_language

from .outbox import queue_words
from .rendering import Words


class OutboxBackend(BaseEmailBackend):
    """Writes one outbox row for each recipient, in the transaction of whoever sends; the worker delivers.

    Attachments are not kept: what has one is queued by `portal.mail.outbox`.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        language = (get_language() or settings.LANGUAGE_CODE)[:2]
        for message in email_messages:
            pages = [part.content for part in getattr(message, "alternatives", []) if part.mimetype == "text/html"]
            written = Words(" ".join(message.subject.split())[:250], str(message.body), pages[0] if pages else "")
            for address in message.recipients():
                queue_words(written, key=f"package:{uuid4()}", to=parseaddr(address)[1], language=language)
        return len(email_messages)
