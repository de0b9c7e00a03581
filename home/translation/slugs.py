"""The last part of a page's address in another language: proposed from its title, until a translator writes it."""

from django.db.models.signals import post_save
from django.utils.text import slugify
from wagtail_localize.models import StringSegment, StringTranslation

from ..missing import untranslated


def propose_slug(sender, instance: StringTranslation, **kwargs) -> None:
    """Translate the slug with the title of a page, where it has no translation yet (receives post_save)."""
    if instance.has_error or instance.context is None or instance.context.path != "title":
        return
    slug = slugify(instance.data)
    segments = StringSegment.objects.filter(context__object_id=instance.context.object_id, context__path="slug")
    for segment in untranslated(segments, instance.locale_id) if slug else ():
        StringTranslation.objects.update_or_create(
            translation_of=segment.string,
            locale=instance.locale,
            context=segment.context,
            defaults={
                "data": slug,
                "translation_type": instance.translation_type,
                "tool_name": instance.tool_name,
                "last_translated_by": instance.last_translated_by,
            },
        )


def connect() -> None:
    post_save.connect(propose_slug, sender=StringTranslation)
