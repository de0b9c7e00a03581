"""Messages with the parties, and everything of a dossier in one file."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, View

from partners.people.person import Person
from portal.permissions import is_officer

from ..communication import messages
from ..models import Application, Message
from ..pages.copy_and_archive import as_file
from ..permissions import seen_at_desk
from .dossier.views import DossierActionMixin
from .forms import MessageForm


class MessagesView(DossierActionMixin, FormView):
    """The thread; officers write, deciders read."""

    rule = "applications.view_application"
    page_title = gettext_lazy("Messages")
    template_name = "applications/desk/messages.html"
    form_class = MessageForm

    def dispatch(self, request, *args, **kwargs):
        if request.method == "POST":
            self.rule = "applications.handle_application"
        return super().dispatch(request, *args, **kwargs)

    @property
    def here(self) -> str:
        return reverse("desk_applications:messages", args=[self.application.pk])

    def get_context_data(self, **kwargs):
        shown, user = messages.thread(self.application), self.request.user
        writes = is_officer(user)
        if shown and writes:
            messages.mark_read(self.application, shown[-1], None)
        return {
            **super().get_context_data(**kwargs),
            "thread": messages.with_readers(self.application, Person(user), shown),
            "writes": writes,
            "submit_button_label": _("Send"),
        }

    def form_valid(self, form):
        return self.carry_out(
            form,
            lambda: messages.send(self.application, self.request.user, form.cleaned_data["text"]),
            _("The message is sent. The parties get an e-mail that says that there is one."),
            self.here,
        )


class EraseView(DossierActionMixin, View):
    """Empty the text of a message."""

    rule = "applications.handle_application"
    page_title = gettext_lazy("Erase this text")
    http_method_names = ["post"]

    @cached_property
    def message(self) -> Message:
        return get_object_or_404(Message, pk=self.kwargs["pk"])

    @cached_property
    def application(self) -> Application:
        return get_object_or_404(seen_at_desk(self.request.user), pk=self.message.application_id)

    def post(self, request, *args, **kwargs):
        return self.press(
            lambda: messages.erase(self.message, request.user),
            _("The text is erased. E-mails about it never held it."),
            reverse("desk_applications:messages", args=[self.application.pk]),
        )


class DownloadView(DossierActionMixin, View):
    """Everything of the dossier in one ZIP."""

    rule = "applications.view_application"
    http_method_names = ["get"]

    def get(self, request, *args, **kwargs):
        return as_file(self.application, Person(request.user))
