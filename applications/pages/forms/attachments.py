"""Choosing files: one field for each place where this person may put some."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django import forms
from django.utils.translation import gettext as _

from partners.people.person import Person
from portal.files.form_fields import Arrival, IncomingFilesField
from portal.files.validation import largest
from portal.forms.service import ServiceForm
from portal.workflow import Refused

from ...attachments import services as attachments_services
from ...models import Application, Attachment, Party
from ...permissions import may_attach
from ...questionnaire import file_requirements
from ...questionnaire.definition import Question
from ...questionnaire.questions import BY_CODE


@dataclass
class Place:
    """Room for one kind of file of one party, or of all together, with what lies there."""

    question: Question
    kind: Attachment.Kind
    owner: Party | None
    files: list[Attachment] = field(default_factory=list)
    bound: forms.BoundField | None = None

    @property
    def name(self) -> str:
        """What its field is called."""
        return f"{self.kind}-{self.owner.uuid}" if self.owner else str(self.kind)

    def look(self, application: Application) -> None:
        """See what lies there."""
        found = file_requirements.files(application, self.question.requirement, self.owner)
        self.files = [file for file in found if file.kind == self.kind]

    @property
    def has_room(self) -> bool:
        taken = [found for found in self.files if found.state != Attachment.State.REFUSED]
        return self.question.requirement.most == 1 or len(taken) < self.question.requirement.most

    @property
    def is_alternative(self) -> bool:
        """Whether another kind of file answers the same question."""
        return len(self.question.requirement.kinds) > 1


def places(person: Person, application: Application) -> Iterator[Place]:
    """Where this person may add and remove files now."""
    for question in BY_CODE["attachments"].asked(application):
        if not attachments_services.is_open(application, question, person):
            continue
        for owner in question.requirement.owners(application):
            if not may_attach(person, application, question.requirement, owner):
                continue
            for kind in question.requirement.kinds:
                place = Place(question, kind, owner)
                place.look(application)
                yield place


class AttachmentsForm(ServiceForm):
    """Each file is judged and kept for itself: one that is refused keeps no other from being kept."""

    def __init__(self, *args, person: Person, application: Application, **kwargs):
        super().__init__(*args, **kwargs)
        self.person, self.application = person, application
        self.places = list(places(person, application))
        for place in self.places:
            if place.has_room:
                most = place.question.requirement.most
                chosen = self.fields[place.name] = IncomingFilesField(multiple=most > 1, label=self.label(place))
                chosen.help_text = limits(most)
                chosen.optional = False
                place.bound = self[place.name]

    @staticmethod
    def label(place: Place) -> str:
        what = place.kind.label if place.is_alternative else place.question.label
        said = _("Replace: %(what)s") if place.files and place.question.requirement.most == 1 else _("Add: %(what)s")
        said = said % {"what": what}
        return f"{said} – {place.owner.name}" if place.owner else said

    def keep(self) -> list[Attachment]:
        """Keep what was chosen; what is refused stands as an error at its field."""
        kept = []
        for place in self.places:
            for sent in self.cleaned_data.get(place.name) or []:
                if sent.refusal:
                    self.add_error(place.name, self.named(sent, sent.refusal.messages))
                    continue
                try:
                    slot = place.kind, place.owner
                    kept.append(attachments_services.attach(self.application, self.person.user, *slot, sent.incoming))
                except Refused as refusal:
                    self.add_error(place.name, self.named(sent, refusal.messages))
        return kept

    def look_again(self, application: Application) -> None:
        """Show what lies there now; a field with an error stays."""
        for place in self.places:
            place.look(application)

    @staticmethod
    def named(sent: Arrival, messages: list[str]) -> list[str]:
        return [_("“%(name)s”: %(why)s") % {"name": sent.name, "why": message} for message in messages]


def limits(most: int) -> str:
    """What may be chosen, said beforehand."""
    size = largest()
    if most == 1:
        return _("One file: PDF, JPEG, PNG, DOCX, XLSX, ODT or ODS, at most %(size)s.") % {"size": size}
    return _("At most %(most)d files: PDF, JPEG, PNG, DOCX, XLSX, ODT or ODS, each at most %(size)s.") % {
        "most": most,
        "size": size,
    }
