"""Asking for changes at the desk: written question by question, seen as the parties will see it, and then sent."""

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..change_requests import services as change_requests_services
from ..change_requests.presentation import RequestsShown
from ..models import Application, ChangeRequest, ChangeRequestItem
from ..permissions import seen_at_desk
from .dossier.views import StateFormView, dossier_url
from .forms import CancelForm, ChangeRequestForm, ExtendForm


class DatedFormView(StateFormView):
    """A form with a date: its chooser brings a script of its own."""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return {**context, "media": context["form"].media}


class RequestChangesView(DatedFormView):
    """Write it, and look at it."""

    rule = "applications.handle_application"
    page_title = gettext_lazy("Ask for a change")
    form_class = ChangeRequestForm
    states = frozenset({Application.State.IN_REVIEW, Application.State.CHANGES_REQUESTED})

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "application": self.application}

    def get_context_data(self, **kwargs):
        return {
            **super().get_context_data(**kwargs),
            "action_url": reverse("desk_applications:request_changes", args=[self.application.pk]),
            "submit_button_label": _("See it as the parties will see it"),
        }

    def form_valid(self, form):
        """The very piece of page that the parties get, in the language of the application."""
        chosen = form.chosen
        request = ChangeRequest(
            application=self.application,
            version=self.application.versions.last(),
            party=chosen["party"],
            text=chosen["text"],
            due_on=chosen["due_on"],
        )
        items = [ChangeRequestItem(question=number, text=text) for number, text in chosen["asked"].items()]
        with translation.override(self.application.language):
            shown = RequestsShown(self.application).shown(request, items)
        context = {
            "application": self.application,
            "last_seen_entry": self.last_seen_entry,
            "shown": shown,
            "typed": [(name, value) for name, value in form.data.items() if value and name in form.fields],
        }
        return render(self.request, "applications/desk/request_preview.html", context)


class FromPreviewView(RequestChangesView):
    """What a button of the preview does; by GET there is the empty form."""

    def get(self, request, *args, **kwargs):
        return redirect("desk_applications:request_changes", self.application.pk)


class EditRequestView(FromPreviewView):
    """Go back and change it."""

    def form_valid(self, form):
        return self.render_to_response(self.get_context_data(form=form))


class SendRequestView(FromPreviewView):
    """Send it to the parties."""

    def form_valid(self, form):
        return self.carry_out(
            form,
            lambda: change_requests_services.ask(self.application, self.request.user, **form.chosen),
            _("The parties get an e-mail."),
            dossier_url(self.application),
        )


class RequestFormView(DatedFormView):
    """A form about one request that is open."""

    rule = "applications.handle_application"
    states = frozenset(Application.State)

    @cached_property
    def change_request(self) -> ChangeRequest:
        return get_object_or_404(ChangeRequest, pk=self.kwargs["pk"])

    @cached_property
    def application(self) -> Application:
        return get_object_or_404(seen_at_desk(self.request.user), pk=self.change_request.application_id)


class CancelView(RequestFormView):
    page_title = gettext_lazy("Cancel this request")
    form_class = CancelForm

    def form_valid(self, form):
        return self.carry_out(
            form,
            lambda: change_requests_services.cancel(self.change_request, self.request.user, **form.cleaned_data),
            _("The request is cancelled. The parties get an e-mail."),
            dossier_url(self.application),
        )


class ExtendView(RequestFormView):
    page_title = gettext_lazy("Give more time")
    form_class = ExtendForm

    def get_initial(self):
        return {"due_on": self.change_request.due_on}

    def form_valid(self, form):
        return self.carry_out(
            form,
            lambda: change_requests_services.extend(self.change_request, self.request.user, **form.cleaned_data),
            _("They have more time. The parties get an e-mail."),
            dossier_url(self.application),
        )
