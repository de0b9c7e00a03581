from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import action_menu as page_action_menu
from wagtail.admin.ui.tables import LiveStatusTagColumn
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.models import TranslatableMixin
from wagtail.snippets import action_menu as snippet_action_menu
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from partners.models import ChecklistTemplate, YearFigure
from portal.desk.approved_data import ApprovedData

from . import approval, approval_panel, first_page, guide, redirects_desk, scheduled_panel, search_desk
from .content_checks import panel
from .links import report as links_report
from .models import Fact, Frame, OfficialTerm, Question, SiteNotice, SiteText, SourceName, Term
from .reviews import desk as reviews_desk
from .rich_images import PictureHandler
from .sessions.desk import SessionViewSet
from .translation import editor, listing, pair_pages, report, together
from .translation.urls import URLS as TRANSLATION_URLS
from .viewsets import ApprovedDataViewSet, TextViewSet

# Of two addresses that are alike, the first one counts; and of two hooks, what the first one answers.
BEFORE_WAGTAIL = -1
AFTER_WAGTAIL = 10


class QuestionViewSet(TextViewSet):
    model = Question
    icon = "help"
    list_display = ["question", "get_theme_display", "live"]
    list_filter = ["theme", "live"]


class TermViewSet(TextViewSet):
    model = Term
    icon = "list-ul"
    list_display = ["term", "live"]


class FrameViewSet(TextViewSet):
    model = Frame
    icon = "site"
    menu_label = _("Frame of the pages")


class SiteTextViewSet(TextViewSet):
    model = SiteText
    icon = "edit"
    menu_label = _("Texts of the site")
    list_display = ["key", "text", LiveStatusTagColumn()]
    list_filter = ["live"]


class SiteNoticeViewSet(TextViewSet):
    model = SiteNotice
    icon = "warning"
    menu_label = _("Notice for the whole site")
    list_display = ["text", "get_kind_display", "shown_from", "shown_until", LiveStatusTagColumn()]
    list_filter = ["kind", "live"]


@register_snippet
class TextsViewSetGroup(SnippetViewSetGroup):
    """What stands on several pages."""

    menu_label = _("Texts")
    menu_icon = "doc-full"
    menu_order = 210
    items = (QuestionViewSet, TermViewSet, FrameViewSet, SiteTextViewSet, SiteNoticeViewSet)


class FactViewSet(ApprovedDataViewSet):
    """Numbers that texts name by their key. Nobody deletes any."""

    model = Fact
    base_url_path = "facts"
    icon = "decimal"
    menu_label = _("Facts")
    menu_order = 220
    list_display = ["key", "value", "source", "source_date", LiveStatusTagColumn()]


class YearFigureViewSet(ApprovedDataViewSet):
    """What the chart, the table and texts show. Nobody deletes any."""

    model = YearFigure
    base_url_path = "year_figures"
    icon = "table"
    menu_label = _("Figures by year")
    menu_order = 230
    list_display = ["year", "pledged", "arrived", "source", "source_date", LiveStatusTagColumn()]


class SourceNameViewSet(ApprovedDataViewSet):
    """What sources of numbers are called in each language. Nobody deletes any."""

    model = SourceName
    base_url_path = "source_names"
    icon = "openquote"
    menu_label = _("Names of sources")
    menu_order = 235
    list_display = ["source", "nl", "fr", LiveStatusTagColumn()]


class ChecklistViewSet(ApprovedDataViewSet):
    """What pages show to tick off, and what placements will use. Nobody deletes any."""

    model = ChecklistTemplate
    base_url_path = "checklists"
    icon = "tasks"
    menu_label = _("Checklists")
    menu_order = 237
    list_display = ["get_phase_display", "valid_from", "sample", LiveStatusTagColumn()]
    list_filter = ["phase", "sample"]


register_snippet(SessionViewSet)
register_snippet(FactViewSet)
register_snippet(YearFigureViewSet)
register_snippet(SourceNameViewSet)
register_snippet(ChecklistViewSet)


class OfficialTermViewSet(ModelViewSet):
    """What translators get beside the texts (home/translation/terms.py); readers see nothing of it."""

    model = OfficialTerm
    name = "official_terms"
    icon = "list-ul"
    menu_label = _("Official terms")
    add_to_settings_menu = True
    copy_view_enabled = False
    list_display = ["nl", "fr", "de", "en"]
    search_fields = ["nl", "fr", "de", "en"]
    form_fields = ["nl", "fr", "de", "en"]


