"""The thread among Fedasil, at the desk."""

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, View

from portal.forms.service import DeskForm

from ..communication.messages import LONGEST
from ..internal import discussion
from ..models import Application, PrivateMessage
from ..permissions import seen_at_desk
from ..review.status import review_status
from .dossier.views import DossierActionMixin


class PrivateMessageForm(DeskForm):
    text = forms.CharField(
        label=gettext_lazy("Your message to colleagues"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("Officers and deciders read it, the parties never. Nobody gets an e-mail."),
        error_messages={"required": gettext_lazy("Write your message.")},
    )


class PrivateThreadView(DossierActionMixin, FormView):
    """All of it and a form, once it is open; before that the page says so."""

    rule = "applications.read_dossier"
    page_title = gettext_lazy("Among Fedasil")
    template_name = "applications/desk/discussion.html"
    form_class = PrivateMessageForm

    def get_context_data(self, **kwargs):
        reviews = review_status(self.application)
        return {
            **super().get_context_data(**kwargs),
            "thread": discussion.thread(self.application, reviews),
            "writes": discussion.is_open(reviews),
            "submit_button_label": _("Send"),
        }

    def form_valid(self, form):
        return self.carry_out(
            form,
            lambda: discussion.send(self.application, self.request.user, form.cleaned_data["text"]),
            _("The message is sent."),
            reverse("desk_applications:private", args=[self.application.pk]),
        )


class ErasePrivateView(DossierActionMixin, View):
    """Empty the text of one's own message."""

    rule = "applications.read_dossier"
    http_method_names = ["post"]

    @cached_property
    def message(self) -> PrivateMessage:
        return get_object_or_404(PrivateMessage, pk=self.kwargs["pk"])

    @cached_property
    def application(self) -> Application:
        return get_object_or_404(seen_at_desk(self.request.user), pk=self.message.application_id)

    def post(self, request, *args, **kwargs):
        discussion.erase(self.message, request.user)
        messages.success(request, _("The text is erased."))
        return redirect("desk_applications:private", self.application.pk)
