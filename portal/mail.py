"""The outbox: `queue` writes a mail in the transaction that causes it; the worker delivers and tries again."""

import smtplib
from datetime import timedelta
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import translation
from django_tasks import task

from . import clock
from .models import Mail

LEASE = timedelta(minutes=5)
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)
GIVE_UP_AFTER = timedelta(days=3)


def queue(*, key: str, to: str, language: str, template: str, context: dict, **more) -> Mail:
    """Write one mail to the outbox and tell the worker; the same `key` twice leaves one mail.

    `template` names templates/mail/<template>.txt, whose first line is the subject; it is rendered now, in `language`.
    `more` as in `queue_text`.
    """
    with translation.override(language):
        rendered = render_to_string(f"mail/{template}.txt", {"site_url": settings.SITE_URL, **context})
    subject, _, text = rendered.strip().partition("\n")
    return queue_text(key=key, to=to, language=language, subject=subject, text=text.strip(), **more)


def queue_text(
    *, key: str, to: str, language: str, subject: str, text: str, sensitive: bool = False, calendar: str = ""
) -> Mail:
    """Like `queue`, for a subject and text that are already written.

    `sensitive`: the text holds a code and is emptied once sent. `calendar`: an iCalendar file that goes along.
    """
    now = clock.now()
    mail, created = Mail.objects.get_or_create(
        key=key,
        defaults={
            "to": to,
            "language": language,
            "subject": " ".join(subject.split())[:250],
            "text": text + "\n",
            "sensitive": sensitive,
            "calendar": calendar,
            "queued_at": now,
            "next_try": now,
        },
    )
    if created:
        deliver_mail.enqueue(mail.pk)
    return mail


def messages_to(user, count: int = 5) -> list[Mail]:
    """The latest mails to this person, newest first, without those that carried a code."""
    return list(Mail.objects.filter(to=user.email, sensitive=False).order_by("-queued_at", "-pk")[:count])


@task()
def deliver_mail(mail_id: int) -> str:
    """What the worker runs for one mail; answers the state it leaves."""
    deliver(mail_id)
    return Mail.objects.values_list("state", flat=True).get(pk=mail_id)


def deliver(mail_id: int) -> None:
    """Send one mail if it is due and nobody else is sending it. A failure is kept and tried again later."""
    now = clock.now()
    claimed = (
        due(now).filter(pk=mail_id).update(state=Mail.State.SENDING, attempts=F("attempts") + 1, next_try=now + LEASE)
    )
    if not claimed:
        return
    mail = Mail.objects.get(pk=mail_id)
    try:
        message_for(mail).send()
    except (smtplib.SMTPException, OSError) as error:
        wait = min(FIRST_WAIT * 2 ** (mail.attempts - 1), LONGEST_WAIT)
        hopeless = refused_for_good(error) or now - mail.queued_at > GIVE_UP_AFTER
        Mail.objects.filter(pk=mail_id).update(
            state=Mail.State.FAILED if hopeless else Mail.State.QUEUED,
            next_try=now + wait,
            last_error=f"{type(error).__name__}: {error}"[:500],
        )
    else:
        Mail.objects.filter(pk=mail_id).update(
            state=Mail.State.SENT,
            sent_at=clock.now(),
            last_error="",
            **({"text": ""} if mail.sensitive else {}),
        )


def due(moment):
    """Mails to send at `moment`: queued ones, and those whose sender vanished (its lease is over)."""
    return Mail.objects.filter(state__in=[Mail.State.QUEUED, Mail.State.SENDING], next_try__lte=moment)


def deliver_due() -> int:
    """Send whatever is due (a job of `run_due`); answers how many were tried."""
    ids = list(due(clock.now()).order_by("next_try").values_list("pk", flat=True))
    for mail_id in ids:
        deliver(mail_id)
    return len(ids)


def message_for(mail: Mail) -> EmailMessage:
    """The message as it goes out: the same Message-ID at each attempt, so that a repeat can be recognised."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    message = EmailMessage(
        mail.subject,
        mail.text,
        to=[mail.to],
        headers={
            "Message-ID": f"<{mail.uuid}@{domain}>",
            "Auto-Submitted": "auto-generated",
            "Content-Language": mail.language,
        },
    )
    if mail.calendar:
        message.attach("session.ics", mail.calendar, "text/calendar")
    return message


def refused_for_good(error: Exception) -> bool:
    """True for an answer of the mail server that will not change (codes 5xx on the recipient)."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())
    return False
