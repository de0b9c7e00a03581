"""Dutch and French go live together: what a page of one lacks in the other, and what a publisher decides about it."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import Page, Revision, TranslatableMixin
from wagtail.models.workflows import WorkflowState
from wagtail_localize.models import StringTranslation, Translation, TranslationSource
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from portal import clock
from portal.audit import log
from portal.models import User

from ..missing import MissingText, missing_from
from ..models.incomplete import NotWhole
from ..models.pairs import PairDecision, SourceDraft
from . import publishing, translator_mails
from .permissions import may_publish

PAIR = {"nl": "fr", "fr": "nl"}
PUBLISHED_ALONE = "translation.published_alone"


class Undecided(Exception):
    """Someone approved a page whose counterpart is not up to date: they are asked first."""

    def __init__(self, page: Page):
        super().__init__(page.pk)
        self.page = page


class SourceNotPublished(Exception):
    """A translation of a draft is not published before its source is."""

    def __init__(self, page):
        super().__init__(page.pk)
        self.page = page


@dataclass
class Pair:
    """A draft of a page that is to be published, and its counterpart in the other of both languages."""

    revision: Revision

    @cached_property
    def page(self) -> Page:
        return self.revision.as_object()

    @property
    def language(self) -> str:
        """Of the counterpart."""
        return PAIR[self.page.locale.language_code]

    @cached_property
    def counterpart(self) -> Page | None:
        found = Page.objects.filter(translation_key=self.page.translation_key, locale__language_code=self.language)
        return found.specific().first()

    @cached_property
    def source(self) -> TranslationSource | None:
        return TranslationSource.objects.get_for_instance_or_none(self.page)

    @cached_property
    def translation(self) -> Translation | None:
        """What makes the counterpart from this page; None where both are written by hand, or there is none yet."""
        if self.source is None:
            return None
        return self.source.translations.filter(target_locale__language_code=self.language, enabled=True).first()

    @cached_property
    def missing(self) -> list[MissingText]:
        """Texts of the draft without a translation into the other language, in the order of the page."""
        if self.translation is None:
            return []
        rows = StringTranslation.objects.filter(
            locale=self.translation.target_locale,
            context__object_id=self.page.translation_key,
            has_error=False,
        ).exclude(data="")
        translated = set(rows.values_list("context__path", "translation_of__data"))
        return [MissingText(path, text, {}) for path, text in texts_of(self.page) if (path, text) not in translated]

    @property
    def is_whole(self) -> bool:
        """Whether the counterpart can be published with it."""
        return self.translation is not None and not self.missing

    @property
    def goes_live_at(self) -> datetime | None:
        """The time that is set for it, if that is still to come: a page keeps the time at which it went live before."""
        at = self.page.go_live_at
        return at if at and at > clock.now() else None

    @property
    def is_in_step(self) -> bool:
        """Whether readers of the counterpart already read all that the draft says."""
        if self.counterpart is None or not self.counterpart.live:
            return False
        if self.source is None or self.translation is None:
            return True  # written by hand: nobody can tell
        if not self.is_whole or texts_of(self.page) != texts_of(self.source.as_instance()):
            return False
        fresh = self.source.get_ephemeral_translated_instance(self.translation.target_locale, fallback=True)
        return _without_slug(fresh) == _without_slug(self.counterpart)


def texts_of(instance) -> list[tuple[str, str]]:
    """Each text to translate with its place, in the order of the page."""
    segments = [each for each in extract_segments(instance) if isinstance(each, StringSegmentValue)]
    return [(each.path, each.string.data) for each in segments]


def _without_slug(instance) -> list[tuple[str, str]]:
    return [(path, text) for path, text in texts_of(instance) if path != "slug"]


def question_about(revision: Revision) -> Pair | None:
    """What has to be decided before this revision of a page is published; None where there is nothing to decide."""
    pair = Pair(revision)
    page = pair.page
    if not isinstance(page, Page) or page.locale.language_code not in PAIR or is_translation(page):
        return None
    if PairDecision.objects.filter(revision=revision).exists() or pair.is_in_step:
        return None
    return pair


def is_translation(page: Page) -> bool:
    """Whether it is made from its source by translating; it then follows, and nothing follows it."""
    return Translation.objects.filter(
        source__object_id=page.translation_key, target_locale_id=page.locale_id, enabled=True
    ).exists()


# ── Deciding ──────────────────────────────────────────────────────────────────────────────────────────────────────────
@transaction.atomic
def decide(pair: Pair, user: User, reason: str = "") -> None:
    """Together, or with a reason alone, which is logged. Raises NotWhole for both where a text is missing."""
    if not reason and not pair.is_whole:
        raise NotWhole
    PairDecision.objects.update_or_create(revision=pair.revision, defaults={"together": not reason, "decided_by": user})
    if reason:
        log.record(
            Page.objects.select_for_update().get(pk=pair.page.pk),
            PUBLISHED_ALONE,
            actor=user,
            data={"without": pair.language, "revision": pair.revision.pk, "missing": len(pair.missing)},
            note=reason,
        )


@transaction.atomic
def give_to_translators(pair: Pair, user: User) -> None:
    """Let translators have the texts of the draft, and tell them; what readers see stays.

    Raises ParentNotTranslatedError.
    """
    source, _is_new = TranslationSource.update_or_create_from_instance(pair.page)
    locale = type(pair.page.locale).objects.get(language_code=pair.language)
    translation, _is_new = Translation.objects.update_or_create(
        source=source, target_locale=locale, defaults={"enabled": True}
    )
    SourceDraft.objects.update_or_create(source=source, defaults={"revision": pair.revision})
    if pair.counterpart is None:
        translation.save_target(publish=False)
    translator_mails.tell_at_once(translation, pair.revision.pk, but=user)


@transaction.atomic
def approve_counterpart(revision: Revision, user: User) -> None:
    """Approve what was submitted of it, where it goes live with this revision at a later time."""
    counterpart = Pair(revision).counterpart
    state = counterpart and counterpart.current_workflow_task_state
    if state and counterpart.workflow_in_progress and goes_live_with_source(counterpart):
        state.task.specific.on_action(state.specific, user, "approve")


def goes_live_with_source(instance) -> datetime | None:
    """When it does, if a publisher decided so and set a time."""
    if not isinstance(instance, Page):
        return None
    language = PAIR.get(instance.locale.language_code)
    sources = Page.objects.filter(translation_key=instance.translation_key, locale__language_code=language)
    decided = PairDecision.objects.filter(
        together=True,
        revision__approved_go_live_at__isnull=False,
        revision__object_id__in=[str(pk) for pk in sources.values_list("pk", flat=True)],
        revision__base_content_type=ContentType.objects.get_for_model(Page),
    )
    return decided.values_list("revision__approved_go_live_at", flat=True).first()


def refuse_ahead_of_source(instance) -> None:
    """Raise SourceNotPublished for a translation of texts that are a draft still."""
    if SourceDraft.objects.filter(
        source__object_id=instance.translation_key, source__translations__target_locale_id=instance.locale_id
    ).exists():
        raise SourceNotPublished(instance)


# ── Publishing ────────────────────────────────────────────────────────────────────────────────────────────────────────
def publish_approved(state: WorkflowState, user: User | None = None) -> None:
    """Publish what was approved, unless it goes live with its source later.

    Raises Undecided where that has to be decided first, and SourceNotPublished.
    """
    revision = state.content_object.get_latest_revision()
    if isinstance(state.content_object, Page) and question_about(revision):
        raise Undecided(state.content_object)
    if goes_live_with_source(state.content_object):
        return
    if isinstance(state.content_object, TranslatableMixin):
        refuse_ahead_of_source(state.content_object)
    revision.publish(user=user)


def follow_decision(instance, revision: Revision | None) -> None:
    """After a page was published and its texts were taken over: publish its counterpart, if that was decided."""
    source = TranslationSource.objects.get_for_instance_or_none(instance)
    if source is None:
        return
    SourceDraft.objects.filter(source=source).delete()
    decision = PairDecision.objects.filter(revision=revision, together=True).select_related("decided_by").first()
    if decision is None:
        return
    language = PAIR.get(instance.locale.language_code)
    translation = source.translations.filter(target_locale__language_code=language, enabled=True).first()
    # What was whole when it was decided may lack a text at the time that was set: the former version stays then.
    if translation and not missing_from(translation):
        user, target = decision.decided_by, translation.get_target_instance()
        # At the time that was set, who decided it may have left.
        publishing.publish(translation, user if user and may_publish(user, target) else None)
