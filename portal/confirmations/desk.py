"""Requests to confirm at the desk: the list, one request with what it changes, and the answers to it."""

import django_filters
from django import forms
from django.contrib import messages
from django.db.models import Case, Value, When
from django.forms import Media
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.generic import View
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import IndexView, InspectView
from wagtail.admin.viewsets.model import ModelViewSet

from ..desk.views import AboutOneFormView, AboutOneMixin, RulePolicy
from ..forms.service import DeskForm
from ..models import ConfirmationRequest
from ..workflow import Refused
from . import services as confirmations_services
from .kinds import KINDS, Shown

LIST = gettext_lazy("Requests to confirm")


WIDE = "inbox__wide"  # columns that a narrow window leaves out


def last_moment(request: ConfirmationRequest) -> str:
    """Until when an open request can be confirmed."""
    return date_format(timezone.localtime(request.expires_at), "DATETIME_FORMAT") if request.is_open else ""


def say_who_confirms(request: HttpRequest, asked: ConfirmationRequest) -> None:
    """What waits now, and whether anybody can confirm it."""
    shown = Shown(asked)
    said = _("Requested: %(change)s. A second person has to confirm it.") % {"change": shown.label}
    messages.success(request, said)
    if not shown.who_may_confirm.exists():
        messages.warning(request, _("There is nobody else who can confirm it. Ask whoever runs the server."))


def kind_choices():
    return [(kind.code, kind.label) for kind in KINDS.values()]


class ConfirmationFilterSet(WagtailFilterSet):
    kind = django_filters.ChoiceFilter(label=gettext_lazy("kind of change"), choices=kind_choices)

    class Meta:
        model = ConfirmationRequest
        fields = ["state", "kind"]


class ConfirmationIndexView(IndexView):
    """What waits stands first, then the latest."""

    page_title = LIST
    is_searchable = False
    results_template_name = "portal/desk/confirmations_results.html"

    def get_base_queryset(self):
        readable = confirmations_services.readable_by(self.request.user)
        return readable.select_related("person", "requested_by").prefetch_related("subject")

    def get_context_data(self, *args, **kwargs):
        context = super().get_context_data(*args, **kwargs)
        return {**context, "media": context["media"] + Media(css={"all": ["portal/desk.css"]})}

    def order_queryset(self, queryset):
        waits_first = Case(When(state="open", then=Value(0)), default=Value(1))
        return queryset.order_by(waits_first, "-requested_at", "-pk")


class ConfirmationView(InspectView):
    """One request: from what to what, why, until when; with the buttons that this reader may press."""

    page_title = gettext_lazy("Request to confirm")

    def get_object(self, queryset=None):
        return get_object_or_404(confirmations_services.readable_by(self.request.user), pk=self.pk)

    def get_page_subtitle(self):
        return f"{Shown(self.object).label} ({self.object.pk})"

    def get_fields(self):
        return []

    def get_context_data(self, **kwargs):
        user = self.request.user
        may = {
            name: confirmations_services.CONFIRMATION.allows(name, self.object, user)
            for name in ("confirm", "refuse", "withdraw")
        }
        shown = Shown(self.object)
        return super().get_context_data(
            asked=shown,
            consequences=shown.kind.consequences(self.object, user) if self.object.is_open else None,
            may=may,
            is_requester=self.object.requested_by_id == user.pk,
            is_concerned=self.object.person_id == user.pk,
            **kwargs,
        )


class AboutRequest(AboutOneMixin):
    model = ConfirmationRequest
    viewset = "desk_confirmations"
    list_label = LIST

    def get_page_subtitle(self):
        return f"{Shown(self.subject).label} ({self.subject.pk})"


class ConfirmView(AboutRequest, View):
    rule = "portal.confirm_request"
    http_method_names = ["post"]

    def check_fresh(self):
        """Confirmed is what the page showed: nothing else may follow from it by now."""
        found = Shown(self.subject).kind.consequences(self.subject, self.request.user)
        if found and found.digest != self.request.POST.get("seen"):
            raise Refused(
                _("What follows from this change is no longer what you read. Read it again before you confirm.")
            )

    def post(self, request, *args, **kwargs):
        return self.press(
            lambda: confirmations_services.confirm(self.subject, request.user),
            _("Confirmed: the change is made."),
            self.subject_url,
        )


class WithdrawView(AboutRequest, View):
    rule = "portal.withdraw_request"
    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        return self.press(
            lambda: confirmations_services.withdraw(self.subject, request.user),
            _("Withdrawn: nothing changes."),
            self.subject_url,
        )


class RefuseForm(DeskForm):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("The person who asked for it and all who could confirm it read it."),
    )


class RefuseView(AboutRequest, AboutOneFormView):
    rule = "portal.refuse_request"
    page_title = gettext_lazy("Refuse")
    form_class = RefuseForm

    def form_valid(self, form):
        return self.carry_out(
            form,
            lambda: confirmations_services.refuse(self.subject, self.request.user, reason=form.cleaned_data["reason"]),
            _("Refused: nothing changes."),
            self.subject_url,
        )


class ConfirmationViewSet(ModelViewSet):
    model = ConfirmationRequest
    name = "desk_confirmations"
    url_prefix = "confirmations"
    icon = "tick-inverse"
    menu_label = LIST
    menu_order = 130
    add_to_admin_menu = True
    index_view_class = ConfirmationIndexView
    inspect_view_class = ConfirmationView
    inspect_view_enabled = True
    inspect_template_name = "portal/desk/confirmation.html"
    copy_view_enabled = False
    filterset_class = ConfirmationFilterSet
    list_per_page = 50
    list_display = [
        TitleColumn(
            "kind",
            label=pgettext_lazy("request", "Change"),
            accessor=lambda request: Shown(request).label,
            get_url=lambda request: reverse("desk_confirmations:inspect", args=[request.pk]),
        ),
        Column("about", label=gettext_lazy("About"), accessor=lambda request: Shown(request).about),
        Column("requested_by", label=gettext_lazy("Requested by"), classname=WIDE),
        Column("expires_at", label=gettext_lazy("To be confirmed before"), accessor=last_moment, classname=WIDE),
        Column("get_state_display", label=gettext_lazy("State")),
    ]
    form_fields = ["reason"]

    @cached_property
    def permission_policy(self):
        return RulePolicy(ConfirmationRequest, confirmations_services.reads_requests, actions=("view",))

    def get_urlpatterns(self):
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("<int:pk>/", self.inspect_view, name="inspect"),
            path("<int:pk>/confirm/", self.construct_view(ConfirmView), name="confirm"),
            path("<int:pk>/refuse/", self.construct_view(RefuseView), name="refuse"),
            path("<int:pk>/withdraw/", self.construct_view(WithdrawView), name="withdraw"),
        ]
