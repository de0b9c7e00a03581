"""The outbox: `queue` writes a mail in the transaction that causes it; the worker delivers and tries again."""

import logging
import smtplib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django_tasks import task

from .. import clock
from ..models import Mail
from ..slow_work import outside_transactions
from . import ceilings
from .rendering import Words, message_for, words

About = TypeVar("About", bound=models.Model)

logger = logging.getLogger(__name__)
LEASE = timedelta(minutes=5)
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)
GIVE_UP_AFTER = timedelta(days=3)
UNDELIVERED = (Mail.State.FAILED, Mail.State.BOUNCED)
EMPTIED = {"text": "", "html": ""}
# People wait for mails: they go before what keeps indexes up to date, of which one change of a page may cause a lot.
PRIORITY = 10
# What is done about a mail that did not arrive, by the kind of thing that it is about.
FALLBACKS: dict[type[models.Model], Callable[[Mail, Any], None]] = {}


# ── Writing ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def queue(*, key: str, to: str, language: str, template: str, context: dict, **more) -> Mail:
    """Write one mail to the outbox and tell the worker; the same `key` twice leaves one mail.

    `template` names templates/mail/<template>.txt, whose block `subject` is the subject; it is rendered now, in
    `language`. `more` as in `queue_words`.
    """
    return queue_words(words(template, context, language), key=key, to=to, language=language, **more)


@transaction.atomic
def queue_words(
    written: Words,
    *,
    key: str,
    to: str,
    language: str,
    sensitive: bool = False,
    expires_at: datetime | None = None,
    calendar: str = "",
    about: models.Model | None = None,
    ceiling: Mail.Ceiling = Mail.Ceiling.NONE,
) -> Mail:
    """Like `queue`, for words that are already written.

    `sensitive`: they hold a code, which the subject must not, and are emptied once sent or given up. `expires_at`: when
    the mail is of no use any more; it is not sent after that. `calendar`: an iCalendar file that goes along. `about`:
    what it is about, where it is shown if it does not arrive. `ceiling`: for a mail that somebody else can cause;
    TooManyMails where the address got enough of them (portal/mail/ceilings.py).
    """
    if ceiling and not Mail.objects.filter(key=key).exists():
        ceilings.make_room(to, ceiling)
    now = clock.now()
    mail, created = Mail.objects.get_or_create(
        key=key,
        defaults={
            "to": to,
            "language": language,
            "subject": written.subject,
            "text": written.text,
            "html": written.html,
            "sensitive": sensitive,
            "expires_at": expires_at,
            "calendar": calendar,
            "ceiling": ceiling,
            "about_type": ContentType.objects.get_for_model(about) if about else None,
            "about_id": about.pk if about else None,
            "queued_at": now,
            "next_try": now,
        },
    )
    if created:
        deliver_mail.enqueue(mail.pk)
    return mail


# ── Reading ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def messages_to(user, count: int = 5) -> list[Mail]:
    """The latest mails to this person, newest first, without those that carried a code."""
    return list(Mail.objects.filter(to=user.email, sensitive=False).order_by("-queued_at", "-pk")[:count])


def undelivered(about: models.Model) -> QuerySet[Mail]:
    """The latest mail about this to each address, where it did not arrive; newest first."""
    mails = Mail.objects.filter(about_type=ContentType.objects.get_for_model(about), about_id=about.pk)
    latest = mails.filter(to=OuterRef("to")).order_by("-pk").values("pk")[:1]
    return mails.filter(state__in=UNDELIVERED, pk=Subquery(latest)).order_by("-pk")


# ── Delivering ────────────────────────────────────────────────────────────────────────────────────────────────────────
@task(priority=PRIORITY)
def deliver_mail(mail_id: int) -> str:
    """What the worker runs for one mail; answers the state it leaves, or "deleted" where it is no longer there."""
    deliver(mail_id)
    return Mail.objects.filter(pk=mail_id).values_list("state", flat=True).first() or "deleted"


