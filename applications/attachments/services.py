"""Adding, removing and scanning attachments."""

from contextlib import suppress

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from partners.people.person import Person
from portal import clock
from portal.files import previews, receiving, store
from portal.files.validation import Incoming
from portal.mail import outbox
from portal.models import User
from portal.workflow import NotAllowed, Refused

from ..answers import saving
from ..case import loading
from ..models import Application, Attachment, Party, Preview
from ..permissions import may_attach
from ..questionnaire import file_requirements
from ..questionnaire.definition import Question
from ..questionnaire.questions import BY_KIND, SECTION_OF, SLOTS
from ..submission import signatory_mails

State = Attachment.State


def is_open(application: Application, question: Question, person: Person) -> bool:
    """Whether this person may be asked for files for this question in the present state."""
    section = SECTION_OF[question.number]
    return question.asked(application) and saving.is_unlocked(application, section, question, person)


# ── Adding and removing ──────────────────────────────────────────────────────────────────────────────────────────────
def attach(application: Application, actor: User, kind: str, party: Party | None, incoming: Incoming) -> Attachment:
    """Keep a file in quarantine and have it scanned. Where there is room for one only it takes the place of the other.

    Refused for the same file twice, and where there is no room. When anything fails nothing stays in the storage.
    """
    with store.all_or_nothing():
        return _attach(application, actor, kind, party, incoming)


def _attach(application, actor, kind, party, incoming: Incoming) -> Attachment:
    locked = _lock(application, actor, kind, party)
    requirement = SLOTS[kind]
    beside = [found for found in file_requirements.files(locked, requirement, party) if found.kind == kind]
    if any(found.sha256 == incoming.sha256 and found.state != State.REFUSED for found in beside):
        raise Refused(_("You added this file already. It is kept once."))
    # What was refused makes room for what comes instead.
    replaced = [found for found in beside if found.state == State.REFUSED or requirement.most == 1]
    if len(beside) - len(replaced) >= requirement.most:
        raise Refused(_("There is room for %(most)d files here. Remove one first.") % {"most": requirement.most})
    if len(file_requirements.current_attachments(locked)) - len(replaced) >= settings.ATTACHMENTS_IN_ALL:
        raise Refused(_("An application has at most %(most)d files.") % {"most": settings.ATTACHMENTS_IN_ALL})
    for found in replaced:
        _take_out(locked, found)
    file = receiving.receive(incoming, actor)
    attachment = locked.attachments.create(
        party=party,
        kind=kind,
        name=incoming.name,
        content_type=incoming.content_type,
        size=file.size,
        sha256=file.sha256,
        stored=file,
        uploaded_by=actor,
        uploaded_at=clock.now(),
    )
    _note(locked, actor, "attached", attachment)
    return attachment


@transaction.atomic
def remove(attachment: Attachment, actor: User) -> None:
    """Take a file out; after a submission it is kept for the Version that names it, and shown no more."""
    locked = _lock(attachment.application, actor, attachment.kind, attachment.party)
    found = next((found for found in file_requirements.current_attachments(locked) if found.pk == attachment.pk), None)
    if found is None:
        return
    _take_out(locked, found)
    file_requirements.forget_read(locked)
    _note(locked, actor, "attachment_removed", found)


def _lock(application: Application, actor: User, kind: str, party: Party | None) -> Application:
    locked = loading.locked(application, related=["parties__organisation"])
    person, question, requirement = Person(actor), BY_KIND[kind], SLOTS[kind]
    if party not in requirement.owners(locked) or not may_attach(person, locked, requirement, party):
        raise PermissionDenied
    if not is_open(locked, question, person):
        raise NotAllowed(_("These files cannot be changed now."))
    return locked


def _note(locked: Application, actor: User | None, action: str, attachment: Attachment) -> None:
    data = {"party": attachment.party_id, "kind": attachment.kind, "questions": [BY_KIND[attachment.kind].number]}
    saving.record_change(locked, action, actor, data={**data, "sha256": attachment.sha256})


def _take_out(locked: Application, attachment: Attachment) -> None:
    if locked.submitted_at and attachment.is_clean:
        attachment.removed_at = clock.now()
        attachment.save(update_fields=["removed_at"])
        return
    kept = [attachment.stored, *(preview.stored for preview in attachment.previews.select_related("stored"))]
    attachment.delete()
    for stored in filter(None, kept):
        store.forget(stored)


# ── The virus check ──────────────────────────────────────────────────────────────────────────────────────────────────
def scanner_is_away(attachment: Attachment) -> None:
    Attachment.objects.filter(pk=attachment.pk, state=State.WAITING).update(tried_at=clock.now())


def settle(attachment: Attachment, found: str) -> bool:
    """Write down what the scanner said, once; answers whether the file is clean now by this call."""
    with store.all_or_nothing():
        return _settle(attachment, found)


def _settle(attachment: Attachment, found: str) -> bool:
    locked = loading.locked(attachment.application_id, related=["parties__organisation"])
    fresh = Attachment.objects.filter(pk=attachment.pk, state=State.WAITING).first()
    if fresh is None or (stored := fresh.stored) is None:
        return False
    if not found:
        store.release(stored)
        fresh.state = State.CLEAN
        fresh.save(update_fields=["state"])
        # It may be the last thing that was waited for.
        signatory_mails.tell_when_all_signed(locked)
        return True
    fresh.state, fresh.stored = State.REFUSED, None
    fresh.save(update_fields=["state", "stored"])
    _note(locked, None, "attachment_refused", fresh)
    store.forget(stored)
    outbox.queue(
        key=f"attachment-refused:{fresh.uuid}",
        to=fresh.uploaded_by.email,
        language=fresh.uploaded_by.language,
        template="applications/attachment_refused",
        context={"application": locked},
        about=locked,
    )
    return False


def draw_previews(attachment: Attachment, content: bytes) -> None:
    """Pictures of its first pages; a file that cannot be drawn has none."""
    pictures = previews.draw(content, attachment.content_type)
    with suppress(store.NotKept), store.all_or_nothing():
        if not Attachment.objects.select_for_update(of=("self",)).filter(pk=attachment.pk).exists():
            return
        for page, picture in enumerate(pictures, 1):
            stored = store.store(picture, name=f"{page}.png", content_type="image/png")
            Preview.objects.create(attachment_id=attachment.pk, page=page, stored=stored)
