"""How many mails somebody else can have sent to an address: so many an hour, so many a day.

For mails that a person can cause by pressing a button (`ceiling=` of portal.mail.outbox.queue). Each ceiling counts by
itself, so that who fills one keeps nobody from the mails of another.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from .. import clock
from ..formats import time_of_day
from ..models import Mail
from ..workflow import Refused

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
# In an hour, in a day.
CEILINGS: dict[str, tuple[int, int]] = {
    Mail.Ceiling.SIGN_IN: (20, 60),
    Mail.Ceiling.SIGN_UP: (20, 60),
    Mail.Ceiling.LINK: (20, 60),
    Mail.Ceiling.KNOWN_BROWSER: (30, 90),
    Mail.Ceiling.FORM_CODE: (12, 40),
    Mail.Ceiling.FORM: (5, 10),
    Mail.Ceiling.SIGNATURE: (20, 60),
}


class TooManyMails(Refused):
    """This address got as many mails as it may. `free_at`: when the next one can go."""

    def __init__(self, free_at: datetime):
        moment = localtime(free_at)
        at = date_format(moment, "DATETIME_FORMAT") if free_at - clock.now() > HOUR else time_of_day(moment)
        super().__init__(
            _("We sent many e-mails to this address. We can send the next one from %(time)s on.") % {"time": at}
        )
        self.free_at = free_at


def make_room(to: str, ceiling: str) -> None:
    """TooManyMails where one more would be too many. Holds the address until the transaction ends: no two at once."""
    if not settings.MAIL_CEILINGS:
        return
    lock_address(to)
    hourly, daily = CEILINGS[ceiling]
    now = clock.now()
    mails = Mail.objects.filter(to=to, ceiling=ceiling, queued_at__gt=now - DAY)
    times = list(mails.order_by("-queued_at").values_list("queued_at", flat=True)[:daily])
    free_at = now
    for most, span in ((hourly, HOUR), (daily, DAY)):
        if len(times) >= most:
            free_at = max(free_at, times[most - 1] + span)
    if free_at > now:
        raise TooManyMails(free_at)


def lock_address(address: str) -> None:
    """Let the current transaction alone decide about this address; SQLite has one writer anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('portal.mail.outbox'), hashtext(%s))", [address])
