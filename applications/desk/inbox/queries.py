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

from partners.models import Interest, Municipality, Organisation
from portal import clock
from portal.models import User
from portal.text import fold

from ...case import handling_time, references
from ...models import Application, ChangeRequest, Party, Review
from ...permissions import submitted_and_seen
from ...review.assignment import assigned_to
from .awaiting import reviews_needed_in_database, turn_in_database

# A list counts so far, and pages so far: whoever looks for one among more filters or searches.
COUNTED = 250
# So many that a search found are read whole and sorted.
FEW = 1000
REFERENCE = re.compile(rf"^[HV0-9{references.ALPHABET}-]+$")


class Work(TextChoices):
    MINE = "mine", _("My work")
    TEAM = "team", _("The team’s work")
    OVERDUE = "overdue", _("Overdue")
    ALL = "all", _("All applications")


class Walked(Func):
    """The same column, so said that SQLite walks a list in its order: it sorts where an index finds such rows faster.

    PostgreSQL knows how many rows there are, and chooses well by itself.
    """

    arity = 1
    template = "%(expressions)s"

    def as_sqlite(self, compiler, connection, **context):
        return self.as_sql(compiler, connection, template="+%(expressions)s", **context)


def listed(rows: QuerySet[Application]) -> QuerySet[Application]:
    """With `now`, the state by which the sets below choose, for a list in its order."""
    return rows.alias(now=Walked("state"))


def counted(rows: QuerySet[Application]) -> QuerySet[Application]:
    """With `now` too, for a count: in any order, so that an index of the state helps."""
    return rows.alias(now=F("state"))


UNDECIDED = Q(now__in=Application.UNDECIDED)
# A review that waits for its reviewer: not withdrawn, and not done on the latest Version.
UNDONE = Q(state=Review.State.ASSIGNED) | Q(state=Review.State.DONE, of_latest=False)


def mine(user: User, absent: dict[int, int] | None = None) -> Q:
    """What one looks after, for oneself or as a deputy, and what waits for one's own review."""
    cared = Application.objects.filter(assigned_to(user, absent), state__in=Application.UNDECIDED)
    to_review = Review.objects.filter(UNDONE, reviewer=user, application__state=Application.State.IN_REVIEW)
    # One set of keys: two conditions, one of them on other rows, would have all rows read.
    return Q(pk__in=cared.order_by().values("pk").union(to_review.order_by().values("application")))


def unassigned() -> Q:
    return UNDECIDED & Q(assignee__isnull=True)


def missed_requests() -> QuerySet[ChangeRequest]:
    """What was asked of the applicant and not answered in time."""
    return ChangeRequest.objects.filter(
        application=OuterRef("pk"), state=ChangeRequest.State.OPEN, due_on__lt=clock.today()
    )


def overdue() -> Q:
    """With Fedasil for longer than it gives itself, or with an applicant past the date that was set."""
    too_old = Q(clock_started_at__lt=clock.now() - handling_time.term())
    missed = Q(Exists(missed_requests().order_by()), now=Application.State.CHANGES_REQUESTED)
    return UNDECIDED & (too_old | missed)


def works(user: User, late: Q, absent: dict[int, int]) -> dict[str, Q]:
    """Each of a person, with what is overdue and who is absent now."""
    return {
        Work.MINE: mine(user, absent),
        Work.TEAM: UNDECIDED,
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


def interests_due() -> QuerySet[Interest]:
    """Interest whose next step is due."""
    return Interest.objects.filter(
        state__in=(Interest.State.NEW, Interest.State.FOLLOWED), follow_up_on__lte=clock.today()
    )


def counts(user: User, **sets: Q) -> dict[str, int]:
    """How many of what this person sees are in each set, and how many leads are due: all in one query."""
    seen = counted(submitted_and_seen(user))
    numbers = {name: up_to(seen.filter(condition)) for name, condition in sets.items()}
    # A row of one's own to hang the numbers on.
    row: QuerySet[User, Any] = User.objects.filter(pk=user.pk).values(due_interests=up_to(interests_due()), **numbers)
    return row.get()


def holds(condition: Q) -> ExpressionWrapper:
    """Whether this holds, as a column."""
    return ExpressionWrapper(condition, output_field=BooleanField())


# ── Finding ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def find(rows: QuerySet[Application], text: str) -> QuerySet[Application]:
    """By reference or a part of it, name of an organisation that takes part, or its municipality in nl, fr and de."""
    text = text.strip()
    if references.SHAPE.match(text.upper()) and references.is_well_formed(text.upper()):
        return rows.filter(reference=text.upper())
    organisations = organisations_of(fold(text))
    parties = Party.objects.filter(state__in=(Party.State.INVITED, Party.State.ACCEPTED)).order_by()
    of_these = parties.filter(organisation__in=organisations)
    keys = list(of_these.values_list("application", flat=True)[: FEW + 1])
    if is_part := REFERENCE.match(text.upper()):
        part = Q(reference__contains=text.upper())
        keys += Application.objects.filter(part).values_list("pk", flat=True)[: FEW + 1]
    if len(keys) <= FEW:
        return rows.filter(pk__in=keys)
    # Where much fits, the list is walked in its order and each row asked, rather than all sorted that were found.
    found = Q(
        Exists(parties.alias(who=Walked("organisation")).filter(application=OuterRef("pk"), who__in=organisations))
    )
    return rows.filter(found | part if is_part else found)


def organisations_of(sought: str) -> QuerySet[Organisation, Any]:
    """The keys of those that have each of these words in their name or their municipality's."""
    found = Organisation.objects.order_by()
    for word in sought.split():
        places = Municipality.objects.filter(plain_names__contains=word).order_by().values("pk")
        found = found.filter(Q(plain_name__contains=word) | Q(municipality__in=places))
    return found.values("pk")


def led_by(**conditions) -> Exists:
    """Led by an organisation of which this holds; asked for each row in turn, as a list is walked."""
    return Exists(Organisation.objects.filter(pk=OuterRef("led_by"), **conditions).order_by())


# ── Reading ───────────────────────────────────────────────────────────────────────────────────────────────────────────
# Of the application, who looks after it, and who leads it.
SHOWN = [
    *("reference", "state", "language", "persons", "submitted_at", "clock_started_at", "handled_for"),
    *("reviews_assigned", "reviews_done"),
    *(f"assignee__{name}" for name in ("email", "first_name", "last_name")),
    *("led_by__name", "led_by__kind", "led_by__municipality__province"),
]


def as_read(rows: QuerySet[Application]) -> QuerySet[Application]:
    """With all that a list or an export shows of each, in one query."""
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
