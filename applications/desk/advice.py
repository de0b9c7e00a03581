"""Advice at the desk: asked in the dossier, answered on a page that shows the sections asked about and nothing else."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView, View
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from portal.desk.views import RuleRequiredMixin
from portal.forms.service import DeskForm
from portal.models import User
from portal.permissions import is_fedasil

from ..communication.messages import LONGEST
from ..internal import advice
from ..models import AdviceRequest, Application
from ..permissions import seen_at_desk
from ..questionnaire import file_requirements
from ..questionnaire.answers import answer_text
from ..questionnaire.questions import SECTIONS
from ..review.status import review_status
from .change_requests import DatedFormView
from .dossier.blocks import READ
from .dossier.views import DossierActionMixin, dossier_url
from .forms import DueForm


# ── Asking ────────────────────────────────────────────────────────────────────────────────────────────────────────────
class AskAdviceForm(DueForm):
    of = forms.ModelChoiceField(
        User.objects.none(),
        label=gettext_lazy("Whose advice?"),
        help_text=gettext_lazy(
            "Anyone at Fedasil, except those who review, until all reviews are done: their advice would be read "
            "before the other reviews. And except those who withdrew for a conflict of interest."
        ),
        error_messages={"required": gettext_lazy("Choose a colleague.")},
    )
    sections = forms.MultipleChoiceField(
        label=gettext_lazy("About which sections?"),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "A colleague who handles no dossiers sees only these sections, until the answer is there."
        ),
        error_messages={"required": gettext_lazy("Choose the sections that the advice is about.")},
    )
    question = forms.CharField(
        label=gettext_lazy("Your question"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Write your question.")},
    )
    field_order = ["of", "sections", "question", "due_on"]

    def __init__(self, *args, application: Application, asker: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["of"].queryset = advice.advisers(application, asker)
        self.fields["sections"].choices = [
            (section.code, f"{section.number}. {section.title}") for section in SECTIONS if section.asked(application)
        ]


class AskAdviceView(DatedFormView):
    rule = "applications.handle_application"
    page_title = gettext_lazy("Ask a colleague for advice")
    template_name = "desk/form.html"
    form_class = AskAdviceForm

    def dispatch(self, request, *args, **kwargs):
        if self.application.state not in Application.UNDECIDED:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "application": self.application, "asker": self.request.user}

    def form_valid(self, form):
        return self.carry_out(
            form,
            lambda: advice.ask(self.application, self.request.user, **form.cleaned_data),
            _("The colleague gets an e-mail. The answer will be in the dossier."),
            f"{dossier_url(self.application)}#advice-section",
        )


class CancelAdviceView(DossierActionMixin, View):
    """Ask it no more."""

    rule = "applications.handle_application"
    http_method_names = ["post"]

    @cached_property
    def asked(self) -> AdviceRequest:
        return get_object_or_404(AdviceRequest, pk=self.kwargs["pk"])

    @cached_property
    def application(self) -> Application:
        found = get_object_or_404(seen_at_desk(self.request.user), pk=self.asked.application_id)
        if self.asked not in advice.seen(found, self.request.user, review_status(found)):
            raise Http404
        return found

    def post(self, request, *args, **kwargs):
        return self.press(
            lambda: advice.cancel(self.asked, request.user),
            _("The request is withdrawn. The colleague gets an e-mail."),
            f"{dossier_url(self.application)}#advice-section",
        )


# ── Giving ────────────────────────────────────────────────────────────────────────────────────────────────────────────
class AdviceListView(WagtailAdminTemplateMixin, TemplateView):
    """Advice asked of me: what is open first."""

    page_title = gettext_lazy("Advice asked of me")
    header_icon = "help"
    template_name = "applications/desk/advice_list.html"

    def dispatch(self, request, *args, **kwargs):
        if not is_fedasil(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs):
        found = advice.asked_of(self.request.user).order_by("due_on", "pk")
        rows = sorted(found, key=lambda asked: not asked.is_open)
        return super().get_context_data(rows=[(asked, advice.overdue(asked)) for asked in rows], **kwargs)


class AdviceForm(DeskForm):
    text = forms.CharField(
        label=gettext_lazy("Your advice"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy("Officers and deciders read it in the dossier, the parties never."),
        error_messages={"required": gettext_lazy("Write your advice.")},
    )


class AdviceView(RuleRequiredMixin, FormView):
    """The question, the sections that it is about, and a form for the answer: for the one who is asked."""

    rule = "applications.give_advice"
    page_title = gettext_lazy("Give advice")
    header_icon = "help"
    template_name = "applications/desk/advice.html"
    form_class = AdviceForm

    @cached_property
    def asked(self) -> AdviceRequest:
        found = get_object_or_404(AdviceRequest.objects.select_related("asked_by"), pk=self.kwargs["pk"])
        found.application = Application.objects.prefetch_related(*READ).get(pk=found.application_id)
        return found

    def get_subject(self):
        return self.asked

    def get_page_subtitle(self):
        return self.asked.application.reference

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse("desk_applications:advice_list"), "label": AdviceListView.page_title},
            {"url": "", "label": self.asked.application.reference},
        ]

    def get_context_data(self, **kwargs):
        asked, application = self.asked, self.asked.application
        sections = advice.sections_of(asked)
        shown = [
            (section, [(question, answer_text(application, question), []) for question in section.asked(application)])
            for section in (sections if asked.opens_sections else [])
        ]
        return super().get_context_data(
            asked=asked,
            application=application,
            named=sections,
            sections=shown,
            attachments=file_requirements.current_attachments(application),
            overdue=advice.overdue(asked),
            submit_button_label=_("Give your advice"),
            **kwargs,
        )

    def form_valid(self, form):
        return self.carry_out(
            form,
            lambda: advice.answer(self.asked, self.request.user, form.cleaned_data["text"]),
            _("Your advice is given. Whoever asked for it gets an e-mail."),
            reverse("desk_applications:advice_list"),
        )


def menu_item() -> MenuItem:
    """For all of Fedasil: anyone there may be asked."""
    return MenuItem(
        AdviceListView.page_title, reverse("desk_applications:advice_list"), name="advice", icon_name="help", order=115
    )
