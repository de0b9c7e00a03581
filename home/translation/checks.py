"""What a translated text must keep to, whichever way it came: by segment, by PO file, by a command.

A text that breaks a rule is kept with what is wrong with it, for its translator to mend, and counts as not translated.
"""

import re
from collections.abc import Iterator

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist, ObjectDoesNotExist, ValidationError
from django.db import models
from django.db.models.signals import post_save
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail_localize.models import SegmentOverride, StringTranslation, TranslationContext, TranslationSource

from ..numbers import keys_in

BRACES = re.compile(r"[{}]")
# As wagtail-localize shows translators a link: its address stays with the source.
LINK = re.compile(r'<a\s[^>]*\bid="([^"]+)"')


def errors_of(translation: StringTranslation) -> Iterator[str]:
    """What is wrong with a translated text, in words for its translator."""
    text, source = translation.data, translation.translation_of.data
    if not strip_tags(text).strip():
        yield _("Write a text: an empty translation shows nothing.")
        return
    wanted, found = keys_in(source), keys_in(text)
    if unknown := found - wanted:
        yield _("The source has no number with this key: %(keys)s.") % {"keys": _listed(unknown)}
    if missing := wanted - found:
        yield _("The translation lacks this number of the source: %(keys)s.") % {"keys": _listed(missing)}
    if len(BRACES.findall(text)) != len(BRACES.findall(source)):
        yield _("Braces stand around keys of numbers only, as in the source.")
    if sorted(LINK.findall(text)) != sorted(LINK.findall(source)):
        yield _("Keep each link of the source around its words: %(link)s.") % {"link": '<a id="a1">…</a>'}
    if translation.context:
        yield from refused_by(place_of(translation.context), text)


def _listed(keys: set[str]) -> str:
    return ", ".join(f"{{{key}}}" for key in sorted(keys))


def place_of(context: TranslationContext) -> models.Field | blocks.Block | None:
    """The field or block in which a text stands; None where it is not there any more."""
    sources = TranslationSource.objects.filter(object_id=context.object_id)
    kind = sources.values_list("specific_content_type", flat=True).first()
    path = context.field_path.split(".")
    try:
        field = ContentType.objects.get_for_id(kind).model_class()._meta.get_field(path[0])
        if not isinstance(field, StreamField):
            return field
        place: blocks.Block = field.stream_block
        for name in path[1:]:
            place = place.child_block if isinstance(place, blocks.ListBlock) else place.child_blocks[name]
    except (ObjectDoesNotExist, FieldDoesNotExist, KeyError, AttributeError):
        return None
    return place


def refused_by(place, value) -> Iterator[str]:
    """What the validators of a field or block say; a part of a rich text is as long as it likes."""
    field = getattr(place, "field", place)
    for validate in getattr(field, "validators", ()):
        try:
            validate(value)
        except ValidationError as error:
            yield from error.messages


def keep_error(sender, instance: StringTranslation | SegmentOverride, raw=False, update_fields=None, **kwargs) -> None:
    """Store with a translated text what is wrong with it (receives post_save)."""
    if raw or (update_fields is not None and not {"data", "data_json"} & set(update_fields)):
        return
    error = next(iter(_errors(instance)), "")
    if (instance.has_error, instance.field_error) != (bool(error), error):
        instance.has_error, instance.field_error = bool(error), error
        sender.objects.filter(pk=instance.pk).update(has_error=bool(error), field_error=error)


def _errors(instance: StringTranslation | SegmentOverride) -> Iterator[str]:
    try:
        if isinstance(instance, StringTranslation):
            yield from errors_of(instance)
        elif instance.context and isinstance(instance.data, str):
            yield from refused_by(place_of(instance.context), instance.data)
    except ObjectDoesNotExist:  # its source is being deleted
        return


def connect() -> None:
    for model in (StringTranslation, SegmentOverride):
        post_save.connect(keep_error, sender=model)
