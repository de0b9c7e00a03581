"""Form fields for files that people send: each file is judged (portal/incoming) before any form sees it."""

from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from .store import NOT_KEPT
from .upload_handler import is_lost
from .validation import ACCEPTED, Incoming, judge, kinds, shown_name


def judged(sent, *, accepted=ACCEPTED) -> Incoming:
    """An uploaded file as we keep it; ValidationError for one that we do not take."""
    if is_lost(sent):
        raise ValidationError(NOT_KEPT, code="not_kept")
    return judge(sent.read(settings.ATTACHMENT_BYTES + 1), sent.name, accepted=accepted)


def endings(accepted) -> str:
    """For the browser's window in which a file is chosen."""
    return ",".join(f".{ending}" for names in accepted.values() for ending in names)


class IncomingFileField(forms.FileField):
    """One file; its value is an Incoming, or None."""

    def __init__(self, *, accepted=kinds.ACCEPTED, **kwargs):
        self.accepted = accepted
        # What is empty is refused by the judgement, in the same words as elsewhere.
        super().__init__(allow_empty_file=True, widget=forms.FileInput(attrs={"accept": endings(accepted)}), **kwargs)

    def clean(self, data, initial=None):
        sent = super().clean(data, initial)
        return judged(sent, accepted=self.accepted) if sent else None


class PassingFileField(forms.FileField):
    """One file that is read at once and not kept; its value is its bytes. Needs a message for `too_large`."""

    def __init__(self, *, most_bytes: int, **kwargs):
        self.most_bytes = most_bytes
        super().__init__(allow_empty_file=True, **kwargs)

    def clean(self, data, initial=None):
        sent = super().clean(data, initial)
        if is_lost(sent):
            raise ValidationError(NOT_KEPT, code="not_kept")
        if sent.size > self.most_bytes:
            raise ValidationError(self.error_messages["too_large"], code="too_large")
        return sent.read()


@dataclass(frozen=True)
class Arrival:
    """One of several files: what it is called by who sent it, and what became of it."""

    name: str
    incoming: Incoming | None
    refusal: ValidationError | None = None


class FilesInput(forms.FileInput):
    """One file or several."""

    allow_multiple_selected = True
    template_name = "files_input.html"

    def value_from_datadict(self, data, files, name):
        return files.getlist(name) if hasattr(files, "getlist") else []


class IncomingFilesField(forms.Field):
    """Several files, each for itself: one that is refused keeps no other from being kept. Its value: Arrivals."""

    widget = FilesInput

    def __init__(self, *, multiple: bool, **kwargs):
        super().__init__(required=False, **kwargs)
        self.widget.attrs["accept"] = endings(ACCEPTED)
        if multiple:
            self.widget.attrs["multiple"] = True

    def clean(self, value):
        return [self.arrival(sent) for sent in value or []]

    @staticmethod
    def arrival(sent) -> Arrival:
        try:
            return Arrival(shown_name(sent.name), judged(sent))
        except ValidationError as refusal:
            return Arrival(shown_name(sent.name), None, refusal)
