"""What readers are asked."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.spam import PublicModelForm

from .models import Registration


class RegistrationForm(PublicModelForm):
    """Someone who wants to come to an information session."""

    class Meta:
        model = Registration
        fields = ["name", "organisation", "email", "needs"]
        labels = {
            "name": _("Your name"),
            "organisation": _("Your organisation"),
            "email": _("Your e-mail address"),
            "needs": _("Do you need something to take part?"),
        }
        help_texts = {
            "email": _("We mail you a confirmation, and a reminder the day before."),
            "needs": _("For example a sign language interpreter, or a place for a wheelchair."),
        }
        error_messages = {
            "name": {"required": _("Write your name.")},
            "email": {"required": _("Write your e-mail address.")},
        }
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "organisation": forms.TextInput(attrs={"autocomplete": "organization"}),
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
            "needs": forms.Textarea(attrs={"rows": 3}),
        }
