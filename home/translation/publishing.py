"""A translation as a version of its page: made from its segments, submitted for approval, published whole."""

from django.db import transaction
from django.db.models.signals import post_save
from django.utils.text import slugify
from wagtail.coreutils import find_available_slug
from wagtail.models import Page, Revision, WorkflowState
from wagtail_localize.models import Translation, TranslationLog

from portal import clock
from portal.audit import log
from portal.models import User

from ..missing import MissingText, missing_from, missing_in
from ..models.incomplete import IncompleteRevision, NotWhole

PUBLISHED_INCOMPLETE = "translation.published_incomplete"


class AlreadyWaiting(Exception):
    """It was submitted before, and nobody has answered yet."""


@transaction.atomic
def make_revision(translation: Translation, user: User | None) -> Revision:
    """A draft with the translated texts. What readers see stays as it is; wagtail-localize would write over it.

    Raises ValidationError where the texts do not fit the page.
    """
    source, locale = translation.source, translation.target_locale
    instance = source.get_ephemeral_translated_instance(locale, fallback=True)
    if isinstance(instance, Page):
        instance.slug = find_available_slug(instance.get_parent(), slugify(instance.slug), ignore_page_id=instance.pk)
    revision = instance.save_revision(user=user, log_action=True)
    TranslationLog.objects.create(source=source, locale=locale, revision=revision)
    return revision


@transaction.atomic
def publish(translation: Translation, user: User | None, reason: str = "") -> Revision:
    """Publish what is translated by now.

    With parts missing it takes a reason, which is logged: readers then see these parts in the language of the source,
    marked. Raises NotWhole without one, or where a text is missing that also stands in lists, menus and addresses.
    """
    revision = make_revision(translation, user)
    if incomplete := IncompleteRevision.objects.select_for_update().filter(revision=revision).first():
        if not reason or not all(text.may_wait for text in incomplete.texts):
            raise NotWhole
        incomplete.accepted_at = clock.now()
        incomplete.save()
        log.record(
            Page.objects.select_for_update().get(pk=revision.object_id),
            PUBLISHED_INCOMPLETE,
            actor=user,
            data={
                "language": translation.target_locale.language_code,
                "revision": revision.pk,
                "missing": len(incomplete.missing),
            },
            note=reason,
        )
    revision.publish(user=user)
    return revision


@transaction.atomic
def submit(translation: Translation, user: User) -> WorkflowState:
    """Submit it for approval, or again after changes were asked for. Raises NotWhole, AlreadyWaiting."""
    if missing_from(translation):
        raise NotWhole
    state = _state_of(translation.get_target_instance())
    if state and state.status == WorkflowState.STATUS_IN_PROGRESS:
        raise AlreadyWaiting
    make_revision(translation, user)
    instance = translation.get_target_instance()
    if state := _state_of(instance):
        state.resume(user)
        return state
    return instance.get_workflow().start(instance, user)


def _state_of(instance) -> WorkflowState | None:
    return instance.current_workflow_state


def can_wait(missing: list[MissingText], instance) -> bool:
    """Whether it may be published with these parts missing, if a publisher gives a reason."""
    return isinstance(instance, Page) and all(text.may_wait for text in missing)


def note_missing(sender, instance: TranslationLog, created: bool, **kwargs) -> None:
    """Keep with the revision of a translation what it lacks, whoever made it (receives post_save)."""
    if created and instance.revision_id and (missing := missing_in(instance.source, instance.locale_id)):
        IncompleteRevision.objects.create(
            revision_id=instance.revision_id,
            language=instance.source.locale.language_code,
            missing=[text.as_data() for text in missing],
        )


def connect() -> None:
    post_save.connect(note_missing, sender=TranslationLog)
