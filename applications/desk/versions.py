"""What changed between two Versions of a dossier, or since one, word by word."""

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from ..models import Application
from ..versions.diff import Source, differences
from ..versions.word_diff import pieces
from .dossier.views import DossierActionMixin

NOW = "now"


class ChooseForm(forms.Form):
    before = forms.ChoiceField(label=gettext_lazy("From"))
    after = forms.ChoiceField(label=gettext_lazy("To"))

    def __init__(self, *args, choices, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.choices = choices


class DifferencesView(DossierActionMixin, TemplateView):
    """Two selects, and below them each question whose answer differs."""

    rule = "applications.read_dossier"
    page_title = gettext_lazy("What changed")
    template_name = "applications/desk/dossier/differences.html"
    http_method_names = ["get"]

    @cached_property
    def sources(self) -> dict[str, tuple[str, Source]]:
        """What can be compared, by the value of a select: what the parties write now too, where they were asked to."""
        found = {
            str(version.number): (_("Version %(number)d") % {"number": version.number}, version)
            for version in self.application.versions.all()
        }
        if self.application.state == Application.State.CHANGES_REQUESTED:
            found[NOW] = (_("now, not sent yet"), self.application)
        return found

    def get_context_data(self, **kwargs):
        codes = list(self.sources)
        usual = {"before": codes[-2] if len(codes) > 1 else codes[-1], "after": codes[-1]}
        form = ChooseForm(
            {**usual, **self.request.GET.dict()},
            choices=[(code, label) for code, (label, _source) in self.sources.items()],
        )
        found = None
        if form.is_valid():
            before, after = (self.sources[form.cleaned_data[name]][1] for name in ("before", "after"))
            found = [(one, pieces(one.before or "", one.after or "")) for one in differences(before, after)]
        return super().get_context_data(form=form, differences=found, several=len(codes) > 1, **kwargs)