def deliver(mail_id: int) -> None:
    """Send one mail if it is due and nobody else is sending it. A failure is kept and tried again later."""
    now = clock.now()
    drop_expired(Mail.objects.filter(pk=mail_id), now)
    claimed = (
        due(now).filter(pk=mail_id).update(state=Mail.State.SENDING, attempts=F("attempts") + 1, next_try=now + LEASE)
    )
    if not claimed:
        return
    mail = Mail.objects.get(pk=mail_id)
    try:
        send(mail)
    except (smtplib.SMTPException, OSError) as error:
        reason = f"{type(error).__name__}: {error}"
        if refused_for_good(error) or now - mail.queued_at > GIVE_UP_AFTER:
            give_up(mail, Mail.State.FAILED, reason)
        else:
            wait = min(FIRST_WAIT * 2 ** (mail.attempts - 1), LONGEST_WAIT)
            Mail.objects.filter(pk=mail_id).update(
                state=Mail.State.QUEUED, next_try=now + wait, last_error=reason[:500]
            )
    else:
        # It may have come back already.
        Mail.objects.filter(pk=mail_id, state=Mail.State.SENDING).update(
            state=Mail.State.SENT, sent_at=clock.now(), last_error="", **(EMPTIED if mail.sensitive else {})
        )


@outside_transactions
def send(mail: Mail) -> None:
    """Hand it to the mail server, once."""
    message_for(mail).send()


def due(moment):
    """Mails to send at `moment`: queued ones, and those whose sender vanished (its lease is over)."""
    return Mail.objects.filter(state__in=[Mail.State.QUEUED, Mail.State.SENDING], next_try__lte=moment)


def drop_expired(mails: QuerySet[Mail], moment: datetime) -> None:
    """Give up those of `mails` that wait and have expired at `moment`: not sent, told to nobody, their text emptied."""
    waiting = Q(state=Mail.State.QUEUED) | Q(state=Mail.State.SENDING, next_try__lte=moment)
    for mail in mails.filter(waiting, expires_at__lte=moment):
        # Only one process gets to log it; none gets to drop what another sent meanwhile.
        if Mail.objects.filter(waiting, pk=mail.pk).update(state=Mail.State.EXPIRED, **EMPTIED):
            logger.warning("mail %s expired before it could be sent: %s", mail.key, mail.last_error or "not tried")


def deliver_due() -> int:
    """Drop what has expired and send whatever is due (a job of `run_due`); answers how many were tried."""
    drop_expired(Mail.objects.all(), clock.now())
    ids = list(due(clock.now()).order_by("next_try").values_list("pk", flat=True))
    for mail_id in ids:
        deliver(mail_id)
    return len(ids)


def refused_for_good(error: Exception) -> bool:
    """True for an answer of the mail server that will not change (codes 5xx on the recipient)."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())
    return False


def forget(key_start: str) -> int:
    """Delete the mails whose keys begin so, addresses and all, unless they are still to be sent; answers how many.

    What a ceiling counts is kept for the day for which it counts.
    """
    waiting = Q(state__in=(Mail.State.QUEUED, Mail.State.SENDING))
    counted = ~Q(ceiling=Mail.Ceiling.NONE) & Q(queued_at__gt=clock.now() - ceilings.DAY)
    return Mail.objects.filter(key__startswith=key_start).exclude(waiting | counted).delete()[0]


# ── Not delivered ─────────────────────────────────────────────────────────────────────────────────────────────────────
def register_fallback(model: type[About], pass_on: Callable[[Mail, About], None]) -> None:
    """Have `pass_on` called when a mail about a `model` does not arrive: it tells someone else."""
    FALLBACKS[model] = pass_on


@transaction.atomic
def give_up(mail: Mail, state: Mail.State, reason: str) -> bool:
    """It does not arrive: kept with the reason and passed on, once. A code is passed on to nobody."""
    open_mail = Mail.objects.filter(pk=mail.pk).exclude(state__in=UNDELIVERED)
    if not open_mail.update(state=state, last_error=reason[:500], **(EMPTIED if mail.sensitive else {})):
        return False
    kind = mail.about_type.model_class() if mail.about_type else None
    if kind in FALLBACKS and not mail.sensitive:
        about = kind._default_manager.filter(pk=mail.about_id).first()
        if about is not None:
            FALLBACKS[kind](mail, about)
    return True
