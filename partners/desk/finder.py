"""The partner finder at the desk: notices, introducing two organisations, conversations that were reported."""

import rules
from django import forms
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, View
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import IndexView, InspectView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button, HeaderButton

from portal.audit import log
from portal.desk.views import AboutOneFormView, AboutOneMixin, RulePolicy, RuleRequiredMixin
from portal.forms.service import DeskForm
from portal.permissions import is_officer

from ..finder import conversations, notices
from ..models import FinderConversation, FinderNotice, Organisation

RULE = "partners.handle_finder"


class NoticeIndexView(IndexView):
    @cached_property
    def header_buttons(self):
        return [
            HeaderButton(_("Introduce two organisations"), url=reverse("desk_finder:introduce"), icon_name="group"),
        ]

    @cached_property
    def header_more_buttons(self):
        return [
            Button(_("Conversations"), url=reverse("desk_finder_conversations:index"), icon_name="mail"),
        ]

    def get_base_queryset(self):
        return FinderNotice.objects.select_related("organisation__municipality").prefetch_related("municipalities")


class OneView(InspectView):
    """A page of its own template, with what happened."""

    def get_fields(self):
        return []

    @cached_property
    def header_more_buttons(self):
        return []

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            events=log.entries_of(self.object),
            may_handle=rules.has_perm(RULE, self.request.user, self.object),
            **kwargs,
        )


