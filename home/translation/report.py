"""What is out of step, as a report in Wagtail's admin, as a panel of its first page and in the list of pages."""

import django_filters
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Locale
from wagtail_localize.models import Translation

from portal.desk.views import RulePolicy, SafeExportMixin

from .permissions import languages_of
from .waiting import waiting, with_edit_urls

IN_PANEL = 10
REPORT_OF_LOCALIZE = "wagtail_localize:translations_report"
POLICY = RulePolicy(Translation, languages_of, actions=("view",))


class WaitingFilterSet(WagtailFilterSet):
    target_locale = django_filters.ModelChoiceFilter(label=_("Language"), queryset=Locale.objects.all())

    class Meta:
        model = Translation
        fields = ["target_locale"]


class WaitingReportView(SafeExportMixin, ReportView):
    """Pages and snippets with texts to translate, in the languages that the reader writes."""

    page_title = _("Texts to translate")
    header_icon = "wagtail-localize-language"
    filterset_class = WaitingFilterSet
    index_url_name = "desk_translations"
    index_results_url_name = "desk_translations_results"
    permission_policy = POLICY
    any_permission_required = ["view"]
    list_export = ["title", "language", "texts", "words"]
    export_headings = {
        "title": _("Title"),
        "language": _("Language"),
        "texts": _("Texts to translate"),
        "words": _("Words"),
    }

    @cached_property
    def columns(self):
        def of(name: str):
            return lambda translation: getattr(self.waiting[translation.pk], name)

        return [
            TitleColumn("title", label=_("Title"), accessor=of("title"), get_url=of("edit_url")),
            Column("language", label=_("Language"), accessor=of("language")),
            Column("texts", label=_("Texts to translate"), accessor=of("texts")),
            Column("words", label=_("Words"), accessor=of("words")),
        ]

    def get_filename(self):
        return "translations"

    @cached_property
    def waiting(self):
        found = with_edit_urls(waiting(languages_of(self.request.user)))
        return {each.translation.pk: each for each in found}

    def get_base_queryset(self):
        return Translation.objects.filter(pk__in=self.waiting).order_by("source__object_repr", "target_locale")

    def decorate_paginated_queryset(self, object_list):
        return [self.waiting[translation.pk] for translation in object_list]


class ReportMenuItem(MenuItem):
    def is_shown(self, request):
        return bool(languages_of(request.user))


def menu_item() -> MenuItem:
    return ReportMenuItem(
        _("Texts to translate"),
        reverse("desk_translations"),
        name="translations",
        icon_name="wagtail-localize-language",
        order=900,
    )


class WaitingPanel(Component):
    """On the first page: what waits for those who write these languages."""

    order = 150
    template_name = "home/translation/panel.html"

    def __init__(self, languages):
        self.languages = languages

    def get_context_data(self, parent_context):
        found = waiting(self.languages)
        return {
            "waiting": with_edit_urls(found[:IN_PANEL]),
            "more": max(len(found) - IN_PANEL, 0),
            "texts": sum(each.texts for each in found),
            "words": sum(each.words for each in found),
        }


def add_panel(request, panels) -> None:
    if languages := languages_of(request.user):
        panels.append(WaitingPanel(languages))
