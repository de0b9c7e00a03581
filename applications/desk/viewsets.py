"""Fedasil's pages for applications, inside Wagtail's admin."""

from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet

from portal.desk.views import RulePolicy
from portal.permissions import is_administrator, is_decider, is_officer
from portal.shipped_texts import placeholder_help

from ..models import (
    Application,
    AssignmentRule,
    CouncilText,
    CriteriaSet,
    DecisionPower,
    HandlingTerm,
    Intake,
    ReviewRule,
)
from ..models.council_text import PARTS, PLACEHOLDERS
from . import (
    advice,
    assignment,
    change_requests,
    decision,
    discussion,
    messages,
    notes,
    power_changes,
    reviews,
    versions,
    visits,
)
from .decisions_to_release import DecisionViewSet
from .dossier import document
from .dossier import views as dossier_views
from .inbox.view import InboxView
from .letter_texts import LetterTemplateViewSet, OfficeViewSet
from .open_draft import OpenDraftView


class ApplicationViewSet(ModelViewSet):
    model = Application
    name = "desk_applications"
    url_prefix = "applications"
    icon = "doc-full-inverse"
    menu_label = _("Applications")
    menu_order = 110
    add_to_admin_menu = True
    index_view_class = InboxView
    list_per_page = 50
    index_template_name = "applications/desk/inbox/inbox.html"
    index_results_template_name = "applications/desk/inbox/inbox_results.html"
    inspect_view_class = dossier_views.DossierView
    inspect_view_enabled = True
    inspect_template_name = "applications/desk/dossier/page.html"
    copy_view_enabled = False
    form_fields = ["language"]

    @property
    def permission_policy(self):
        return RulePolicy(Application, is_officer | is_decider, actions=("view",))

    def get_urlpatterns(self):
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("<int:pk>/", self.inspect_view, name="inspect"),
            path("hand-over/", self.construct_view(assignment.HandOverView), name="hand_over"),
            path("<int:pk>/give/", self.construct_view(assignment.GiveView), name="give"),
            path("<int:pk>/take/", self.construct_view(assignment.TakeView), name="take"),
            path("<int:pk>/give-back/", self.construct_view(assignment.GiveBackView), name="give_back"),
            path("open-draft/<int:pk>/", self.construct_view(OpenDraftView), name="open_draft"),
            path("<int:pk>/begin-review/", self.construct_view(dossier_views.BeginReviewView), name="begin_review"),
            path(
                "<int:pk>/request-changes/",
                self.construct_view(change_requests.RequestChangesView),
                name="request_changes",
            ),
            path(
                "<int:pk>/request-changes/edit/",
                self.construct_view(change_requests.EditRequestView),
                name="edit_request",
            ),
            path(
                "<int:pk>/request-changes/send/",
                self.construct_view(change_requests.SendRequestView),
                name="send_request",
            ),
            path("requests/<int:pk>/cancel/", self.construct_view(change_requests.CancelView), name="cancel_request"),
            path("requests/<int:pk>/extend/", self.construct_view(change_requests.ExtendView), name="extend_request"),
            path("<int:pk>/messages/", self.construct_view(messages.MessagesView), name="messages"),
            path("messages/<int:pk>/erase/", self.construct_view(messages.EraseView), name="erase_message"),
            path("<int:pk>/among-fedasil/", self.construct_view(discussion.PrivateThreadView), name="private"),
            path(
                "among-fedasil/<int:pk>/erase/",
                self.construct_view(discussion.ErasePrivateView),
                name="erase_private",
            ),
            path("<int:pk>/notes/<str:number>/", self.construct_view(notes.WriteNoteView), name="write_note"),
            path("notes/<int:pk>/", self.construct_view(notes.ChangeNoteView), name="change_note"),
            path("notes/<int:pk>/erase/", self.construct_view(notes.EraseNoteView), name="erase_note"),
            path("<int:pk>/ask-advice/", self.construct_view(advice.AskAdviceView), name="ask_advice"),
            path("advice/", self.construct_view(advice.AdviceListView), name="advice_list"),
            path("advice/<int:pk>/", self.construct_view(advice.AdviceView), name="advice"),
            path("advice/<int:pk>/cancel/", self.construct_view(advice.CancelAdviceView), name="cancel_advice"),
            path("<int:pk>/differences/", self.construct_view(versions.DifferencesView), name="differences"),
            path("<int:pk>/pdf/", self.construct_view(document.PdfView), name="pdf"),
            path("<int:pk>/download/", self.construct_view(messages.DownloadView), name="download"),
            path("<int:pk>/reviewers/", self.construct_view(reviews.AssignView), name="assign"),
            path(
                "<int:pk>/reviewers/<int:review_pk>/take-back/",
                self.construct_view(reviews.TakeBackView),
                name="take_back",
            ),
            path("<int:pk>/review/", self.construct_view(reviews.OwnReviewView), name="review"),
            path("<int:pk>/settle/", self.construct_view(reviews.SettleView), name="settle"),
            path("<int:pk>/recuse/", self.construct_view(reviews.RecuseView), name="recuse"),
            path("<int:pk>/visit/", self.construct_view(visits.VisitView), name="visit"),
            path("<int:pk>/decide/", self.construct_view(decision.PrepareView), name="prepare_decision"),
        ]


