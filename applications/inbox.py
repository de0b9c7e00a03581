"""What waits at the desk: whose work it is, what is overdue, how it is found, and what a list shows of each.

Every set is a queryset over indexes of Application, and a row is read with all that is shown of it in one query.
"""

import re

from django.db.models import (
    BooleanField,
    Exists,
    ExpressionWrapper,
    F,
    FilteredRelation,
    IntegerField,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextChoices,
    Value,
)
from django.db.models.functions import Concat, Greatest
from django.utils.translation import gettext_lazy as _

from partners.models import Lead, Municipality, Organisation
from portal import clock
from portal.models import User
from portal.plain import Plain, plain

from . import age, references
from .assigning import cared_for
from .models import Application, ChangeRequest, Party, Review
from .permissions import submitted_and_seen
from .whose_turn import (
    UNDONE,
    reviews_assigned,
    reviews_done,
    reviews_needed_in_database,
    turn_in_database,
)

# A list counts so far, and pages so far: whoever looks for one among more filters or searches.
COUNTED = 250
REFERENCE = re.compile(rf"^[HV0-9{references.ALPHABET}-]+$")


class Work(TextChoices):
    MINE = "mine", _("My work")
    TEAM = "team", _("The team’s work")
    OVERDUE = "overdue", _("Overdue")
    ALL = "all", _("All applications")


def mine(user: User, absent: dict[int, int] | None = None) -> Q:
    """What one looks after, for oneself or as a deputy, and what waits for one's own review."""
    to_review = Review.objects.filter(UNDONE, application=OuterRef("pk"), reviewer=user).exclude(
        state=Review.State.WITHDRAWN
    )
    reviews = Q(Exists(to_review.order_by()), state=Application.State.IN_REVIEW)
    return Q(state__in=Application.UNDECIDED) & (cared_for(user, absent) | reviews)


def unassigned() -> Q:
    return Q(state__in=Application.UNDECIDED, assignee__isnull=True)


def missed_requests() -> QuerySet[ChangeRequest]:
    """What was asked of the applicant and not answered in time."""
    return ChangeRequest.objects.filter(
        application=OuterRef("pk"), state=ChangeRequest.State.OPEN, due_on__lt=clock.today()
    )


def overdue() -> Q:
    """With Fedasil for longer than it gives itself, or with an applicant past the date that was set."""
    too_old = Q(running_since__lt=clock.now() - age.term())
    missed = Q(Exists(missed_requests().order_by()), state=Application.State.CHANGES_REQUESTED)
    return Q(state__in=Application.UNDECIDED) & (too_old | missed)


def works(user: User, late: Q, absent: dict[int, int]) -> dict[str, Q]:
    """Each of a person, with what is overdue and who is absent now."""
    return {
        Work.MINE: mine(user, absent),
        Work.TEAM: Q(state__in=Application.UNDECIDED),
        Work.OVERDUE: late,
        Work.ALL: Q(),
    }


# ── Counting ──────────────────────────────────────────────────────────────────────────────────────────────────────────
class CountUpTo(Subquery):
    """How many rows, counted as far as the slice of the query goes."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


def up_to(rows: QuerySet) -> CountUpTo:
    return CountUpTo(rows.order_by().values("pk")[: COUNTED + 1])


def leads_due() -> QuerySet[Lead]:
    """Interest whose next step is due."""
    return Lead.objects.filter(state__in=(Lead.State.NEW, Lead.State.FOLLOWED), follow_up_on__lte=clock.today())


def counts(user: User, **sets: Q) -> dict[str, int]:
    """How many of what this person sees are in each set, and how many leads are due: all in one query."""
    seen = submitted_and_seen(user)
    numbers = {name: up_to(seen.filter(condition)) for name, condition in sets.items()}
    # A row of one's own to hang the numbers on.
    return User.objects.filter(pk=user.pk).values(due_leads=up_to(leads_due()), **numbers).get()


def holds(condition: Q) -> ExpressionWrapper:
    """Whether this holds, as a column."""
    return ExpressionWrapper(condition, output_field=BooleanField())


# ── Finding ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def find(rows: QuerySet[Application], text: str) -> QuerySet[Application]:
    """By reference or a part of it, name of an organisation that takes part, or its municipality in nl, fr and de."""
    text = text.strip()
    if references.is_well_formed(text.upper()):
        return rows.filter(reference=text.upper())
    sought = plain(text)
    places = Municipality.objects.alias(nl=Plain("name_nl"), fr=Plain("name_fr"), de=Plain("name_de")).filter(
        Q(nl__contains=sought) | Q(fr__contains=sought) | Q(de__contains=sought)
    )
    organisations = Organisation.objects.alias(plain_name=Plain("name")).filter(
        Q(plain_name__contains=sought) | Q(municipality__in=places.order_by().values("pk"))
    )
    parties = Party.objects.filter(
        organisation__in=organisations.order_by().values("pk"), state__in=(Party.State.INVITED, Party.State.ACCEPTED)
    )
    # Not the key itself: the list is walked in its order, rather than sorted after all that fits was read.
    found = Q(key__in=parties.order_by().values("application"))
    if REFERENCE.match(text.upper()):
        found |= Q(reference__contains=text.upper())
    return rows.alias(key=F("pk") + 0).filter(found)


def in_states(rows: QuerySet[Application], states: list[str]) -> QuerySet[Application]:
    """Walked in the order of the list too: half of all rows can be in one state."""
    return rows.alias(now=Concat("state", Value(""))).filter(now__in=states)


def led_by(**conditions) -> Q:
    """Led by an organisation of which this holds."""
    leads = Organisation.objects.filter(**conditions).order_by().values("pk")
    return Q(Exists(Party.objects.filter(application=OuterRef("pk"), is_lead=True, organisation__in=leads).order_by()))


# ── Reading ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def as_read(rows: QuerySet[Application]) -> QuerySet[Application]:
    """With all that a list or an export shows of each, in one query."""
    asked = ChangeRequest.objects.filter(application=OuterRef("pk"), state=ChangeRequest.State.OPEN).order_by()
    return (
        rows.select_related("assignee")
        .annotate(lead_party=FilteredRelation("parties", condition=Q(parties__is_lead=True)))
        .annotate(
            lead_name=F("lead_party__organisation__name"),
            lead_kind=F("lead_party__organisation__kind"),
            lead_province=F("lead_party__organisation__municipality__province"),
            turn=turn_in_database(),
            done=reviews_done(),
            asked_for=Greatest(reviews_assigned(), reviews_needed_in_database()),
            due_on=Subquery(asked.values("application").annotate(first=Min("due_on")).values("first")),
        )
    )
