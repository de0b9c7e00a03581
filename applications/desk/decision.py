"""One decision at the desk: prepared, looked at as it will be sent, changed, discarded, released."""

import rules
from django import forms
from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView, View

from portal.documents.download import as_download
from portal.files import store
from portal.forms.service import DeskForm
from portal.team import officers
from portal.workflow import Refused

from ..checks.automatic_checks import Outcome, checks_of
from ..communication.messages import LONGEST
from ..decision import services as decision_services
from ..models import Application, Decision
from ..papers import letters
from ..permissions import seen_at_desk
from ..review.status import review_status
from .dossier.blocks import READ
from .dossier.views import DossierActionMixin, dossier_url


def decision_url(decision: Decision) -> str:
    return reverse("desk_decisions:inspect", args=[decision.pk])


class DecisionForm(DeskForm):
    """The decision, its reasons in each language in which a party gets its letter, and the contact person."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose a decision.")},
    )

    def __init__(self, *args, application: Application, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = [
            (outcome.value, outcome.label) for outcome in decision_services.possible_outcomes(application)
        ]
        self.languages = letters.languages_of(application.joined_parties)
        for code in self.languages:
            self.fields[f"reasons_{code}"] = forms.CharField(
                label=capfirst(Decision._meta.get_field(f"reasons_{code}").verbose_name),
                max_length=LONGEST,
                widget=forms.Textarea(attrs={"rows": 6, "lang": code}),
                help_text=_("The parties read this text as it stands here, on their page and in their letter."),
                error_messages={"required": _("Give the reasons for the decision.")},
            )
        self.fields["contact"] = forms.ModelChoiceField(
            officers(),
            label=_("Contact person at Fedasil"),
            required=False,
            help_text=_("For an approval."),
        )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("outcome") == Decision.Outcome.APPROVE and not cleaned.get("contact"):
            self.add_error("contact", _("Name the contact person at Fedasil."))
        return cleaned

    @property
    def chosen(self) -> dict:
        """As the verbs take it."""
        return {
            "outcome": self.cleaned_data["outcome"],
            "reasons": {code: self.cleaned_data[f"reasons_{code}"] for code in self.languages},
            "contact": self.cleaned_data["contact"],
        }


def grounds(application: Application) -> dict:
    """What a decision rests on: what the checks found, and the reviews once they are open."""
    prefetch_related_objects([application], *READ)
    return {
        "to_look_at": [check for check in checks_of(application) if check.outcome != Outcome.OK],
        "reviews": review_status(application),
    }


class WriteView(DossierActionMixin, FormView):
    """The form; what it keeps is looked at next."""

    rule = "applications.prepare_decision"
    template_name = "applications/desk/decision/decide.html"
    form_class = DecisionForm

    def dispatch(self, request, *args, **kwargs):
        if not decision_services.possible_outcomes(self.application):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "application": self.application}

    def get_context_data(self, **kwargs):
        context = {**super().get_context_data(**kwargs), **grounds(self.application)}
        return {**context, "submit_button_label": _("Keep it and look at it")}

    def write(self, **chosen) -> Decision:
        raise NotImplementedError

    def form_valid(self, form):
        return self.carry_out(
            form,
            lambda: self.write(**form.chosen),
            _("The decision is prepared. The parties see nothing until it is released."),
            decision_url,
        )


class PrepareView(WriteView):
    page_title = gettext_lazy("Prepare a decision")

    def get_initial(self):
        return {"contact": self.application.assignee_id}

    def write(self, **chosen) -> Decision:
        return decision_services.prepare(self.application, self.request.user, **chosen)


class OneDecisionMixin(DossierActionMixin):
    """About one decision that this person may read."""

    rule = "applications.prepare_decision"

    @cached_property
    def decision(self) -> Decision:
        found = get_object_or_404(
            Decision.objects.exclude(state=Decision.State.DISCARDED).select_related(
                "corrects__partnership", "contact", "decider", "prepared_by", "partnership"
            ),
            pk=self.kwargs["pk"],
        )
        found.application = get_object_or_404(seen_at_desk(self.request.user), pk=found.application_id)
        if not decision_services.is_readable(found, self.request.user, review_status(found.application)):
            raise Http404
        return found

    @property
    def application(self) -> Application:
        return self.decision.application

    @cached_property
    def may_release(self) -> bool:
        return self.decision.is_prepared and rules.has_perm(
            "applications.decide_application", self.request.user, self.application
        )


class ChangeView(OneDecisionMixin, WriteView):
    page_title = gettext_lazy("Change the prepared decision")

    def dispatch(self, request, *args, **kwargs):
        if not self.decision.is_prepared:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self):
        reasons = {f"reasons_{code}": text for code, text in self.decision.all_reasons}
        return {"outcome": self.decision.outcome, "contact": self.decision.contact_id, **reasons}

    def write(self, **chosen) -> Decision:
        return decision_services.change(self.decision, self.request.user, **chosen)


class PreviewView(OneDecisionMixin, TemplateView):
    """The letters and the mail, exactly as they will be sent; of a released one, the letters as they were sent."""

    page_title = gettext_lazy("Decision")
    template_name = "applications/desk/decision/decision.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(decision=self.decision, may_release=self.may_release, **self.shown(), **kwargs)

    def shown(self) -> dict:
        if not self.decision.is_prepared:
            return {"sent": self.decision.letters.select_related("stored", "party__organisation")}
        try:
            written = letters.written(self.decision)
        except Refused as refusal:
            return {**grounds(self.application), "refused": refusal.messages}
        return {
            **grounds(self.application),
            "letters": written,
            "mails": list(letters.mails(self.decision).items()),
            "digest": letters.digest(written),
            "is_sample": any(letter.sample for letter in written),
            "refused": decision_services.why_not(self.decision, self.request.user) if self.may_release else [],
        }


class LetterView(OneDecisionMixin, View):
    """One letter as PDF: as it would be sent, or as it was."""

    http_method_names = ["get"]

    def get(self, request, *args, **kwargs):
        if not self.decision.is_prepared:
            sent = get_object_or_404(self.decision.letters, party=self.kwargs["party_pk"])
            return store.serve(sent.stored, attachment=False)
        try:
            written = letters.written(self.decision)
        except Refused as refusal:
            raise Http404 from refusal
        letter = next((found for found in written if found.party.pk == self.kwargs["party_pk"]), None)
        if letter is None:
            raise Http404
        return as_download(letter.pdf, letter.name, "pdf", inline=True)


class ReleaseView(OneDecisionMixin, View):
    """Put it in force, as it was looked at."""

    rule = "applications.decide_application"
    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        try:
            decision_services.release(self.decision, request.user, seen=request.POST.get("seen", ""))
        except Refused as refusal:
            messages.error(request, " ".join(refusal.messages))
            return redirect(decision_url(self.decision))
        messages.success(request, _("The decision is released. Each party has its letter and gets an e-mail."))
        return redirect(dossier_url(self.application))


class DiscardView(OneDecisionMixin, View):
    """It will not be released."""

    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        try:
            decision_services.discard(self.decision, request.user)
        except Refused as refusal:
            messages.error(request, " ".join(refusal.messages))
        else:
            messages.success(request, _("The prepared decision is discarded."))
        return redirect(dossier_url(self.application))
