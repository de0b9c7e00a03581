"""Codes that prove an address, one for all browsers that ask for one there.

Nobody is kept out by others who ask too: while the latest mail is fresh no second one is sent, and the code in it works
for each of them. So a stranger who asks without end sends few mails, and its reader always holds a code that works
(docs/decisions/0035). Browsers from which the account was used before have codes of their own.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.core.internal.ratelimit import get_ip
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from .. import clock
from ..mail.ceilings import lock_address
from ..models import AddressCode, Mail

KEPT = timedelta(days=1)
# The next mail waits so long; where there were many in a day, longer.
FRESH, FRESH_WHEN_MANY = timedelta(minutes=10), timedelta(hours=1)
MANY = 6
# A code works so much longer, so that who asks when it is nearly replaced has time to type it.
GRACE = timedelta(minutes=10)
# Of 20^8 possible codes.
MOST_WRONG = 100
Purpose = AddressCode.Purpose
TOO_MANY_WRONG = _(
    "Too many wrong codes for this address came from your network. Wait an hour, or use another network."
)


def hash_of(code: str) -> str:
    return salted_hmac("portal.accounts.email_code", normalize_user_code(code), algorithm="sha256").hexdigest()


def ceiling_of(purpose: str, known_browser: bool) -> str:
    if purpose == Purpose.FORM:
        return Mail.Ceiling.FORM_CODE
    return Mail.Ceiling.KNOWN_BROWSER if known_browser else Mail.Ceiling(purpose)


@transaction.atomic
def send(
    address: str,
    purpose: str,
    write: Callable[[str, datetime], object],
    *,
    known_browser: bool = False,
    with_code: bool = True,
) -> AddressCode:
    """Mail a new code, or answer the one that is still fresh.

    `write(code, ends_at)` queues the mail, under the ceiling of `ceiling_of` (TooManyMails). `with_code=False`: the
    mail says why no code helps; it counts and waits in the same way.
    """
    lock_address(address)
    now = clock.now()
    lately = AddressCode.objects.filter(
        address=address, purpose=purpose, known_browser=known_browser, with_code=with_code, sent_at__gt=now - KEPT
    )
    latest = list(lately.order_by("-sent_at", "-pk")[:MANY])
    if latest and latest[0].replaced_from > now and latest[0].used_at is None and latest[0].wrong < MOST_WRONG:
        return latest[0]
    code = get_adapter().generate_login_code()
    replaced_from = now + (FRESH if len(latest) < MANY else FRESH_WHEN_MANY)
    row = AddressCode.objects.create(
        address=address,
        purpose=purpose,
        known_browser=known_browser,
        with_code=with_code,
        code_hash=hash_of(code),
        sent_at=now,
        replaced_from=replaced_from,
        ends_at=replaced_from + GRACE,
    )
    write(code, row.ends_at)
    return row


def open_codes(address: str, purpose: str, known_browser: bool) -> QuerySet[AddressCode]:
    return AddressCode.objects.filter(
        address=address,
        purpose=purpose,
        known_browser=known_browser,
        ends_at__gt=clock.now(),
        used_at__isnull=True,
        wrong__lt=MOST_WRONG,
    )


def spend(address: str, purpose: str, code: str, *, known_browser: bool = False) -> bool:
    """Use up the code: True once. A wrong one counts against all that are open for this address."""
    rows, given = open_codes(address, purpose, known_browser), hash_of(code)
    right = [row.pk for row in rows if row.with_code and constant_time_compare(row.code_hash, given)]
    if right:
        return bool(rows.filter(pk__in=right).update(used_at=clock.now()))
    rows.update(wrong=F("wrong") + 1)
    return False


def is_heard(request, address: str) -> bool:
    """False for a network that typed many wrong codes for this address, so that it alone cannot end them."""
    return bool(ratelimit.consume(request, **_guesses(request, address), dry_run=True))


def count_wrong(request, address: str) -> None:
    """Note that this network typed a wrong one."""
    ratelimit.consume(request, **_guesses(request, address))


def _guesses(request, address: str) -> dict[str, str]:
    return {"action": "wrong_code", "key": f"{get_ip(request)} {address}"}


def forget() -> int:
    """Delete codes of yesterday (a job of `run_due`)."""
    return AddressCode.objects.filter(sent_at__lte=clock.now() - KEPT, ends_at__lte=clock.now()).delete()[0]
