"""Broken links as a report in Wagtail's admin, in the languages that its reader writes."""

import django_filters
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from portal.desk.views import RulePolicy, SafeExportMixin

from ..blocks import BodyBlock
from ..models import BrokenLink
from ..translation.permissions import languages_of
from .check import REDIRECT

POLICY = RulePolicy(BrokenLink, languages_of, actions=("view",))
NAMES = dict(settings.LANGUAGES)


def broken_for(user):
    """The broken links in the languages that this person writes."""
    found = BrokenLink.objects.filter(language__in=languages_of(user))
    return found if user.has_perm("wagtailredirects.change_redirect") else found.exclude(block=REDIRECT)


def edit_url(row: BrokenLink) -> str:
    """Where it is mended. From the kind and the id alone: a list asks for nothing else."""
    model = kind_of(row)
    if model is Page:
        return reverse("wagtailadmin_pages:edit", args=[row.object_id])
    if model is Redirect:
        return reverse("wagtailredirects:edit", args=[row.object_id])
    return reverse(model.snippet_viewset.get_url_name("edit"), args=[row.object_id])


def place_of(row: BrokenLink) -> str:
    """The piece of the page, or the field, as the editor calls it."""
    if row.block == REDIRECT:
        return capfirst(Redirect._meta.verbose_name)
    if block := BodyBlock().child_blocks.get(row.block):
        return capfirst(str(block.label))
    try:
        return capfirst(str(kind_of(row)._meta.get_field(row.block).verbose_name))
    except FieldDoesNotExist:
        return row.block


def kind_of(row: BrokenLink):
    return ContentType.objects.get_for_id(row.content_type_id).model_class()


class BrokenLinkFilterSet(WagtailFilterSet):
    language = django_filters.ChoiceFilter(label=_("Language"), choices=settings.LANGUAGES)

    class Meta:
        model = BrokenLink
        fields = ["language", "fault"]


class BrokenLinkReportView(SafeExportMixin, ReportView):
    page_title = _("Broken links")
    header_icon = "link"
    filterset_class = BrokenLinkFilterSet
    index_url_name = "desk_broken_links"
    index_results_url_name = "desk_broken_links_results"
    permission_policy = POLICY
    any_permission_required = ["view"]
    list_export = ["title", "language", "block", "address", "get_fault_display", "found_on"]
    export_headings = {"get_fault_display": _("What is wrong")}
    columns = [
        TitleColumn("title", label=_("Title"), get_url=edit_url),
        Column("language", label=_("Language"), accessor=lambda row: NAMES.get(row.language, row.language)),
        Column("block", label=_("Where in it"), accessor=place_of),
        Column("address", label=_("Leads to")),
        Column("get_fault_display", label=_("What is wrong")),
        Column("found_on", label=_("Found on"), accessor=lambda row: date_format(row.found_on, "DATE_FORMAT")),
    ]

    def get_filename(self):
        return "broken-links"

    def get_base_queryset(self):
        return broken_for(self.request.user).order_by("title", "language", "pk")


class BrokenLinkMenuItem(MenuItem):
    def is_shown(self, request):
        return bool(languages_of(request.user))


def menu_item() -> MenuItem:
    return BrokenLinkMenuItem(
        BrokenLinkReportView.page_title,
        reverse("desk_broken_links"),
        name="broken-links",
        icon_name="link",
        order=920,
    )


URLS = [
    path("reports/broken-links/", BrokenLinkReportView.as_view(), name="desk_broken_links"),
    path(
        "reports/broken-links/results/",
        BrokenLinkReportView.as_view(results_only=True),
        name="desk_broken_links_results",
    ),
]
