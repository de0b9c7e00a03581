from django import forms
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.forms.fields import DayInput
from portal.forms.service import DeskForm

from ..communication.messages import LONGEST
from ..models import Application
from ..questionnaire.answers import answer_text
from ..questionnaire.questions import SECTIONS

ASK = "ask-"


class DueForm(DeskForm):
    """Something that is asked by a date which is still to come."""

    due_on = forms.DateField(label=_("By when?"), widget=DayInput, error_messages={"required": _("Choose a date.")})

    def clean_due_on(self):
        due_on = self.cleaned_data["due_on"]
        if due_on < clock.today():
            raise forms.ValidationError(_("Choose a date that is still to come."))
        return due_on


class ChangeRequestForm(DueForm):
    """What has to be changed, question by question; by whom and by when."""

    party = forms.ModelChoiceField(
        None,
        label=_("Party concerned"),
        required=False,
        empty_label=_("all parties"),
        help_text=_("Only this party and the lead can then answer."),
    )
    text = forms.CharField(
        label=_("About all of it"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, application: Application, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].help_text = _("The parties read this text as it stands here, in %(language)s.") % {
            "language": application.get_language_display()
        }
        self.fields["party"].queryset = application.parties.filter(state="accepted").select_related("organisation")
        for section in SECTIONS:
            for question in section.asked(application):
                if question.field != "parties":
                    self.fields[ASK + question.number] = forms.CharField(
                        label=f"{question.number} {question.label}",
                        required=False,
                        max_length=LONGEST,
                        widget=forms.Textarea(attrs={"rows": 2}),
                        help_text=escape(answer_text(application, question)) or _("no answer yet"),
                    )

    def clean(self):
        cleaned = super().clean()
        if not self.asked:
            raise forms.ValidationError(_("Write what you ask at one question or more: those are opened."))
        return cleaned

    @property
    def asked(self) -> dict[str, str]:
        """What is asked, by number of question."""
        return {
            name.removeprefix(ASK): text for name, text in self.cleaned_data.items() if name.startswith(ASK) and text
        }

    @property
    def chosen(self) -> dict:
        """As the verb takes it."""
        return {"asked": self.asked, **{name: self.cleaned_data[name] for name in ("text", "due_on", "party")}}


class CancelForm(DeskForm):
    reason = forms.CharField(
        label=_("Why do you cancel it?"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "The parties read this text as it stands here. Answers that were not sent go back to the last version."
        ),
        error_messages={"required": _("Write why you cancel it: the parties read it.")},
    )


class ExtendForm(DeskForm):
    due_on = forms.DateField(label=_("Until when?"), widget=DayInput, error_messages={"required": _("Choose a date.")})


class MessageForm(DeskForm):
    text = forms.CharField(
        label=_("Your message"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("All parties read it. They get an e-mail that says only that there is a message."),
        error_messages={"required": _("Write your message.")},
    )
