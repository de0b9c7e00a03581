"""The pages for powers to decide and numbers of reviews: what is typed becomes a request to a second person."""

from django import forms
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.views.generic import CreateView, EditView

from portal.confirmations import services as confirmations_services
from portal.confirmations.desk import say_who_confirms
from portal.workflow import Refused

from ..decision.power_changes import as_data
from ..models import DecisionPower, ReviewRule


class RequestForm(WagtailAdminModelForm):
    """The dates and numbers, with the reason that a second person reads."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Another administrator has to confirm the change, and reads why."),
    )


class PowerForm(RequestForm):
    class Meta:
        model = DecisionPower
        fields = ["user", "valid_from", "valid_until"]

    @property
    def after(self) -> dict:
        return {name: as_data(self.cleaned_data[name]) for name in ("valid_from", "valid_until")}


class PowerDatesForm(PowerForm):
    """A power stays that of its person: another person needs another one."""

    class Meta(PowerForm.Meta):
        fields = ["valid_from", "valid_until"]


class ReviewRuleForm(RequestForm):
    class Meta:
        model = ReviewRule
        fields = ["valid_from", "reviews"]

    @property
    def after(self) -> dict:
        return {"valid_from": as_data(self.cleaned_data["valid_from"]), "reviews": self.cleaned_data["reviews"]}


class AskingView:
    """Asks for the change in place of making it."""

    kind: str

    def subject(self, form):
        raise NotImplementedError

    def form_valid(self, form):
        reason = form.cleaned_data["reason"]
        try:
            asked = confirmations_services.ask(
                self.kind, self.subject(form), form.after, self.request.user, reason=reason
            )
        except Refused as refusal:
            for message in refusal.messages:
                form.add_error(None, message)
            return self.form_invalid(form)
        say_who_confirms(self.request, asked)
        return redirect("desk_confirmations:inspect", asked.pk)


class NewPowerView(AskingView, CreateView):
    kind = "decision_power_given"

    def subject(self, form):
        return form.cleaned_data["user"]


class ChangedPowerView(AskingView, EditView):
    kind = "decision_power_changed"

    def subject(self, form):
        return DecisionPower.objects.get(pk=self.object.pk)


class NewReviewRuleView(AskingView, CreateView):
    kind = "number_of_reviews"

    def subject(self, form):
        return None


class ChangedReviewRuleView(AskingView, EditView):
    kind = "number_of_reviews"

    def subject(self, form):
        return ReviewRule.objects.get(pk=self.object.pk)
