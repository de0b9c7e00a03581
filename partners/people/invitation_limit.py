"""How many an organisation may invite that Fedasil has not verified: without a limit our mails carry anyone's words."""

from datetime import timedelta

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from portal import clock
from portal.models import LogEntry, User
from portal.staff.notices import kind_of
from portal.workflow import Refused

from ..models import Organisation

UNVERIFIED_A_DAY = 5
DAY = timedelta(hours=24)
# Entries in an organisation's log, one for each invitation that was mailed: to colleagues, and to other organisations.
COLLEAGUE, PARTY = "colleague_invited", "party_invited"


def refuse_more(organisation: Organisation, actor: User) -> None:
    """Refused where an organisation that is not verified, or this person for several such, invited enough today.

    Call it under the organisation's row lock, before the entry that counts.
    """
    if organisation.verified_at:
        return
    unverified = Organisation.objects.filter(verified_at__isnull=True)
    counted = LogEntry.objects.filter(
        Q(subject_id=organisation.pk) | Q(actor=actor, subject_id__in=unverified.order_by().values("pk")),
        subject_type=kind_of(Organisation),
        action__in=[COLLEAGUE, PARTY],
        at__gt=clock.now() - DAY,
    )
    latest = list(counted.order_by("-at").values_list("at", flat=True)[:UNVERIFIED_A_DAY])
    if len(latest) < UNVERIFIED_A_DAY:
        return
    raise Refused(
        _(
            "Fedasil has not verified %(name)s yet. Until then you can send %(number)d invitations in 24 hours. "
            "You can send the next one on %(time)s. Once Fedasil has verified your organisation, there is no limit."
        )
        % {
            "name": organisation.name,
            "number": UNVERIFIED_A_DAY,
            "time": date_format(localtime(latest[-1] + DAY), "DATETIME_FORMAT"),
        }
    )
