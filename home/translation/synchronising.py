"""Translations follow their source: what is published there is what there is to translate, at once and by itself."""

from django.db.models import Model
from wagtail.models import Page, Revision, TranslatableMixin
from wagtail.signals import published
from wagtail_localize.models import TranslationSource

from . import pairs, together


def follow_source(sender, instance: Model, revision: Revision | None = None, **kwargs) -> None:
    """Take the texts of a page or snippet that was published (receives published).

    Its translations stay as readers see them. Texts that changed wait for their translators. The same signal tells of
    what waits for its first time on the site: that is not followed before.
    """
    if not getattr(instance, "live", True):
        return
    if isinstance(instance, TranslatableMixin):
        source = TranslationSource.objects.get_for_instance_or_none(instance)
        if source and source.translations.filter(enabled=True).exists():
            source.update_from_db()
    if isinstance(instance, Page):
        pairs.follow_decision(instance, revision)
        together.bring_back_expired(instance)


def connect() -> None:
    published.connect(follow_source)