class ReasonForm(DeskForm):
    reason = forms.CharField(
        label=gettext_lazy("Why?"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Those who manage the organisation read it."),
        error_messages={"required": gettext_lazy("Write why.")},
    )


class RemoveView(AboutOneFormView):
    model = FinderNotice
    viewset = "desk_finder"
    list_label = gettext_lazy("Partner finder")
    rule = RULE
    header_icon = "search"
    page_title = gettext_lazy("Remove the notice")
    form_class = ReasonForm

    def form_valid(self, form):
        return self.carry_out(
            form,
            lambda: notices.remove(self.subject, self.request.user, **form.cleaned_data),
            _("Removed. Its managers get an e-mail with the reason."),
            self.subject_url,
        )


class IntroduceForm(DeskForm):
    one = forms.ModelChoiceField(Organisation.objects.none(), label=gettext_lazy("One organisation"))
    other = forms.ModelChoiceField(Organisation.objects.none(), label=gettext_lazy("The other organisation"))
    introduction = forms.CharField(
        label=gettext_lazy("Why do they fit?"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Both read it in the portal, in the language in which you write it."),
        error_messages={"required": gettext_lazy("Write why.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        verified = Organisation.objects.filter(verified_at__isnull=False, finder_blocked_at__isnull=True)
        for name in ("one", "other"):
            self.fields[name].queryset = verified.order_by("name")


class IntroduceView(RuleRequiredMixin, FormView):
    """Ask two organisations whether they want to get in contact."""

    rule = RULE
    header_icon = "group"
    page_title = gettext_lazy("Introduce two organisations")
    template_name = "desk/form.html"
    form_class = IntroduceForm

    def get_subject(self):
        return None

    def get_initial(self):
        given = self.request.GET.get("one", "")
        return {"one": given} if given.isdecimal() and len(given) < 19 else {}

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse("desk_finder:index"), "label": gettext_lazy("Partner finder")},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs):
        return super().get_context_data(submit_button_label=self.page_title, **kwargs)

    def form_valid(self, form):
        data = form.cleaned_data
        return self.carry_out(
            form,
            lambda: conversations.introduce(data["one"], data["other"], self.request.user, data["introduction"]),
            _("Both get an e-mail, and have to agree."),
            reverse("desk_finder_conversations:index"),
        )


class NoticeViewSet(ModelViewSet):
    model = FinderNotice
    name = "desk_finder"
    url_prefix = "finder"
    icon = "search"
    menu_label = gettext_lazy("Partner finder")
    menu_order = 116
    add_to_admin_menu = True
    index_view_class = NoticeIndexView
    inspect_view_class = OneView
    inspect_view_enabled = True
    inspect_template_name = "partners/desk/finder_notice.html"
    copy_view_enabled = False
    list_filter = ["state", "area", "province"]
    list_display = [
        "__str__",
        Column(
            "sought", label=gettext_lazy("seeks"), accessor=lambda notice: "; ".join(map(str, notice.sought_labels))
        ),
        Column("area_label", label=gettext_lazy("where")),
        Column("get_state_display", label=gettext_lazy("state"), sort_key="state"),
        DateColumn("ends_on", label=gettext_lazy("ends on"), sort_key="ends_on"),
    ]
    form_fields = ["words"]
    permission_policy = RulePolicy(FinderNotice, is_officer, actions=("view",))

    def get_urlpatterns(self):
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("introduce/", self.construct_view(IntroduceView), name="introduce"),
            path("<int:pk>/", self.inspect_view, name="inspect"),
            path("<int:pk>/remove/", self.construct_view(RemoveView), name="remove"),
        ]


# ── Conversations ─────────────────────────────────────────────────────────────────────────────────────────────────────
class ConversationIndexView(IndexView):
    def get_base_queryset(self):
        return FinderConversation.objects.select_related("first", "second")


class ConversationView(OneView):
    """What they wrote is shown only while it is reported: the rest is between the two."""

    def get_context_data(self, **kwargs):
        reported = self.object.state == FinderConversation.State.REPORTED
        written = self.object.messages.select_related("organisation") if reported else []
        return super().get_context_data(written=written, reported=reported, **kwargs)


class OneConversation(AboutOneMixin, View):
    """A button of the page of a conversation."""

    model = FinderConversation
    viewset = "desk_finder_conversations"
    rule = RULE
    http_method_names = ["post"]


class ReleaseView(OneConversation):
    def post(self, request, *args, **kwargs):
        return self.press(
            lambda: conversations.release(self.subject, request.user), _("They can go on."), self.subject_url
        )


class BlockView(OneConversation):
    def post(self, request, *args, **kwargs):
        return self.press(
            lambda: conversations.block(self.subject, request.user),
            _("Blocked. These two write to each other no more."),
            self.subject_url,
        )


class ConversationViewSet(ModelViewSet):
    model = FinderConversation
    name = "desk_finder_conversations"
    url_prefix = "finder-conversations"
    icon = "mail"
    index_view_class = ConversationIndexView
    inspect_view_class = ConversationView
    inspect_view_enabled = True
    inspect_template_name = "partners/desk/finder_conversation.html"
    copy_view_enabled = False
    list_filter = ["state"]
    list_display = [
        "__str__",
        Column("get_state_display", label=gettext_lazy("state"), sort_key="state"),
        DateColumn("begun_at", label=gettext_lazy("begun"), sort_key="begun_at"),
        DateColumn("last_at", label=gettext_lazy("last step"), sort_key="last_at"),
    ]
    form_fields = ["introduction"]
    permission_policy = RulePolicy(FinderConversation, is_officer, actions=("view",))

    def get_urlpatterns(self):
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("<int:pk>/", self.inspect_view, name="inspect"),
            path("<int:pk>/release/", self.construct_view(ReleaseView), name="release"),
            path("<int:pk>/block/", self.construct_view(BlockView), name="block"),
        ]


# ── Of an organisation ────────────────────────────────────────────────────────────────────────────────────────────────
class BlockOrganisationView(AboutOneFormView):
    """Keep an organisation out of the finder, or let it in again."""

    model = Organisation
    viewset = "desk_organisations"
    list_label = gettext_lazy("Organisations")
    rule = RULE
    header_icon = "home"
    form_class = ReasonForm

    @property
    def page_title(self):
        if self.subject.finder_blocked_at:
            return _("Allow the partner finder again")
        return _("Block in the partner finder")

    def form_valid(self, form):
        verb = notices.unblock if self.subject.finder_blocked_at else notices.block
        return self.carry_out(
            form, lambda: verb(self.subject, self.request.user, **form.cleaned_data), _("Saved."), self.subject_url
        )
