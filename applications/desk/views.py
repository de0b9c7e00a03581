"""The dossier and what officers and deciders do with it."""

import rules
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, View
from wagtail.admin.views.generic import IndexView, InspectView

from portal import mail
from portal.desk import RuleRequiredMixin
from portal.workflow import Refused

from .. import messaging, references, signing
from ..age import age
from ..estimates import estimate_for
from ..models import Application
from ..next_steps import next_steps
from ..permissions import seen_at_desk, seen_attachments
from ..questions import SECTIONS, answer_text
from ..requests_shown import RequestsShown
from ..reviewing import standing
from ..timeline import full_timeline
from ..workflow import APPLICATION
from .decisions_shown import DecisionsShown


def dossier_url(application: Application) -> str:
    return reverse("desk_applications:inspect", args=[application.pk])


class ApplicationIndexView(IndexView):
    """The list of submitted applications."""

    def get_base_queryset(self):
        return seen_at_desk(self.request.user)

    def get_context_data(self, *args, **kwargs):
        if self.search_query and references.is_mistyped(self.search_query):
            messages.warning(
                self.request, _("This reference was mistyped: its last character does not fit the others.")
            )
        return super().get_context_data(*args, **kwargs)


class DossierView(InspectView):
    """One application with all that belongs to it."""

    page_title = gettext_lazy("Dossier")

    def get_object(self, queryset=None):
        return get_object_or_404(
            seen_at_desk(self.request.user).prefetch_related("parties__signatures", "versions"),
            pk=self.pk,
        )

    def get_fields(self):
        return []

    @cached_property
    def header_more_buttons(self):
        return []

    def get_context_data(self, **kwargs):
        application, user = self.object, self.request.user
        reviews = standing(application)
        return super().get_context_data(
            application=application,
            latest=reviews.latest,
            sections=[
                (section, [(question, answer_text(application, question)) for question in section.asked(application)])
                for section in SECTIONS
            ],
            attachments=seen_attachments(user, application),
            signatures=[(party, signing.standing_signatures(party)) for party in application.joined_parties],
            estimate=estimate_for(application),
            reviews=reviews,
            # Blind: another's review shows once all are done.
            open_reviews=reviews.open_to(user),
            visits=application.visits.select_related("recorded_by"),
            recusals=application.recusals.select_related("user"),
            decisions=DecisionsShown(application, user, reviews),
            events=full_timeline(application),
            requests=RequestsShown(application).all,
            next_steps=next_steps(application),
            age=age(application),
            unread=messaging.unread_by_fedasil(application),
            undelivered=mail.undelivered(application),
            may_handle=rules.has_perm("applications.handle_application", user, application),
            may_begin=APPLICATION.allows("begin_review", application, user),
            may_request=APPLICATION.allows("request_changes", application, user),
            may_assign=application.state == Application.State.IN_REVIEW
            and rules.has_perm("applications.handle_application", user, application),
            may_review=application.state == Application.State.IN_REVIEW
            and rules.has_perm("applications.review_application", user, application),
            **kwargs,
        )


class DossierActionMixin(RuleRequiredMixin):
    """A step with one dossier."""

    header_icon = "doc-full-inverse"

    @cached_property
    def application(self) -> Application:
        return get_object_or_404(seen_at_desk(self.request.user), pk=self.kwargs["pk"])

    def get_subject(self):
        return self.application

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
    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        try:
            APPLICATION.fire("begin_review", self.application, request.user)
        except Refused as refusal:
            messages.error(request, " ".join(refusal.messages))
        else:
            messages.success(request, _("The application is in review. The parties get a mail."))
        return redirect(dossier_url(self.application))


class StateFormView(DossierActionMixin, FormView):
    """A form that makes sense in some states only; elsewhere it is not found."""

    template_name = "desk/form.html"

    def dispatch(self, request, *args, **kwargs):
        if self.application.state != Application.State.IN_REVIEW:
            raise Http404
        return super().dispatch(request, *args, **kwargs)
