"""The pages for rates: what is typed is carried out until it would be in force; then a second person is asked."""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import CreateView, DeleteView, EditView, IndexView

from portal.confirmations import services as confirmations_services
from portal.confirmations.desk import WIDE, say_who_confirms
from portal.confirmations.kinds import fingerprint
from portal.formats import euro
from portal.forms.fields import AmountField
from portal.workflow import Refused

from ..models import Rate
from ..support import rates
from ..support.rate_effects import Effects, effects_of

# In euro: far above any rate, and below what a forgotten comma makes.
MOST = 100_000


def state_of(rate: Rate) -> str:
    """Whether it can still be changed, in words."""
    return _("In force: cannot be changed") if rates.has_begun(rate.valid_from) else _("Can still be changed")


COLUMNS = [
    "code",
    Column("amount", label=gettext_lazy("Amount"), accessor=lambda rate: euro(rate.amount)),
    Column(
        "valid_from",
        label=capfirst(gettext_lazy("valid from")),
        accessor=lambda rate: date_format(rate.valid_from, "DATE_FORMAT"),
        sort_key="valid_from",
    ),
    Column("state", label=gettext_lazy("State"), accessor=state_of),
    Column("source", label=capfirst(gettext_lazy("source")), classname=WIDE),
]


class RateForm(WagtailAdminModelForm):
    """The values of a rate, and the reason that a second person reads where one has to confirm it."""

    amount = AmountField(
        label=capfirst(gettext_lazy("amount in euro")), most=MOST, widget=forms.TextInput({"inputmode": "decimal"})
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "Only for a rate that is valid from today or earlier: "
            "another administrator has to confirm it, and reads why."
        ),
    )

    class Meta:
        model = Rate
        fields = rates.FIELDS

    def clean(self):
        super().clean()
        if self.is_backdated and not self.cleaned_data.get("reason"):
            self.add_error(
                "reason",
                _("This rate is valid from today or earlier. Write why: a second person reads it."),
            )

    @property
    def is_backdated(self) -> bool:
        day = self.cleaned_data.get("valid_from")
        return day is not None and rates.has_begun(day)

    @cached_property
    def effects(self) -> Effects | None:
        """What changes today, where everything but the reason is typed and a second person has to confirm it."""
        if self.is_bound and not set(self.errors) - {"reason"} and self.is_backdated:
            return effects_of(self.instance, self.for_user)
        return None

    @property
    def seen(self) -> str:
        """Differs where what is asked for, or what it changes, differs."""
        values = rates.values_of(self.instance)
        return fingerprint(f"{sorted(values.items())}{self.effects.digest}") if self.effects else ""


class RateFormMixin:
    """Asks for a second person in place of saving, once the page has shown what would change."""

    done: str

    def verb(self, rate: Rate) -> None:
        raise NotImplementedError

    def form_valid(self, form):
        try:
            if form.effects is None:
                self.verb(form.instance)
                messages.success(self.request, self.done % {"date": date_format(form.instance.valid_from)})
                return redirect("desk_rates:index")
            if self.request.POST.get("seen") != form.seen:
                return self.render_to_response(self.get_context_data(form=form))
            return self.ask(form)
        except Refused as refusal:
            for message in refusal.messages:
                form.add_error(None, message)
            return self.form_invalid(form)

    def ask(self, form):
        subject = form.instance if form.instance.pk else None
        after, reason = rates.values_of(form.instance), form.cleaned_data["reason"]
        asked = confirmations_services.ask("backdated_rate", subject, after, self.request.user, reason=reason)
        say_who_confirms(self.request, asked)
        return redirect("desk_confirmations:inspect", asked.pk)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        form = context["form"]
        if form.is_bound and form.effects:
            context |= {"effects": form.effects, "seen": form.seen, "submit_button_label": _("Ask a second person")}
        return context


class KeptMixin:
    """Leads back to the list, with the reason, from the page of a rate in force."""

    def dispatch(self, request, *args, **kwargs):
        try:
            return super().dispatch(request, *args, **kwargs)
        except Refused as refusal:
            messages.error(request, " ".join(refusal.messages))
            return redirect("desk_rates:index")


class NewRateView(RateFormMixin, CreateView):
    done = gettext_lazy("The rate is added. It can be changed until %(date)s.")

    def verb(self, rate):
        rates.add(rate, self.request.user)


class CorrectedRateView(KeptMixin, RateFormMixin, EditView):
    done = gettext_lazy("The rate is corrected. It can be changed until %(date)s.")

    def get(self, request, *args, **kwargs):
        rates.refuse_begun(self.get_object())
        return super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        rates.refuse_begun(self.get_object())
        return super().post(request, *args, **kwargs)

    def verb(self, rate):
        rates.correct(rate, self.request.user)


class RemovedRateView(KeptMixin, DeleteView):
    def get(self, request, *args, **kwargs):
        rates.refuse_begun(self.object)
        return super().get(request, *args, **kwargs)

    def delete_action(self):
        rates.remove(self.object, self.request.user)


class RateIndexView(IndexView):
    """Leads to the pages of those that can still be changed."""

    def get_context_data(self, *args, **kwargs):
        context = super().get_context_data(*args, **kwargs)
        return {**context, "media": context["media"] + forms.Media(css={"all": ["portal/desk.css"]})}

    def get_edit_url(self, instance):
        return None if rates.has_begun(instance.valid_from) else super().get_edit_url(instance)

    def get_delete_url(self, instance):
        return None if rates.has_begun(instance.valid_from) else super().get_delete_url(instance)
