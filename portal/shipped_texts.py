"""Texts that ship with the portal as TOML and are Fedasil's own from the first change on, such as those of letters.

A model inherits ShippedText (or ShippedSample), names its `key_fields` and its `words`, and says by
`placeholder_rules` what may stand between braces in them. Why braces: docs/decisions/0049.
"""

import hashlib
import json
import re
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, ClassVar, TypeVar

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.functional import lazy
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

PLACEHOLDER = re.compile(r"\{(\w+)\}")


# ── Placeholders ──────────────────────────────────────────────────────────────────────────────────────────────────────
def check_placeholders(text: str, allowed: Collection[str], needed: Collection[str] = ()) -> None:
    """ValidationError for braces that nothing would fill, or without what is needed; it lists what can be used."""
    found = set(PLACEHOLDER.findall(text))
    rest = PLACEHOLDER.sub("", text)
    known = _in_braces(allowed) or "–"
    if unknown := _in_braces(sorted(found - set(allowed))) or "{ }" * ("{" in rest or "}" in rest):
        named = {"named": unknown, "known": known}
        raise ValidationError(gettext("Not known here: %(named)s. You can use: %(known)s.") % named)
    if absent := _in_braces(sorted(set(needed) - found)):
        named = {"named": absent, "known": known}
        raise ValidationError(gettext("Missing: %(named)s. You can use: %(known)s.") % named)


def _in_braces(names: Iterable[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in names)


def filled(text: str, known: Mapping[str, str]) -> str:
    """The text with each placeholder replaced, once: what a value holds is not looked at again."""
    return PLACEHOLDER.sub(lambda found: known[found[1]], text)


def _placeholder_help(intro: str, placeholders: Mapping[str, str]) -> str:
    rows = format_html_join("", "<li><code>{{{}}}</code> {}</li>", placeholders.items())
    return format_html("<p>{}</p><ul>{}</ul>", intro, rows)


# What can stand between braces, as HTML for the head of a form, in the language of its reader.
placeholder_help = lazy(_placeholder_help, str)


# ── Rows ──────────────────────────────────────────────────────────────────────────────────────────────────────────────
class ShippedText(models.Model):
    """A text that ships, one row for each value of its `key_fields`; `words` are the fields that people edit."""

    key_fields: ClassVar[tuple[str, ...]] = ()
    words: ClassVar[tuple[str, ...]] = ()

    shipped_digest = models.CharField(max_length=64, blank=True, editable=False, help_text="of what was shipped last")

    class Meta:
        abstract = True

    @property
    def digest(self) -> str:
        """Of the words as they stand; equal to `shipped_digest` until someone edits them."""
        return hashlib.sha256(json.dumps([getattr(self, name) for name in self.words]).encode()).hexdigest()

    @property
    def is_own(self) -> bool:
        """Fedasil's own by now: the next release does not overwrite it."""
        return self.digest != self.shipped_digest

    def placeholder_rules(self) -> dict[str, tuple[Collection[str], Collection[str]]]:
        """By field, the placeholders that may stand in it and those that have to; other fields are not checked."""
        return {}

    def clean(self):
        """Tell each wrong placeholder at its field."""
        super().clean()
        errors = {}
        for name, (allowed, needed) in self.placeholder_rules().items():
            try:
                check_placeholders(getattr(self, name) or "", allowed, needed)
            except ValidationError as error:
                errors[name] = error
        if errors:
            raise ValidationError(errors)


class ShippedSample(ShippedText):
    """One that Fedasil has to confirm before it counts; what it confirmed as it stood is its own too."""

    sample = models.BooleanField(
        _("sample"), default=False, help_text=_("A proposal of the portal that Fedasil has not confirmed yet.")
    )

    class Meta:
        abstract = True

    @property
    def is_own(self) -> bool:
        return super().is_own or not self.sample


# ── Loaded ────────────────────────────────────────────────────────────────────────────────────────────────────────────
Text = TypeVar("Text", bound=ShippedText)


def read(folder: Path, languages: Iterable[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each language with what <folder>/<language>.toml says."""
    for language in languages:
        yield language, tomllib.loads((folder / f"{language}.toml").read_text(encoding="utf-8"))


@transaction.atomic
def load(shipped: Iterable[Text]) -> list[Text]:
    """Save these where they are new or nobody edited what was shipped before.

    Answers those rows that were edited, and are kept, though a newer text is shipped. Safe to run again.
    """
    kept = []
    for fresh in shipped:
        for name in fresh.words:
            setattr(fresh, name, getattr(fresh, name).strip())
        key = {name: getattr(fresh, name) for name in fresh.key_fields}
        found = type(fresh)._default_manager.filter(**key).first()
        if found and found.shipped_digest == fresh.digest:
            continue
        if found and found.is_own:
            kept.append(found)
            continue
        fresh.pk, fresh.shipped_digest = found.pk if found else None, fresh.digest
        fresh.full_clean(validate_unique=False, validate_constraints=False)
        fresh.save()
    return kept
