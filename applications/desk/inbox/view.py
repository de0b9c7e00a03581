"""The inbox: what waits, for whom and since when; filtered, found, sorted, counted and exported."""

from datetime import timedelta

import django_filters
from django import forms
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.forms import Media
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column, TitleColumn
from wagtail.admin.views.generic import IndexView

from partners.models import Organisation
from partners.models.municipality import Province
from portal.models import Absence
from portal.permissions import is_officer
from portal.staff import absences
from portal.team import officers

from ...case import handling_time, references
from ...models import Application
from ...permissions import submitted_and_seen
from ..assignment import CarerColumn
from ..dossier.views import dossier_url
from . import queries as inbox_queries
from .awaiting import STATES, Turn, turn_in_database
from .export import InboxExportMixin
from .queries import COUNTED, Work

SUBMITTED_STATES = [choice for choice in Application.State.choices if choice[0] not in ("draft", "expired")]


# ── Filters ───────────────────────────────────────────────────────────────────────────────────────────────────────────
class OneOfSeveralFilter(django_filters.MultipleChoiceFilter):
    """Rows that match any of the ticked choices."""

    def __init__(self, *args, **kwargs):
        # No choice here can return a row twice, and DISTINCT would make the database sort all rows.
        super().__init__(*args, widget=forms.CheckboxSelectMultiple, distinct=False, **kwargs)


class InboxFilterSet(WagtailFilterSet):
    work = django_filters.ChoiceFilter(
        label=gettext_lazy("Work"), choices=Work.choices, widget=forms.RadioSelect, method="filter_work"
    )
    state = OneOfSeveralFilter(label=gettext_lazy("State"), choices=SUBMITTED_STATES, method="filter_state")
    turn = django_filters.ChoiceFilter(
        label=gettext_lazy("Waits for"), choices=Turn.choices, widget=forms.RadioSelect, method="filter_turn"
    )
    assignee = django_filters.ChoiceFilter(label=gettext_lazy("Assigned to"), null_label=gettext_lazy("nobody"))
    province = OneOfSeveralFilter(label=gettext_lazy("Province"), choices=Province.choices, method="filter_province")
    kind = OneOfSeveralFilter(
        label=gettext_lazy("Kind of organisation"), choices=Organisation.Kind.choices, method="filter_kind"
    )
    language = OneOfSeveralFilter(label=gettext_lazy("Language"), choices=Organisation.Language.choices)
    persons_from = django_filters.NumberFilter(
        label=gettext_lazy("Persons offered, at least"),
        field_name="persons",
        lookup_expr="gte",
        min_value=0,
        max_value=9999,
    )
    persons_to = django_filters.NumberFilter(
        label=gettext_lazy("Persons offered, at most"),
        field_name="persons",
        lookup_expr="lte",
        min_value=0,
        max_value=9999,
    )
    overdue = django_filters.ChoiceFilter(
        label=gettext_lazy("Overdue"),
        choices=[("yes", gettext_lazy("overdue"))],
        widget=forms.RadioSelect,
        method="filter_overdue",
    )
    days = django_filters.NumberFilter(
        label=gettext_lazy("Days with Fedasil, at least"), method="filter_days", min_value=0, max_value=36500
    )

    class Meta:
        model = Application
        fields = []

    def __init__(self, *args, late, works, **kwargs):
        super().__init__(*args, **kwargs)
        self.late, self.works = late, works
        # Read once, for what is shown and for what is chosen.
        self.filters["assignee"].extra["choices"] = [(officer.pk, str(officer)) for officer in officers()]

    def filter_work(self, rows, name, value):
        return rows.filter(self.works[value])

    def filter_state(self, rows, name, value):
        return rows.filter(now__in=value)

    def filter_turn(self, rows, name, value):
        return rows.filter(state__in=STATES[value]).alias(whose=turn_in_database()).filter(whose=value)

    def filter_province(self, rows, name, value):
        return rows.filter(inbox_queries.led_by(municipality__province__in=value))

    def filter_kind(self, rows, name, value):
        return rows.filter(inbox_queries.led_by(kind__in=value))

    def filter_overdue(self, rows, name, value):
        return rows.filter(self.late)

    def filter_days(self, rows, name, value):
        return rows.filter(handling_time.at_least(timedelta(days=int(value))))


# ── Columns ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def waits_for(row: Application) -> str:
    """Who has to act, in a few words; of the reviewers how many are done, never who."""
    match row.turn:
        case Turn.FEDASIL:
            return str(row.assignee) if row.assignee else _("Fedasil: nobody yet")
        case Turn.REVIEWERS if row.reviews_done >= row.reviews_asked:
            return _("the reviewers: they settle where they differ")
        case Turn.REVIEWERS:
            return _("the reviewers: %(done)d of %(all)d done") % {"done": row.reviews_done, "all": row.reviews_asked}
        case Turn.APPLICANT if row.due_on:
            return _("the applicant, until %(date)s") % {"date": date_format(row.due_on, "SHORT_DATE_FORMAT")}
        case "":
            return ""
    return Turn(row.turn).label


def days_with_fedasil(row: Application) -> str:
    """The clock stands still while the applicant has it."""
    days = handling_time.handling_time(row).days
    text = ngettext("%d day", "%d days", days) % days
    return text if row.clock_started_at else _("%(days)s, stopped") % {"days": text}


class ReferenceColumn(TitleColumn):
    """With the lead, the state and the age below it, where there is no room for columns of their own."""

    cell_template_name = "applications/desk/inbox/inbox_title.html"

    def get_cell_context_data(self, instance, parent_context):
        context = super().get_cell_context_data(instance, parent_context)
        return {**context, "days": days_with_fedasil(instance)}


