"""What goes live in its first language gets a draft in every other: translators find it, and readers see nothing."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import models, transaction
from wagtail.models import Locale, Page, get_translatable_models
from wagtail_localize.models import MissingRelatedObjectError, Translation, TranslationLog, TranslationSource

from portal import clock

# Content that is being loaded brings its translations along, some moments after its source.
SETTLED = timedelta(minutes=10)


def start_translations() -> int:
    """Begin the translations that are missing (a job of `run_due`); how many it began.

    None is begun twice: what a publisher deleted or stopped stays so. A page waits until its parent has a translation.
    """
    return sum(_start(instance, locale) for model in get_translatable_models() for instance, locale in _missing(model))


def _missing(model: type[models.Model]) -> Iterator[tuple[models.Model, Locale]]:
    """Each source that is live, with each language in which it was never begun; parents before their children."""
    order = "path" if model is Page else "pk"
    rows = model.objects.filter(depth__gt=1, alias_of=None) if model is Page else model.objects.all()
    in_languages: dict[object, dict[int, int]] = defaultdict(dict)
    for key, locale, pk in rows.values_list("translation_key", "locale", "pk"):
        in_languages[key][locale] = pk
    # A translation that was deleted leaves its log.
    begun = set(Translation.objects.values_list("source__object_id", "target_locale"))
    begun |= set(TranslationLog.objects.values_list("source__object_id", "locale").distinct())
    locales = list(Locale.objects.all())
    missing = {}
    for key, found in in_languages.items():
        sources = [pk for locale, pk in found.items() if (key, locale) not in begun]
        wanted = [locale for locale in locales if locale.pk not in found and (key, locale.pk) not in begun]
        if len(sources) == 1 and wanted:
            missing[sources[0]] = wanted
    settled = model.objects.filter(pk__in=missing, live=True, last_published_at__lte=clock.now() - SETTLED)
    for instance in settled.order_by(order):
        for locale in missing[instance.pk]:
            yield instance, locale


def _start(instance: models.Model, locale: Locale) -> bool:
    if isinstance(instance, Page):
        if not instance.get_parent().get_translation_or_none(locale):
            return False
        instance = instance.specific
    try:
        with transaction.atomic():
            source, _created = TranslationSource.update_or_create_from_instance(instance)
            translation, is_new = Translation.objects.get_or_create(source=source, target_locale=locale)
            translation.save_target(publish=False)
    except (MissingRelatedObjectError, ValidationError):
        # It leads to something that has no translation yet: tried again with the next run.
        return False
    return is_new
