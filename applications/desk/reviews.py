"""Reviews at the desk: assigning, one's own review, settling, keeping out; and the criteria that Fedasil edits."""

from django import forms
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property, lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, View
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.admin.views.generic import CopyView

from portal.forms.service import DeskForm, DeskModelForm
from portal.models import User
from portal.team import officers

from ..models import CriteriaSet, Criterion, Recusal, Review, Settlement, Version
from ..review import services as review_services
from ..review import status
from .assignment import OfficersField
from .dossier.views import DossierActionMixin, StateFormView, dossier_url


# ── Assigning ─────────────────────────────────────────────────────────────────────────────────────────────────────────
class AssignForm(forms.Form):
    reviewers = OfficersField(
        User.objects.none(),
        label=gettext_lazy("Who reviews?"),
        error_messages={"required": gettext_lazy("Choose an officer.")},
    )

    def __init__(self, *args, application, **kwargs):
        super().__init__(*args, **kwargs)
        busy = application.reviews.exclude(state=Review.State.WITHDRAWN).values("reviewer")
        free = officers().exclude(pk__in=busy).exclude(pk__in=application.recusals.values("user"))
        self.fields["reviewers"].queryset = free
        if not free.exists():
            self.fields["reviewers"].help_text = _("Nobody is left: each officer reviews it, or keeps out of it.")


class AssignView(StateFormView):
    rule = "applications.handle_application"
    page_title = gettext_lazy("Assign reviewers")
    form_class = AssignForm

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "application": self.application}

    def form_valid(self, form):
        return self.carry_out(
            form,
            lambda: review_services.assign_all(self.application, self.request.user, form.cleaned_data["reviewers"]),
            _("They are asked to review."),
            dossier_url(self.application),
        )


class TakeBackView(DossierActionMixin, View):
    """End an assignment that was not done."""

    rule = "applications.handle_application"
    page_title = gettext_lazy("Take back")
    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        review = get_object_or_404(self.application.reviews, pk=kwargs["review_pk"])
        return self.press(
            lambda: review_services.take_back(self.application, request.user, review),
            _("The assignment is taken back."),
            dossier_url(self.application),
        )


# ── One's own review ──────────────────────────────────────────────────────────────────────────────────────────────────
class ReviewForm(DeskForm):
    """A score and its reasons for each criterion, then the advice. Nothing is required while one goes on later."""

    version = forms.ModelChoiceField(Version.objects.none(), widget=forms.HiddenInput)
    advice = forms.ChoiceField(
        label=gettext_lazy("Your advice"),
        choices=lazy(lambda: Review.Advice.choices, list),
        widget=forms.RadioSelect,
        required=False,
    )
    reasons = forms.CharField(
        label=gettext_lazy("Reasons for your advice"), widget=forms.Textarea(attrs={"rows": 6}), required=False
    )

    def __init__(self, *args, review: Review, done: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.done = done
        self.criteria = list(review.criteria.criteria.all())
        given = {score.criterion_id: score for score in review.scores.all()}
        self.fields["version"].queryset = review.application.versions.all()
        self.initial = {"advice": review.advice, "reasons": review.reasons, **self.initial}
        for criterion in self.criteria:
            score = given.get(criterion.pk)
            self.fields[f"score-{criterion.pk}"] = forms.TypedChoiceField(
                label=criterion.label,
                help_text=self.explained(criterion),
                choices=[(number, number) for number in range(criterion.scale + 1)],
                widget=forms.RadioSelect,
                coerce=int,
                empty_value=None,
                required=False,
                initial=score.score if score else None,
            )
            self.fields[f"reasons-{criterion.pk}"] = forms.CharField(
                label=_("Why this score?"),
                widget=forms.Textarea(attrs={"rows": 2}),
                required=False,
                initial=score.reasons if score else "",
            )

    @staticmethod
    def explained(criterion) -> str:
        scale = _("0: nothing of it; %(most)d: all of it. Weight: %(weight)d.")
        return f"{criterion.guidance} {scale % {'most': criterion.scale, 'weight': criterion.weight}}"

    def groups(self):
        """For each aim its criteria, with weight and the two fields."""
        return [
            (
                aim.label,
                [
                    (criterion, self[f"score-{criterion.pk}"], self[f"reasons-{criterion.pk}"])
                    for criterion in self.criteria
                    if criterion.aim == aim
                ],
            )
            for aim in Criterion.Aim
        ]

    def clean(self):
        cleaned = super().clean()
        if self.done:
            for criterion in self.criteria:
                if cleaned.get(f"score-{criterion.pk}") is None:
                    self.add_error(f"score-{criterion.pk}", _("Choose a score."))
            if not cleaned.get("advice"):
                self.add_error("advice", _("Choose your advice."))
            if not cleaned.get("reasons"):
                self.add_error("reasons", _("Give the reasons for your advice."))
        return cleaned

    def scores(self) -> list[review_services.GivenScore]:
        return [
            review_services.GivenScore(
                criterion, self.cleaned_data[f"score-{criterion.pk}"], self.cleaned_data[f"reasons-{criterion.pk}"]
            )
            for criterion in self.criteria
        ]


class OwnReviewView(StateFormView):
    """One's own review: kept to go on later, or recorded."""

    rule = "applications.review_application"
    page_title = gettext_lazy("Your review")
    form_class = ReviewForm
    template_name = "applications/desk/review.html"

    @cached_property
    def review(self) -> Review:
        return review_services.own_review(self.application, self.request.user)

    @property
    def done(self) -> bool:
        return "later" not in self.request.POST

    def get_initial(self):
        return {"version": self.application.versions.last().pk}

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "review": self.review, "done": self.done}

    def get_context_data(self, **kwargs):
        return {**super().get_context_data(**kwargs), "submit_button_label": _("Record your review")}

    def form_valid(self, form):
        answers = form.cleaned_data
        return self.carry_out(
            form,
            lambda: review_services.record(
                self.application,
                self.request.user,
                scores=form.scores(),
                advice=answers["advice"],
                reasons=answers["reasons"],
                version=answers["version"],
                done=self.done,
            ),
            _("Your review is done. You can change it until all reviews are done.")
            if self.done
            else _("Kept. You can go on later."),
            dossier_url(self.application),
        )