class LeadColumn(Column):
    """The lead with its kind and province."""

    cell_template_name = "applications/desk/inbox/inbox_lead.html"

    def get_cell_context_data(self, instance, parent_context):
        lead = instance.led_by
        about = [lead.short_kind, lead.municipality.get_province_display()]
        return {**super().get_cell_context_data(instance, parent_context), "about": about}


class AgeColumn(Column):
    cell_template_name = "applications/desk/inbox/inbox_age.html"


WIDE = "inbox__wide"
DESK_CSS = Media(css={"all": ["portal/desk.css"]})
COLUMNS = [
    BulkActionsCheckboxColumn("bulk_actions", obj_type="application"),
    ReferenceColumn(
        "reference",
        label=gettext_lazy("Reference"),
        sort_key="reference",
        get_url=dossier_url,
        get_title_id=lambda row: f"application_{row.pk}_title",
    ),
    LeadColumn("led_by", label=gettext_lazy("Led by"), classname=f"{WIDE} inbox__lead"),
    Column("get_state_display", label=gettext_lazy("State"), sort_key="state", classname=WIDE),
    Column("turn", label=gettext_lazy("Waits for"), accessor=waits_for),
    AgeColumn("age", label=gettext_lazy("With Fedasil"), accessor=days_with_fedasil, sort_key="age", classname=WIDE),
    Column("persons", label=gettext_lazy("Persons"), sort_key="persons", classname=WIDE),
    CarerColumn("assignee", label=gettext_lazy("Assigned to"), sort_key="assignee", classname=WIDE),
    Column("language", label=gettext_lazy("Language"), sort_key="language", classname=WIDE),
]
# By handling time; what waits for Fedasil comes before what waits for others.
ORDERS = {"-age": handling_time.OLDEST_FIRST, "age": handling_time.YOUNGEST_FIRST}


class BoundedPaginator(WagtailPaginator):
    """Pages through the first COUNTED keys only, so that no page reads all rows (docs/decisions/0027)."""

    model = Application

    def __init__(self, keys, *args, **kwargs):
        self.has_more = len(keys) > COUNTED
        super().__init__(keys[:COUNTED], *args, **kwargs)

    @property
    def items_count_label(self) -> str:
        return _("the first %(count)d") % {"count": COUNTED} if self.has_more else super().items_count_label


class InboxView(InboxExportMixin, IndexView):
    """What waits; first one's own work where there is any, else the team's."""

    model = Application
    default_ordering = "-age"
    paginator_class = BoundedPaginator
    columns = COLUMNS
    filterset_class = InboxFilterSet
    is_searchable = True

    @cached_property
    def late(self) -> Q:
        return inbox_queries.overdue()

    @cached_property
    def absent(self) -> dict[int, Absence]:
        return absences.today()

    @cached_property
    def works(self) -> dict[str, Q]:
        absent = {person: absence.deputy_id for person, absence in self.absent.items()}
        return inbox_queries.works(self.request.user, self.late, absent)

    @cached_property
    def counts(self) -> dict[str, int]:
        return inbox_queries.counts(self.request.user, **{work: self.works[work] for work in Work if work != Work.ALL})

    @cached_property
    def work(self) -> str:
        """Whose work is shown: as chosen; a search goes through all."""
        if (chosen := self.request.GET.get("work")) in Work.values:
            return chosen
        if self.is_searching or self.is_filtering or self.chosen_rows:
            return Work.ALL
        return Work.MINE if self.counts[Work.MINE] else Work.TEAM

    def get_filterset_kwargs(self):
        return {**super().get_filterset_kwargs(), "late": self.late, "works": self.works}

    def get_base_queryset(self) -> QuerySet[Application]:
        rows = inbox_queries.listed(submitted_and_seen(self.request.user))
        if self.chosen_rows:
            rows = rows.filter(pk__in=self.chosen_rows)
        # A choice is one of the filters.
        return rows if self.request.GET.get("work") in Work.values else rows.filter(self.works[self.work])

    def order_queryset(self, queryset):
        return queryset.order_by(*ORDERS.get(self.ordering, (self.ordering, "pk")))

    def search_queryset(self, queryset):
        return inbox_queries.find(queryset, self.search_query) if self.is_searching else queryset

    def paginate_queryset(self, queryset, page_size):
        """The page of keys, and in one more query everything that is shown of its rows."""
        keys = list(queryset.values_list("pk", flat=True)[: COUNTED + 1])
        paginator, page, on_page, other_pages = super().paginate_queryset(keys, page_size)
        rows = inbox_queries.as_read(inbox_queries.counted(Application.objects.filter(pk__in=on_page)))
        rows = rows.annotate(late=inbox_queries.holds(self.late))
        by_key = {row.pk: row for row in rows}
        page.object_list = [by_key[key] for key in on_page]
        return paginator, page, page.object_list, other_pages

    def get_context_data(self, *args, **kwargs):
        if self.search_query and references.is_mistyped(self.search_query):
            messages.warning(
                self.request, _("This reference was mistyped: its last character does not fit the others.")
            )
        context = super().get_context_data(*args, **kwargs)
        context["table"].absences_today = self.absent
        return {
            **context,
            "media": context["media"] + DESK_CSS,
            "tabs": self.tabs(),
            "interests_due": self.counts["due_interests"] if is_officer(self.request.user) else 0,
            "counted": COUNTED,
        }

    def tabs(self) -> list[dict]:
        """Links to each set of work with its number; they drop all other filters."""
        return [
            {
                "label": work.label,
                "count": shown(self.counts[work]) if work in self.counts else "",
                "url": f"{self.index_url}?work={work}",
                "current": work == self.work,
            }
            for work in Work
        ]


def shown(count: int) -> str:
    return str(count) if count <= COUNTED else f"{COUNTED}+"
