"""What waits at the desk: whose work it is, what is overdue, how it is found, and what a list shows of each.

Every set is a queryset over indexes of Application, and a row is read with all that is shown of it in one query.
"""

import re
from typing import Any

from django.db.models import (
    BooleanField,
    Exists,
    ExpressionWrapper,
    F,
    Func,
    IntegerField,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextChoices,
)
from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _

from partners.models import Interest, Organisation
from partners.organisations import finding
from portal import clock
from portal.models import User

from ...case import handling_time, references
from ...models import Application, ChangeRequest, Party, Review
from ...permissions import submitted_and_seen
from ...review.assignment import assigned_to
from .awaiting import reviews_needed_in_database, turn_in_database

# Lists count and page up to this many rows; whoever looks for one among more uses a filter or the search.
COUNTED = 250
# Up to this many search results are sorted; with more, the list is read in its order and each row tested.
FEW = 1000
REFERENCE = re.compile(rf"^[HV0-9{references.ALPHABET}-]+$")


class Work(TextChoices):
    MINE = "mine", _("My work")
    TEAM = "team", _("The team’s work")
    OVERDUE = "overdue", _("Overdue")
    ALL = "all", _("All applications")


class Walked(Func):
    """The same column, written so that SQLite uses no index for it and reads the list in the order of its index.

    With an index on this column SQLite would sort all rows. PostgreSQL chooses well by itself, from its statistics.
    """

    arity = 1
    template = "%(expressions)s"

    def as_sqlite(self, compiler, connection, **context):
        return self.as_sql(compiler, connection, template="+%(expressions)s", **context)


def listed(rows: QuerySet[Application]) -> QuerySet[Application]:
    """With `now`, the state that the sets below filter by, for a list that is read in its order."""
    return rows.alias(now=Walked("state"))


def counted(rows: QuerySet[Application]) -> QuerySet[Application]:
    """With `now` too, for a count: order does not matter, so an index on the state is used."""
    return rows.alias(now=F("state"))


UNDECIDED = Q(now__in=Application.UNDECIDED)
# A review that waits for its reviewer: not withdrawn, and not done on the latest Version.
UNDONE = Q(state=Review.State.ASSIGNED) | Q(state=Review.State.DONE, of_latest=False)


def mine(user: User, absent: dict[int, int] | None = None) -> Q:
    """What this person looks after, also as a deputy, and what waits for this person's review."""
    cared = Application.objects.filter(assigned_to(user, absent), state__in=Application.UNDECIDED)
    to_review = Review.objects.filter(UNDONE, reviewer=user, application__state=Application.State.IN_REVIEW)
    # One set of keys: an OR of two conditions, one of them on another table, would make the database read all rows.
    return Q(pk__in=cared.order_by().values("pk").union(to_review.order_by().values("application")))


def unassigned() -> Q:
    return UNDECIDED & Q(assignee__isnull=True)


def missed_requests() -> QuerySet[ChangeRequest]:
    """The requests for changes that were not answered by their date."""
    return ChangeRequest.objects.filter(
        application=OuterRef("pk"), state=ChangeRequest.State.OPEN, due_on__lt=clock.today()
    )


def overdue() -> Q:
    """What Fedasil has handled for longer than its term, and what applicants did not answer by the date set."""
    too_old = Q(clock_started_at__lt=clock.now() - handling_time.term())
    missed = Q(Exists(missed_requests().order_by()), now=Application.State.CHANGES_REQUESTED)
    return UNDECIDED & (too_old | missed)


def works(user: User, late: Q, absent: dict[int, int]) -> dict[str, Q]:
    """The sets of one person by name, given what is overdue and who is absent now."""
    return {
        Work.MINE: mine(user, absent),
        Work.TEAM: UNDECIDED,
        Work.OVERDUE: late,
        Work.ALL: Q(),
    }


# ── Counting ──────────────────────────────────────────────────────────────────────────────────────────────────────────
class CountUpTo(Subquery):
    """The number of rows of a sliced query: it counts no further than the slice."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


def up_to(rows: QuerySet) -> CountUpTo:
    return CountUpTo(rows.order_by().values("pk")[: COUNTED + 1])


def interests_due() -> QuerySet[Interest]:
    """The interests whose next step is due."""
    return Interest.objects.filter(
        state__in=(Interest.State.NEW, Interest.State.FOLLOWED), follow_up_on__lte=clock.today()
    )


def counts(user: User, **sets: Q) -> dict[str, int]:
    """How many rows this person sees in each set, and how many interests are due, in one query."""
    seen = counted(submitted_and_seen(user))
    numbers = {name: up_to(seen.filter(condition)) for name, condition in sets.items()}
    # The person's own row carries the numbers as annotations.
    row: QuerySet[User, Any] = User.objects.filter(pk=user.pk).values(due_interests=up_to(interests_due()), **numbers)
    return row.get()


def holds(condition: Q) -> ExpressionWrapper:
    """This condition as a boolean column."""
    return ExpressionWrapper(condition, output_field=BooleanField())


# ── Finding ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def find(rows: QuerySet[Application], text: str) -> QuerySet[Application]:
    """By reference or a part of it, or by what `finding` finds organisations by, for each that takes part."""
    reference = references.as_written(text)
    if references.SHAPE.match(reference) and references.is_well_formed(reference):
        return rows.filter(reference=reference)
    organisations = finding.matching(text)
    parties = Party.objects.filter(state__in=(Party.State.INVITED, Party.State.ACCEPTED)).order_by()
    of_these = parties.filter(organisation__in=organisations)
    keys = list(of_these.values_list("application", flat=True)[: FEW + 1])
    if is_part := REFERENCE.match(reference):
        part = Q(reference__contains=reference)
        keys += Application.objects.filter(part).values_list("pk", flat=True)[: FEW + 1]
    if len(keys) <= FEW:
        return rows.filter(pk__in=keys)
    # Where much is found, the list is read in its order and each row tested; sorting all results would take longer.
    found = Q(
        Exists(parties.alias(who=Walked("organisation")).filter(application=OuterRef("pk"), who__in=organisations))
    )
    return rows.filter(found | part if is_part else found)


def led_by(**conditions) -> Exists:
    """Led by an organisation that fulfils the condition; tested row by row while a list is read in its order."""
    return Exists(Organisation.objects.filter(pk=OuterRef("led_by"), **conditions).order_by())


# ── Reading ───────────────────────────────────────────────────────────────────────────────────────────────────────────
# The columns that a list shows: of the application, its assignee and its lead.
SHOWN = [
    *("reference", "state", "language", "persons", "submitted_at", "clock_started_at", "handled_for"),
    *("reviews_assigned", "reviews_done"),
    *(f"assignee__{name}" for name in ("email", "first_name", "last_name")),
    *("led_by__name", "led_by__kind", "led_by__municipality__province"),
]


def as_read(rows: QuerySet[Application]) -> QuerySet[Application]:
    """The applications with everything that a list or an export shows of them, in one query."""
    asked = ChangeRequest.objects.filter(application=OuterRef("pk"), state=ChangeRequest.State.OPEN).order_by()
    return (
        rows.select_related("assignee", "led_by__municipality")
        .only(*SHOWN)
        .annotate(
            turn=turn_in_database(),
            reviews_asked=Greatest("reviews_assigned", reviews_needed_in_database()),
            due_on=Subquery(asked.values("application").annotate(first=Min("due_on")).values("first")),
        )
    )
