"""Internal notes at the desk: one page to write or change one, and a button to take it away."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, View

from portal.forms.service import DeskForm

from ..communication.messages import LONGEST
from ..internal import notes
from ..models import Application, Note
from ..permissions import seen_at_desk
from ..questionnaire.answers import answer_text
from ..questionnaire.questions import BY_NUMBER
from .dossier.views import DossierActionMixin, dossier_url


class NoteForm(DeskForm):
    text = forms.CharField(
        label=gettext_lazy("Your note"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy(
            "Officers and deciders read it, the parties never. What a reviewer writes opens once all reviews are done."
        ),
        error_messages={"required": gettext_lazy("Write your note.")},
    )


class NoteFormView(DossierActionMixin, FormView):
    rule = "applications.read_dossier"
    template_name = "applications/desk/note.html"
    form_class = NoteForm
    number: str

    @property
    def back(self) -> str:
        return f"{dossier_url(self.application)}#question-{self.number}"

    def get_context_data(self, **kwargs):
        question = BY_NUMBER.get(self.number)
        answer = answer_text(self.application, question) if question else ""
        return {**super().get_context_data(**kwargs), "question": question, "answer": answer}


class WriteNoteView(NoteFormView):
    page_title = gettext_lazy("Write an internal note")

    @property
    def number(self):
        return self.kwargs["number"]

    def dispatch(self, request, *args, **kwargs):
        if self.number not in BY_NUMBER:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form):
        return self.carry_out(
            form,
            lambda: notes.write(self.application, self.request.user, self.number, form.cleaned_data["text"]),
            _("The note is kept."),
            self.back,
        )


class OwnNoteMixin:
    """One note, for its author."""

    @cached_property
    def note(self) -> Note:
        return get_object_or_404(Note, pk=self.kwargs["pk"], author=self.request.user)

    @cached_property
    def application(self) -> Application:
        return get_object_or_404(seen_at_desk(self.request.user), pk=self.note.application_id)


class ChangeNoteView(OwnNoteMixin, NoteFormView):
    page_title = gettext_lazy("Change your note")

    @property
    def number(self):
        return self.note.question

    def get_initial(self):
        return {"text": self.note.text}

    def form_valid(self, form):
        return self.carry_out(
            form,
            lambda: notes.change(self.note, self.request.user, form.cleaned_data["text"]),
            _("The note is changed."),
            self.back,
        )


class EraseNoteView(OwnNoteMixin, DossierActionMixin, View):
    rule = "applications.read_dossier"
    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        back = f"{dossier_url(self.application)}#question-{self.note.question}"
        notes.erase(self.note, request.user)
        messages.success(request, _("The note is erased."))
        return redirect(back)
