"""The desk's account page: four languages, and no field that keeps another from being saved."""

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from wagtail.admin.forms.account import LocalePreferencesForm
from wagtail.admin.views.account import LocaleSettingsPanel, NameEmailSettingsPanel

from ..models import User


class LanguageForm(LocalePreferencesForm):
    """Wagtail offers “server language” as well, which is one of the four."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["preferred_language"]
        field.choices, field.required = settings.LANGUAGES, True
        if not self.instance.preferred_language:
            self.initial["preferred_language"] = get_language()


class NameForm(forms.ModelForm):
    """Names as people gave them, or none, as everywhere in the portal; checked only where one is changed."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, empty_permitted=True, use_required_attribute=False, **kwargs)

    class Meta:
        model = User
        fields = ["first_name", "last_name"]


def set_forms() -> None:
    """Wagtail has no setting for either form."""
    LocaleSettingsPanel.form_class, NameEmailSettingsPanel.form_class = LanguageForm, NameForm
