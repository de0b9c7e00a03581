"""Organisations at the desk: the list, one with its people and history, verifying, asking, restoring access."""

import rules
from django import forms
from django.conf import settings
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.functional import cached_property, lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import IndexView, InspectView
from wagtail.admin.viewsets.model import ModelViewSet

from portal.confirmations import services as confirmations_services
from portal.confirmations.desk import say_who_confirms
from portal.desk.views import AboutOneFormView, AboutOneMixin, RulePolicy, SafeExportMixin
from portal.forms.service import DeskForm
from portal.permissions import is_decider, is_officer
from portal.workflow import Refused

from ..models import Claim, Organisation
from ..organisations import claims, finding, history
from ..organisations import services as organisations_services
from .finder import BlockOrganisationView


class OrganisationFilterSet(WagtailFilterSet):
    class Meta:
        model = Organisation
        fields = {"kind": ["exact"], "municipality__region": ["exact"], "verified_at": ["isnull"]}


class OrganisationIndexView(SafeExportMixin, IndexView):
    is_searchable = True

    def get_base_queryset(self):
        return Organisation.objects.select_related("municipality")

    def search_queryset(self, queryset):
        return queryset.filter(pk__in=finding.matching(self.search_query)) if self.is_searching else queryset


class OrganisationView(InspectView):
    """One organisation: data, people, invitations, and what happened."""

    page_title = gettext_lazy("Organisation")

    def get_fields(self):
        return []

    @cached_property
    def header_more_buttons(self):
        return []

    def get_context_data(self, **kwargs):
        found = self.object
        return super().get_context_data(
            organisation=found,
            people=found.memberships.select_related("user", "capacity_paper").order_by("pk"),
            invitations=found.invitations.open(),
            claims=found.claims.filter(state=Claim.State.WAITING).select_related("user"),
            twins=organisations_services.twins_of(found) if found.is_local_authority else [],
            events=history.events_of(found),
            may_handle=rules.has_perm("partners.handle_organisation", self.request.user, found),
            **kwargs,
        )


class VerifyForm(DeskForm):
    checks = forms.MultipleChoiceField(
        label=gettext_lazy("What did you check?"),
        choices=lazy(lambda: Organisation.Check.choices, list),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Check all four points first.")},
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("For colleagues; stands in the history of the organisation."),
    )


class RestoreForm(DeskForm):
    email = forms.EmailField(label=gettext_lazy("Who manages it from now on? E-mail address"))
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the e-mail"), choices=lazy(lambda: settings.LANGUAGES, list)
    )
    reason = forms.CharField(
        label=gettext_lazy("Why?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Another officer has to confirm it. Everyone who works there reads it in an e-mail."),
    )


class AnswerClaimForm(DeskForm):
    granted = forms.TypedChoiceField(
        label=gettext_lazy("Whose number is it?"),
        choices=[
            ("no", gettext_lazy("The registration stays as it is.")),
            ("yes", gettext_lazy("The claim is right: invite this person to manage the organisation.")),
        ],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose an answer.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Why?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "Where you decline, the person reads it; where you grant it, everyone who works there. Do not name who "
            "is registered to someone who is not."
        ),
        error_messages={"required": gettext_lazy("Write why.")},
    )


class OneOrganisation:
    """What the pages about one organisation have in common."""

    model = Organisation
    viewset = "desk_organisations"
    list_label = gettext_lazy("Organisations")
    rule = "partners.handle_organisation"
    header_icon = "home"


class VerifyView(OneOrganisation, AboutOneFormView):
    page_title = gettext_lazy("Verify")
    form_class = VerifyForm

    def form_valid(self, form):
        return self.carry_out(
            form,
            lambda: organisations_services.verify(self.subject, self.request.user, **form.cleaned_data),
            _("Verified. Its managers get an e-mail."),
            self.subject_url,
        )


