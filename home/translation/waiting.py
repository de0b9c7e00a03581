"""Translations out of step with their source: how many texts and words wait in each."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, F, IntegerField, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.html import strip_tags
from wagtail.models import Page
from wagtail_localize.models import StringSegment, Translation

from ..missing import untranslated, waiting_segments


@dataclass
class Waiting:
    """One page or snippet in one language."""

    translation: Translation
    texts: int
    words: int
    edit_url: str = ""

    @property
    def title(self) -> str:
        return self.translation.source.object_repr

    @property
    def language(self) -> str:
        return self.translation.target_locale.get_display_name()

    @property
    def since(self) -> datetime:
        """When the source changed last, or when this language was begun."""
        return max(self.translation.source.last_updated_at, self.translation.created_at)


def waiting(languages: Collection[str]) -> list[Waiting]:
    """What waits in these languages, most words first; two queries."""
    texts: dict[int, list[str]] = defaultdict(list)
    for translation, text in waiting_segments(languages).values_list("translation", "string__data"):
        texts[translation].append(text)
    translations = Translation.objects.filter(pk__in=texts).select_related("source", "target_locale")
    found = [
        Waiting(
            translation,
            len(texts[translation.pk]),
            sum(len(strip_tags(text).split()) for text in texts[translation.pk]),
        )
        for translation in translations
    ]
    return sorted(found, key=lambda each: (-each.words, each.title, each.language))


def with_edit_urls(found: list[Waiting]) -> list[Waiting]:
    """The same with the addresses of their editors: a query for each kind, however many there are."""
    by_model: dict[type[Model], list[Waiting]] = defaultdict(list)
    for each in found:
        model = ContentType.objects.get_for_id(each.translation.source.specific_content_type_id).model_class()
        by_model[Page if issubclass(model, Page) else model].append(each)
    for model, its in by_model.items():
        keys = [each.translation.source.object_id for each in its]
        targets = model._default_manager.filter(translation_key__in=keys)
        by_key = {(key, locale): pk for key, locale, pk in targets.values_list("translation_key", "locale_id", "pk")}
        name = "wagtailadmin_pages:edit" if model is Page else model.snippet_viewset.get_url_name("edit")
        for each in its:
            pk = by_key.get((each.translation.source.object_id, each.translation.target_locale_id))
            each.edit_url = reverse(name, args=[pk]) if pk else ""
    return found


def with_waiting(pages: QuerySet) -> QuerySet:
    """The pages with `waiting_texts`: what a page itself lacks, or all its translations where it is their source."""
    segments = StringSegment.objects.filter(
        source__object=OuterRef("translation_key"), source__translations__enabled=True
    ).annotate(target=F("source__translations__target_locale"))
    missing = untranslated(segments, OuterRef("target")).order_by().values("source__object")

    return pages.annotate(
        waiting_texts=number_of(missing.filter(target=OuterRef("locale"))),
        waiting_elsewhere=number_of(missing.filter(source__locale=OuterRef("locale"))),
    )


def number_of(rows: QuerySet) -> Coalesce:
    """How many rows a subquery finds; its `values` are those that they have in common."""
    return Coalesce(Subquery(rows.annotate(number=Count("pk")).values("number"), output_field=IntegerField()), 0)
