"""The small forms of what comes after the submission."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.forms.fields import TextField
from portal.forms.service import ServiceForm

from ...communication.messages import LONGEST
from ...models import Party

LONGEST_REASON = 1000


class WithdrawForm(ServiceForm):
    """Why, if one wants to say it."""

    reason = TextField(
        label=_("Why do you withdraw it?"),
        help_text=_("All parties and Fedasil read it. Write no names."),
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class MessageForm(ServiceForm):
    """A message to Fedasil, for one of the parties for which the person works."""

    party = forms.ModelChoiceField(
        Party.objects.none(),
        label=_("For which organisation do you write?"),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": _("Choose your organisation.")},
    )
    text = TextField(
        label=_("Your message"),
        help_text=_("Write no names, birth dates, nationality or health of refugees."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write your message.")},
    )

    def __init__(self, *args, parties: list[Party], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["party"].queryset = Party.objects.filter(pk__in=[party.pk for party in parties]).select_related(
            "organisation"
        )
        if len(parties) == 1:
            self.fields["party"].widget = forms.HiddenInput()
            self.fields["party"].initial = parties[0].pk


class CopyForm(ServiceForm):
    """Which of the other parties to invite again."""

    parties = forms.ModelMultipleChoiceField(
        Party.objects.none(),
        label=_("Which organisations do you invite again?"),
        help_text=_("We mail the person whom you invited then. You can also invite later, or others."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, parties: list[Party], **kwargs):
        super().__init__(*args, **kwargs)
        if not parties:
            del self.fields["parties"]
            return
        self.fields["parties"].queryset = Party.objects.filter(pk__in=[party.pk for party in parties]).select_related(
            "organisation"
        )
        self.fields["parties"].optional = False