hooks.register("construct_homepage_panels", approval_panel.replace)
hooks.register("before_edit_page", approval.say_what_to_change)
hooks.register("before_edit_snippet", approval.say_what_to_change)
hooks.register("construct_homepage_panels", first_page.add_to)
hooks.register("construct_homepage_panels", scheduled_panel.add_to)
hooks.register("construct_wagtail_userbar", panel.check_content)


@hooks.register("register_admin_viewset")
def register_viewsets():
    return [search_desk.SearchViewSetGroup(), OfficialTermViewSet()]


# ── What keeps the site right ─────────────────────────────────────────────────────────────────────────────────────────
@hooks.register("register_admin_urls", order=BEFORE_WAGTAIL)
def register_upkeep_urls():
    return [*reviews_desk.URLS, *links_report.URLS, *redirects_desk.URLS]


@hooks.register("register_reports_menu_item")
def register_reviews_report():
    return reviews_desk.menu_item()


@hooks.register("register_reports_menu_item")
def register_broken_links_report():
    return links_report.menu_item()


@hooks.register("register_rich_text_features", order=AFTER_WAGTAIL)
def show_images_as_pages_do(features):
    features.register_embed_type(PictureHandler)


@hooks.register("register_admin_urls")
def register_guide_urls():
    return guide.URLS


@hooks.register("register_help_menu_item")
def register_guide():
    return guide.menu_item()


class SubmitForApprovalMixin:
    """Says what the button does, in the reader's language; Wagtail names the workflow, which has one name for all."""

    def get_context_data(self, parent_context):
        return {**super().get_context_data(parent_context), "label": _("Submit for approval")}


class SubmitPage(SubmitForApprovalMixin, page_action_menu.SubmitForModerationMenuItem):
    pass


class SubmitSnippet(SubmitForApprovalMixin, snippet_action_menu.SubmitForModerationMenuItem):
    pass


@hooks.register("construct_page_action_menu")
def name_submitting_of_pages(menu_items, request, context):
    menu_items[:] = [SubmitPage(order=item.order) if item.name == SubmitPage.name else item for item in menu_items]


@hooks.register("construct_snippet_action_menu")
def name_submitting_of_snippets(menu_items, request, context):
    menu_items[:] = [
        SubmitSnippet(order=item.order) if item.name == SubmitSnippet.name else item for item in menu_items
    ]


@hooks.register("construct_snippet_action_menu")
def offer_no_unpublishing_of_data(menu_items, request, context):
    if issubclass(context["model"], ApprovedData):
        menu_items[:] = [item for item in menu_items if item.name != snippet_action_menu.UnpublishMenuItem.name]


# ── Translations ──────────────────────────────────────────────────────────────────────────────────────────────────────


@hooks.register("register_admin_urls", order=BEFORE_WAGTAIL)
def register_translation_urls():
    return TRANSLATION_URLS


@hooks.register("before_edit_page", order=BEFORE_WAGTAIL)
@hooks.register("before_edit_snippet", order=BEFORE_WAGTAIL)
def edit_what_one_writes(request, instance):
    return editor.edit(request, instance) if isinstance(instance, TranslatableMixin) else None


@hooks.register("register_reports_menu_item")
def register_waiting_report():
    return report.menu_item()


@hooks.register("construct_reports_menu")
def leave_out_report_of_localize(request, menu_items):
    """Ours says how much there is to do, in the reader's own languages."""
    left_out = reverse(report.REPORT_OF_LOCALIZE)
    menu_items[:] = [item for item in menu_items if item.url != left_out]


hooks.register("construct_homepage_panels", report.add_panel)


hooks.register("construct_explorer_page_queryset", listing.with_counts)
listing.take_place_of_localize()
hooks.register("construct_translated_pages_to_cascade_actions", together.cascade)
hooks.register("before_delete_page", together.refuse_delete)
hooks.register("before_unpublish_page", together.refuse_unpublish)
hooks.register("before_move_page", together.move)
hooks.register("after_publish_page", together.say_what_stays_offline)
hooks.register("before_bulk_action", together.refuse_bulk)
hooks.register("before_bulk_action", pair_pages.refuse_bulk)
hooks.register("before_publish_page", pair_pages.ask_before_publishing)
