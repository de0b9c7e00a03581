"""Internal notes, question by question: what officers and deciders write for one another."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from portal import clock
from portal.audit import log
from portal.models import User
from portal.workflow import Refused

from ..case import loading
from ..communication.messages import LONGEST
from ..models import Application, Note
from ..questionnaire.questions import BY_NUMBER
from ..review.status import ReviewStatus


def checked(text: str) -> str:
    text = text.strip()
    if not text or len(text) > LONGEST:
        raise Refused(_("Write a text of at most %d characters.") % LONGEST)
    return text


def _own(note: Note, actor: User) -> Note:
    """The note as it is now, for its author alone."""
    fresh = Note.objects.filter(pk=note.pk, author=actor).first()
    if fresh is None:
        raise PermissionDenied
    return fresh


@transaction.atomic
def write(application: Application, actor: User, question: str, text: str) -> Note:
    """A new note at the question of this number."""
    locked = loading.locked(application, actor, "applications.read_dossier")
    if question not in BY_NUMBER:
        raise Refused(_("There is no such question."))
    note = Note.objects.create(
        application=locked, question=question, author=actor, text=checked(text), written_at=clock.now()
    )
    log.record(locked, "note_written", actor=actor, data={"note": note.pk})
    return note


@transaction.atomic
def change(note: Note, actor: User, text: str) -> Note:
    """Another text in its place: what stood there is gone."""
    locked = loading.locked(note.application_id, actor, "applications.read_dossier")
    fresh = _own(note, actor)
    fresh.text, fresh.changed_at = checked(text), clock.now()
    fresh.save(update_fields=["text", "changed_at"])
    log.record(locked, "note_changed", actor=actor, data={"note": fresh.pk})
    return fresh


@transaction.atomic
def erase(note: Note, actor: User) -> None:
    """Take it away, for good."""
    locked = loading.locked(note.application_id, actor, "applications.read_dossier")
    fresh = _own(note, actor)
    log.record(locked, "note_erased", actor=actor, data={"note": fresh.pk})
    fresh.delete()


def seen(application: Application, user: User, reviews: ReviewStatus) -> dict[str, list[Note]]:
    """The notes that this person may read, the oldest first, by number of question."""
    found: dict[str, list[Note]] = {}
    for note in application.notes.select_related("author"):
        if reviews.may_read_notes_of(user, note.author_id):
            found.setdefault(note.question, []).append(note)
    return found
