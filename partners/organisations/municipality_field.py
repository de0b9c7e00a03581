"""The field in which people choose a municipality."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Municipality


class MunicipalityField(forms.ModelChoiceField):
    """A municipality of today. One that merged is found by its old name, and stands for the one it is now part of.

    `kept` is what was chosen before: it stays as it is, merged or not.
    """

    kept: Municipality | None = None

    def __init__(self, queryset=None, **kwargs):
        kwargs["empty_label"] = _("Choose a municipality")
        kwargs["error_messages"] = {"required": _("Choose a municipality."), **(kwargs.get("error_messages") or {})}
        super().__init__(Municipality.objects.none() if queryset is None else queryset, **kwargs)

    def __deepcopy__(self, memo):
        copy = super().__deepcopy__(memo)
        copy.offer()
        return copy

    def offer(self, kept: Municipality | None = None) -> None:
        self.kept = kept
        self.queryset = Municipality.objects.offered([kept.pk] if kept else [])

    def label_from_instance(self, municipality: Municipality) -> str:
        return municipality.name_as_offered

    def clean(self, value) -> Municipality | None:
        chosen = super().clean(value)
        return chosen if chosen is None or chosen == self.kept else chosen.today