class SettlementForm(DeskModelForm):
    class Meta:
        model = Settlement
        fields = ["advice", "reasons"]
        widgets = {"advice": forms.RadioSelect, "reasons": forms.Textarea(attrs={"rows": 6})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["advice"].choices = Review.Advice.choices


class SettleView(StateFormView):
    rule = "applications.review_application"
    page_title = gettext_lazy("Settle where the reviews differ")
    form_class = SettlementForm

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "instance": status.review_status(self.application).settlement}

    def form_valid(self, form):
        return self.carry_out(
            form,
            lambda: review_services.settle(self.application, self.request.user, **form.cleaned_data),
            _("It is recorded."),
            dossier_url(self.application),
        )


# ── Keeping out ───────────────────────────────────────────────────────────────────────────────────────────────────────
class RecuseForm(DeskForm):
    reason = forms.ChoiceField(
        label=gettext_lazy("Why do you keep out of this dossier?"),
        choices=lazy(lambda: Recusal.Reason.choices, list),
        widget=forms.RadioSelect,
        help_text=gettext_lazy("From now on you do not see it any more. An administrator cannot undo that."),
        error_messages={"required": gettext_lazy("Choose a reason.")},
    )
    note = forms.CharField(label=gettext_lazy("Note"), required=False, widget=forms.Textarea(attrs={"rows": 3}))


class RecuseView(DossierActionMixin, FormView):
    rule = "applications.recuse_from_application"
    page_title = gettext_lazy("Withdraw for a conflict of interest")
    template_name = "desk/form.html"
    form_class = RecuseForm

    def form_valid(self, form):
        return self.carry_out(
            form,
            lambda: review_services.recuse(self.application, self.request.user, **form.cleaned_data),
            _("You withdrew from this dossier. You do not see it any more."),
            reverse("desk_applications:index"),
        )


# ── The criteria ──────────────────────────────────────────────────────────────────────────────────────────────────────
class CriteriaCopyView(CopyView):
    """A new set that begins as this one."""

    def get_initial_form_instance(self):
        found = self.get_object()
        criteria = list(found.criteria.all())
        for criterion in criteria:
            criterion.pk = criterion.criteria_id = None
        return CriteriaSet(sample=found.sample, criteria=criteria)


LANGUAGES = ("nl", "fr", "de", "en")
CRITERIA_PANELS = [
    FieldPanel("valid_from"),
    FieldPanel("sample"),
    InlinePanel(
        "criteria",
        panels=[
            FieldPanel("aim"),
            FieldPanel("scale"),
            FieldPanel("weight"),
            *[
                MultiFieldPanel([FieldPanel(f"label_{language}"), FieldPanel(f"guidance_{language}")], language.upper())
                for language in LANGUAGES
            ],
        ],
        heading=gettext_lazy("Criteria"),
        label=gettext_lazy("Criterion"),
        min_num=1,
    ),
]
