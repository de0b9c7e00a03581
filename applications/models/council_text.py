import hashlib
import json
import re

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from partners.models import Organisation

# What a text may name between double braces, and what stands there once it is filled in.
PLACEHOLDERS = {
    "the_body": _("the body, with its article"),
    "The_body": _("the same at the beginning of a sentence"),
    "organisation": _("the organisation whose body decides"),
    "partners": _("the other parties"),
    "aims": _("the aims that the organisation takes on"),
    "households": _("how many households"),
    "persons": _("how many persons in all"),
    "start": _("from which day"),
    "arrival": _("a sentence: straight on arrival or not"),
    "years": _("a sentence: one year or two"),
    "estimate": _("the support as estimated, in all"),
    "estimate_lines": _("what the estimate consists of"),
    "signatories": _("the capacities of those who sign, without names"),
}
PLACEHOLDER = re.compile(r"\{\{\s*(\w+)\s*\}\}")
# The parts of a text, in the order in which they are printed.
PARTS = ("competence", "legal_basis", "facts", "reasons", "financial_effect", "articles")


def known_placeholders(text: str) -> None:
    """Refuse a text with braces that nothing would fill."""
    unknown = [found[1] for found in PLACEHOLDER.finditer(text) if found[1] not in PLACEHOLDERS]
    rest = PLACEHOLDER.sub("", text)
    if unknown or "{" in rest or "}" in rest:
        known = ", ".join(f"{{{{{name}}}}}" for name in PLACEHOLDERS)
        named = ", ".join(unknown) or "{ }"
        raise ValidationError(
            gettext("Not known: %(named)s. You can use: %(known)s.") % {"named": named, "known": known}
        )


class Body(models.TextChoices):
    """The bodies of local authorities that decide on an intention."""

    COLLEGE = "college", _("municipal executive")
    COUNCIL = "council", _("municipal council")
    WELFARE_COUNCIL = "welfare_council", _("council for social welfare")
    PERMANENT_BUREAU = "permanent_bureau", _("permanent bureau")


class CouncilText(models.Model):
    """The sample text on which a body decides, in one language; Fedasil's legal service edits it."""

    body = models.CharField(_("body"), max_length=20, choices=Body)
    language = models.CharField(_("language"), max_length=2, choices=Organisation.Language)
    name = models.CharField(_("name of the body, with its article"), max_length=100)
    name_in_brussels = models.CharField(_("its name in Brussels, if different"), max_length=100, blank=True)
    title = models.CharField(_("title"), max_length=200, validators=[known_placeholders])
    competence = models.TextField(_("competence"), validators=[known_placeholders])
    legal_basis = models.TextField(_("legal basis"), validators=[known_placeholders])
    facts = models.TextField(_("facts"), validators=[known_placeholders])
    reasons = models.TextField(_("reasons"), validators=[known_placeholders])
    financial_effect = models.TextField(_("financial effect"), validators=[known_placeholders])
    articles = models.TextField(
        _("articles"), validators=[known_placeholders], help_text=_("An empty line begins the next article.")
    )
    shipped_digest = models.CharField(max_length=64, blank=True, editable=False, help_text="of what was shipped last")

    class Meta:
        verbose_name = _("text for a council")
        verbose_name_plural = _("texts for councils")
        ordering = ["language", "body"]
        constraints = [
            models.UniqueConstraint(fields=["body", "language"], name="council_text_once"),
            models.CheckConstraint(condition=Q(body__in=Body.values), name="council_text_body_known"),
            models.CheckConstraint(condition=Q(language__in=["nl", "fr", "de"]), name="council_text_language_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_body_display()} ({self.get_language_display()})"

    @property
    def digest(self) -> str:
        """Of the words as they stand; equal to `shipped_digest` until someone edits them."""
        words = [getattr(self, name) for name in ("name", "name_in_brussels", "title", *PARTS)]
        return hashlib.sha256(json.dumps(words).encode()).hexdigest()