class RestoreAccessView(OneOrganisation, AboutOneFormView):
    page_title = gettext_lazy("Restore access")
    form_class = RestoreForm

    def get_initial(self):
        return {"language": self.subject.letter_language}

    def form_valid(self, form):
        return self.carry_out(
            form,
            lambda: self.ask(**form.cleaned_data),
            _("Everyone who works there gets an e-mail with the reason."),
            self.subject_url,
        )

    def ask(self, *, reason: str, **after) -> None:
        asked = confirmations_services.ask("organisation_access", self.subject, after, self.request.user, reason=reason)
        say_who_confirms(self.request, asked)


class AnswerClaimView(OneOrganisation, AboutOneFormView):
    """Answer one claim, with both sides in view."""

    page_title = gettext_lazy("Answer the claim")
    form_class = AnswerClaimForm
    template_name = "partners/desk/claim.html"

    @cached_property
    def claim(self) -> Claim:
        return get_object_or_404(self.subject.claims.select_related("user"), pk=self.kwargs["claim_pk"])

    def get_context_data(self, **kwargs):
        people = self.subject.memberships.select_related("user").order_by("pk")
        return super().get_context_data(claim=self.claim, organisation=self.subject, people=people, **kwargs)

    def form_valid(self, form):
        granted = form.cleaned_data["granted"]
        said = (
            _("Everyone who works there gets an e-mail with the reason.")
            if granted
            else _("The person gets an e-mail.")
        )
        return self.carry_out(form, lambda: self.answer(**form.cleaned_data), said, self.subject_url)

    def answer(self, **answer) -> None:
        if asked := claims.answer(self.claim, self.request.user, **answer):
            say_who_confirms(self.request, asked)


class AskSignatoriesView(OneOrganisation, AboutOneMixin, View):
    """Have all its signatories confirmed anew."""

    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        try:
            organisations_services.ask_signatories(self.subject, request.user)
        except Refused as refusal:
            messages.error(request, " ".join(refusal.messages))
        else:
            messages.success(request, _("Asked. Nobody signs for it until a manager has confirmed who does."))
        return redirect(self.subject_url)


class OrganisationViewSet(ModelViewSet):
    model = Organisation
    name = "desk_organisations"
    url_prefix = "organisations"
    icon = "home"
    menu_label = gettext_lazy("Organisations")
    menu_order = 115
    add_to_admin_menu = True
    index_view_class = OrganisationIndexView
    inspect_view_class = OrganisationView
    inspect_view_enabled = True
    inspect_template_name = "partners/desk/organisation.html"
    copy_view_enabled = False
    filterset_class = OrganisationFilterSet
    list_display = [
        "name",
        Column("short_kind", label=gettext_lazy("kind"), sort_key="kind"),
        Column("number", label=gettext_lazy("enterprise number"), sort_key="enterprise_number"),
        Column("municipality", label=gettext_lazy("municipality")),
        DateColumn("verified_at", label=gettext_lazy("verified on"), sort_key="verified_at"),
    ]
    list_export = ["name", "get_kind_display", "number", "municipality", "letter_language", "verified_at", "created_at"]
    form_fields = ["name"]

    @property
    def permission_policy(self):
        return RulePolicy(Organisation, is_officer | is_decider, actions=("view",))

    def get_urlpatterns(self):
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("<int:pk>/", self.inspect_view, name="inspect"),
            path("<int:pk>/verify/", self.construct_view(VerifyView), name="verify"),
            path("<int:pk>/restore-access/", self.construct_view(RestoreAccessView), name="restore_access"),
            path("<int:pk>/claims/<int:claim_pk>/", self.construct_view(AnswerClaimView), name="answer_claim"),
            path("<int:pk>/ask-signatories/", self.construct_view(AskSignatoriesView), name="ask_signatories"),
            path("<int:pk>/finder/", self.construct_view(BlockOrganisationView), name="finder_block"),
        ]
