"""The inbox as a file: CSV and XLSX for a spreadsheet program, JSON for another; row by row, however long it is."""

import json
import tempfile
from collections.abc import Iterator
from datetime import date
from functools import cache

from django.db.models import TextChoices
from django.http import HttpResponseBase, StreamingHttpResponse
from django.utils import translation
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.admin.widgets.button import Button

from partners.models import Organisation
from partners.models.municipality import Province
from portal import clock
from portal.desk.views import SafeExportMixin, keys_in
from portal.documents.download import as_download

from ...case import handling_time
from ...models import Application
from . import queries as inbox_queries
from .awaiting import Turn

AT_ONCE = 2000


@cache
def labels(choices: type[TextChoices], language: str) -> dict[str, str]:
    with translation.override(language):
        return {value: str(label) for value, label in choices.choices}


def labelled(choices: type[TextChoices], value: str) -> str:
    """Instead of get_..._display, which goes through all choices for each row: that took half the time."""
    return labels(choices, translation.get_language()).get(value, "")


# Heading and value of each column. Numbers are numbers and dates are dates, in whatever opens it.
EXPORTED = {
    "reference": (gettext_lazy("Reference"), lambda row: row.reference),
    "lead": (gettext_lazy("Led by"), lambda row: row.led_by.name),
    "kind": (gettext_lazy("Kind of organisation"), lambda row: labelled(Organisation.Kind, row.led_by.kind)),
    "province": (gettext_lazy("Province"), lambda row: labelled(Province, row.led_by.municipality.province)),
    "state": (gettext_lazy("State"), lambda row: labelled(Application.State, row.state)),
    "waits_for": (gettext_lazy("Waits for"), lambda row: labelled(Turn, row.turn)),
    "due_on": (gettext_lazy("Answer due on"), lambda row: row.due_on),
    "reviews_done": (gettext_lazy("Reviews done"), lambda row: row.reviews_done),
    "days": (gettext_lazy("Days with Fedasil"), lambda row: handling_time.handling_time(row).days),
    "overdue": (gettext_lazy("Overdue"), lambda row: _("yes") if row.late else _("no")),
    "persons": (gettext_lazy("Persons offered"), lambda row: row.persons),
    "assignee": (gettext_lazy("Assigned to"), lambda row: str(row.assignee or "")),
    "language": (gettext_lazy("Language"), lambda row: row.language),
    "submitted_on": (gettext_lazy("Submitted on"), lambda row: clock.day_of(row.submitted_at)),
}


def spoken(language: str, stream: Iterator) -> Iterator:
    """The stream in this language. It is read after the request, when the language of the request is gone."""
    with translation.override(language):
        yield from stream


class InboxExportMixin(SafeExportMixin):
    """Exports what the list shows, or (`id` in the address) the rows that were ticked."""

    FORMAT_JSON = "json"
    FORMATS = (*SpreadsheetExportMixin.FORMATS, FORMAT_JSON)
    list_export = list(EXPORTED)
    export_headings = {name: heading for name, (heading, _value) in EXPORTED.items()}

    @cached_property
    def chosen_rows(self) -> list[int]:
        return keys_in(self.request.GET, "id")

    def get(self, request, *args, **kwargs):
        if not self.is_export:
            return super().get(request, *args, **kwargs)
        # Without the page around it: no count, no table.
        rows = inbox_queries.as_read(self.get_queryset()).annotate(late=inbox_queries.holds(self.late))
        response = self.as_spreadsheet(rows.iterator(AT_ONCE), request.GET["export"])
        if request.GET["export"] != self.FORMAT_XLSX:
            response.streaming_content = spoken(translation.get_language(), response.streaming_content)
        return response

    def get_filename(self) -> str:
        return f"{slugify(self.model._meta.verbose_name_plural)}-{clock.today().isoformat()}"

    def get_heading(self, queryset, field) -> str:
        return str(self.export_headings[field])

    def to_row_dict(self, item: Application) -> dict:
        return {name: value(item) for name, (_heading, value) in EXPORTED.items()}

    def as_spreadsheet(self, queryset, spreadsheet_format):
        if spreadsheet_format == self.FORMAT_JSON:
            response = StreamingHttpResponse(self.stream_json(queryset), content_type="application/json")
            response["Content-Disposition"] = f'attachment; filename="{self.get_filename()}.json"'
            return response
        return super().as_spreadsheet(queryset, spreadsheet_format)

    def stream_json(self, rows) -> Iterator[str]:
        """One list of objects, one a line."""
        before = "[\n"
        for row in rows:
            yield before + json.dumps(self.to_row_dict(row), default=plain_date, ensure_ascii=False)
            before = ",\n"
        yield "[]\n" if before == "[\n" else "\n]\n"

    def write_xlsx_response(self, queryset) -> HttpResponseBase:
        """Write the workbook to a temporary file, deleted once it is sent, so that memory holds one row at a time."""
        output = tempfile.TemporaryFile()  # noqa: SIM115 (the response closes it)
        self.write_xlsx(queryset, output)
        output.seek(0)
        return as_download(output, self.get_filename(), "xlsx")

    def get_export_url(self, format):  # noqa: A002 (Wagtail's name)
        """The address of the export of what the list shows, also where the person chose no filter."""
        params = self.request.GET.copy()
        params.setdefault("work", self.work)
        params["export"] = format
        return f"{self.index_url}?{params.urlencode()}"

    @cached_property
    def header_more_buttons(self):
        url = self.get_export_url(self.FORMAT_JSON)
        return [*super().header_more_buttons, Button(_("Download JSON"), url=url, icon_name="download", priority=110)]


def plain_date(value: date) -> str:
    return value.isoformat()
