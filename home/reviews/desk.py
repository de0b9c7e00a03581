"""Dates of review in Wagtail's admin: a page about each page's date, a report, and where the editor says it."""

from datetime import timedelta

import django_filters
from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django.views.generic import FormView
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page

from portal import clock
from portal.desk.views import RulePolicy, SafeExportMixin
from portal.forms.fields import DayInput
from portal.models import User

from ..models import PageReview
from ..translation.permissions import is_author
from . import services

POLICY = RulePolicy(PageReview, is_author, actions=("view",))
# What is typed for a date further away is a slip.
LONGEST = timedelta(days=5 * 365)


# ── One page ──────────────────────────────────────────────────────────────────────────────────────────────────────────
class ReviewForm(forms.ModelForm):
    class Meta:
        model = PageReview
        fields = ["responsible", "review_by"]
        widgets = {"review_by": DayInput}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["responsible"].queryset = services.authors()

    def clean_review_by(self):
        day = self.cleaned_data["review_by"]
        if not clock.today() < day <= clock.today() + LONGEST:
            raise ValidationError(_("Choose a day from tomorrow on, within five years."))
        return day


def page_to_review(user: User, page_id: int) -> Page:
    """The page with this id, for those who may edit it; a translation has no date of its own."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not is_author(user) or not page.permissions_for_user(user).can_edit():
        raise PermissionDenied
    if not services.sources().filter(pk=page.pk).exists():
        raise Http404
    return page


class ReviewView(WagtailAdminTemplateMixin, FormView):
    """Says when a page is looked at again and by whom, changes that, and offers “Reviewed, still right”."""

    page_title = gettext_lazy("Review of a page")
    header_icon = "calendar-check"
    form_class = ReviewForm
    template_name = "home/desk/review.html"

    @cached_property
    def page(self) -> Page:
        return page_to_review(self.request.user, self.kwargs["page_id"])

    @cached_property
    def review(self) -> PageReview:
        return services.review_of(self.page)

    def get_page_subtitle(self):
        return self.page.get_admin_display_title()

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse("desk_reviews"), "label": ReviewReportView.page_title},
            {"url": "", "label": self.page.get_admin_display_title()},
        ]

    def get_form_kwargs(self):
        # Asked for before anything is answered.
        return {**super().get_form_kwargs(), "instance": services.review_of(self.page)}

    def form_valid(self, form):
        services.arrange(self.page, self.request.user, **form.cleaned_data)
        messages.success(self.request, _("The date is set."))
        return redirect("desk_review", self.page.pk)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            page=self.page,
            review=self.review,
            is_due=self.review.review_by <= clock.today(),
            next_date=clock.today() + PageReview.EACH,
            submit_button_label=_("Save"),
            edit_url=reverse("wagtailadmin_pages:edit", args=[self.page.pk]),
            **kwargs,
        )


@require_POST
def confirm(request, page_id: int):
    """The button “Reviewed, still right”."""
    page = page_to_review(request.user, page_id)
    review = services.confirm(page, request.user)
    messages.success(
        request,
        _("“%(title)s” is reviewed. It comes again on %(day)s.")
        % {"title": page.get_admin_display_title(), "day": date_format(review.review_by, "DATE_FORMAT")},
    )
    return redirect("desk_reviews")


# ── All pages ─────────────────────────────────────────────────────────────────────────────────────────────────────────
class ReviewFilterSet(WagtailFilterSet):
    due = django_filters.ChoiceFilter(
        label=gettext_lazy("Look at it by"),
        choices=[("soon", gettext_lazy("Due within two weeks"))],
        empty_label=gettext_lazy("All"),
        method="only_due",
        widget=forms.RadioSelect,
    )

    class Meta:
        model = PageReview
        fields = ["due"]

    def only_due(self, queryset, name, value):
        return queryset.filter(review_by__lte=clock.today() + services.REMIND_BEFORE)


def named(review: PageReview) -> str:
    return str(review.person or _("all publishers"))


def day_of(review: PageReview) -> str:
    """The day itself: how long ago a day to come was would be a riddle."""
    return date_format(review.review_by, "DATE_FORMAT")


class ReviewReportView(SafeExportMixin, ReportView):
    """The pages in the order in which they are looked at again."""

    page_title = gettext_lazy("Pages to review")
    header_icon = "calendar-check"
    filterset_class = ReviewFilterSet
    index_url_name = "desk_reviews"
    index_results_url_name = "desk_reviews_results"
    permission_policy = POLICY
    any_permission_required = ["view"]
    list_export = ["page", "person", "review_by"]
    export_headings = {
        "page": gettext_lazy("Title"),
        "person": gettext_lazy("Who looks at it"),
        "review_by": gettext_lazy("Look at it by"),
    }
    columns = [
        TitleColumn(
            "page",
            label=gettext_lazy("Title"),
            get_url=lambda review: reverse("desk_review", args=[review.page_id]),
        ),
        Column("person", label=gettext_lazy("Who looks at it"), accessor=named),
        Column("review_by", label=gettext_lazy("Look at it by"), accessor=day_of),
    ]

    def get_filename(self):
        return "pages-to-review"

    def get_base_queryset(self):
        return services.reviews().select_related("page__owner")


class ReviewMenuItem(MenuItem):
    def is_shown(self, request):
        return is_author(request.user)


def menu_item() -> MenuItem:
    return ReviewMenuItem(
        ReviewReportView.page_title,
        reverse("desk_reviews"),
        name="reviews",
        icon_name="calendar-check",
        order=910,
    )


URLS = [
    path("reports/reviews/", ReviewReportView.as_view(), name="desk_reviews"),
    path("reports/reviews/results/", ReviewReportView.as_view(results_only=True), name="desk_reviews_results"),
    path("reviews/<int:page_id>/", ReviewView.as_view(), name="desk_review"),
    path("reviews/<int:page_id>/confirm/", confirm, name="desk_review_confirm"),
]
