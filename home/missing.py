"""What a translation still lacks: texts of its source without a translation, or with one that breaks a rule."""

import json
from dataclasses import asdict, dataclass

from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils.html import strip_tags
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

# Parts of a page may wait for their translation; what stands in lists, menus and addresses too may not.
MAY_WAIT = "body."


@dataclass(frozen=True)
class MissingText:
    """Where in the page it stands, and the text of the source with what its links held."""

    path: str
    text: str
    attributes: dict

    @property
    def may_wait(self) -> bool:
        return self.path.startswith(MAY_WAIT)

    @property
    def plain(self) -> str:
        return strip_tags(self.text)

    def as_data(self) -> dict:
        return asdict(self)


def untranslated(segments: QuerySet[StringSegment], locale) -> QuerySet[StringSegment]:
    """Those of the segments that have no translation without an error; `locale` is an id or an expression."""
    found = StringTranslation.objects.filter(
        translation_of=OuterRef("string"), context=OuterRef("context"), locale=locale, has_error=False
    ).exclude(data="")
    return segments.filter(~Exists(found))


def missing_in(source: TranslationSource, locale_id: int) -> list[MissingText]:
    segments = untranslated(StringSegment.objects.filter(source=source), locale_id)
    rows = segments.order_by("order").values_list("context__path", "string__data", "attrs")
    return [MissingText(path, text, json.loads(attributes or "{}")) for path, text, attributes in rows]


def missing_from(translation: Translation) -> list[MissingText]:
    """In the order of the page."""
    return missing_in(translation.source, translation.target_locale_id)


def translation_into(instance) -> Translation | None:
    """The translation that makes this page or snippet, if one does."""
    return (
        Translation.objects.filter(
            source__object_id=instance.translation_key, target_locale_id=instance.locale_id, enabled=True
        )
        .select_related("source__locale", "target_locale")
        .first()
    )


def waiting_segments(languages) -> QuerySet[StringSegment]:
    """Each text to translate once for each of these languages (`translation`: the id of which)."""
    segments = StringSegment.objects.filter(
        source__translations__enabled=True, source__translations__target_locale__language_code__in=languages
    ).annotate(translation=F("source__translations"), target=F("source__translations__target_locale"))
    return untranslated(segments, OuterRef("target"))