class SettingViewSet(ModelViewSet):
    """A dated setting that administrators keep."""

    copy_view_enabled = False
    add_to_settings_menu = True


class ReviewRuleViewSet(SettingViewSet):
    model = ReviewRule
    name = "desk_review_rules"
    url_prefix = "review-rules"
    icon = "list-ol"
    add_view_class = power_changes.NewReviewRuleView
    edit_view_class = power_changes.ChangedReviewRuleView
    permission_policy = RulePolicy(ReviewRule, is_administrator)

    def get_form_class(self, for_update=False):
        return power_changes.ReviewRuleForm


class AssignmentRuleViewSet(SettingViewSet):
    """Who gets a new application, by province and language."""

    model = AssignmentRule
    name = "desk_assignment_rules"
    url_prefix = "assignment-rules"
    icon = "user"
    index_view_class = assignment.RuleIndexView
    list_display = [
        Column("get_province_display", label=_("province")),
        Column("get_language_display", label=_("language")),
        assignment.CarerColumn("officer", label=_("officer")),
        "order",
    ]

    def get_form_class(self, for_update=False):
        return assignment.RuleForm

    @property
    def permission_policy(self):
        return RulePolicy(AssignmentRule, is_administrator, actions=("view", "add", "change", "delete"))


class HandlingTermViewSet(SettingViewSet):
    """After how many days with Fedasil an application is overdue."""

    model = HandlingTerm
    name = "desk_handling_terms"
    url_prefix = "handling-terms"
    icon = "time"
    form_fields = ["valid_from", "days", "sample"]
    list_display = ["valid_from", "days", "sample"]


class CriteriaViewSet(SettingViewSet):
    """By what reviewers judge; a set that is in use is copied rather than changed."""

    model = CriteriaSet
    name = "desk_criteria"
    url_prefix = "criteria"
    icon = "tasks"
    copy_view_enabled = True
    copy_view_class = reviews.CriteriaCopyView
    panels = reviews.CRITERIA_PANELS
    list_display = ["valid_from", "sample"]


class DecisionPowerViewSet(SettingViewSet):
    model = DecisionPower
    name = "desk_decision_powers"
    url_prefix = "decision-powers"
    icon = "key"
    add_view_class = power_changes.NewPowerView
    edit_view_class = power_changes.ChangedPowerView
    list_display = ["user", "valid_from", "valid_until"]
    permission_policy = RulePolicy(DecisionPower, is_administrator)

    def get_form_class(self, for_update=False):
        return power_changes.PowerDatesForm if for_update else power_changes.PowerForm


class IntakeViewSet(SettingViewSet):
    """Open, paused or closed from a moment on."""

    model = Intake
    name = "desk_intake"
    url_prefix = "intake"
    icon = "lock-open"
    form_fields = ["valid_from", "state", "text_nl", "text_fr", "text_de", "text_en"]
    list_display = ["valid_from", "state"]


class CouncilTextViewSet(SettingViewSet):
    """The sample texts on which councils decide."""

    intro = _("These stand for what the application says. What the legal service has to check stays between [ ].")
    model = CouncilText
    name = "desk_council_texts"
    url_prefix = "council-texts"
    icon = "doc-full"
    panels = [
        HelpPanel(content=placeholder_help(intro, PLACEHOLDERS)),
        *[FieldPanel(name) for name in ("name", "name_in_brussels", "title", *PARTS)],
    ]
    list_display = ["body", "language", "title"]


VIEWSETS = [
    CouncilTextViewSet(),
    ApplicationViewSet(),
    DecisionViewSet(),
    LetterTemplateViewSet(),
    OfficeViewSet(),
    IntakeViewSet(),
    ReviewRuleViewSet(),
    AssignmentRuleViewSet(),
    HandlingTermViewSet(),
    CriteriaViewSet(),
    DecisionPowerViewSet(),
]
