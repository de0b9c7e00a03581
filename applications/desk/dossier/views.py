"""The dossier and what officers and deciders do with it."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, View
from wagtail.admin.views.generic import InspectView

from portal.stale_pages import StalePageMixin

from ...case.timeline import TEXTS
from ...models import Application
from ...permissions import seen_at_desk
from ...workflow.transitions import APPLICATION
from .blocks import READ, Dossier, context_of
from .relevant_events import events_relevant_for


def dossier_url(application: Application) -> str:
    return reverse("desk_applications:inspect", args=[application.pk])


class DossierView(InspectView):
    """One application with all that belongs to it."""

    page_title = gettext_lazy("Dossier")

    def get_object(self, queryset=None):
        return get_object_or_404(
            seen_at_desk(self.request.user).select_related("assignee").prefetch_related(*READ), pk=self.pk
        )

    def get_fields(self):
        return []

    @cached_property
    def header_more_buttons(self):
        return []

    def get_context_data(self, **kwargs):
        dossier = Dossier(self.object, self.request.user, self.request.GET)
        return super().get_context_data(**context_of(dossier), **kwargs)


class DossierActionMixin(StalePageMixin):
    """A step with one dossier, for someone who knows what others did meanwhile."""

    header_icon = "doc-full-inverse"

    @cached_property
    def application(self) -> Application:
        return get_object_or_404(seen_at_desk(self.request.user), pk=self.kwargs["pk"])

    def get_subject(self):
        return self.application

    def relevant_events(self):
        return events_relevant_for(self.request.resolver_match.url_name)

    def says(self, entry):
        return str(TEXTS[entry.action])

    def get_page_subtitle(self):
        return f"{self.application.reference} – {self.application.lead}"

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse("desk_applications:index"), "label": _("Applications")},
            {"url": dossier_url(self.application), "label": self.application.reference},
            {"url": "", "label": self.get_page_title(), "sublabel": str(self.application.lead)},
        ]

    def get_context_data(self, **kwargs):
        return super().get_context_data(application=self.application, submit_button_label=self.page_title, **kwargs)


class BeginReviewView(DossierActionMixin, View):
    """Take a submitted application up."""

    rule = "applications.handle_application"
    page_title = gettext_lazy("Begin the review")
    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        return self.press(
            lambda: APPLICATION.fire("begin_review", self.application, request.user),
            _("The application is in review. The parties get an e-mail."),
            dossier_url(self.application),
        )


class StateFormView(DossierActionMixin, FormView):
    """A form that makes sense in some states only; elsewhere it is not found.

    What was typed before the state changed is refused by the verb, on a page that keeps it.
    """

    template_name = "desk/form.html"
    states = frozenset({Application.State.IN_REVIEW})

    def dispatch(self, request, *args, **kwargs):
        if request.method != "POST" and self.application.state not in self.states:
            raise Http404
        return super().dispatch(request, *args, **kwargs)
