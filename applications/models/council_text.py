from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partners.models import Organisation
from portal.shipped_texts import ShippedText

# What a text may name between braces, and what stands there once it is filled in.
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
# The parts of a text, in the order in which they are printed.
PARTS = ("competence", "legal_basis", "facts", "reasons", "financial_effect", "articles")


class Body(models.TextChoices):
    """The bodies of local authorities that decide on an intention."""

    COLLEGE = "college", _("municipal executive")
    COUNCIL = "council", _("municipal council")
    WELFARE_COUNCIL = "welfare_council", _("council for social welfare")
    PERMANENT_BUREAU = "permanent_bureau", _("permanent bureau")


class CouncilText(ShippedText):
    """The sample text on which a body decides, in one language; Fedasil's legal service edits it."""

    key_fields = ("body", "language")
    words = ("name", "name_in_brussels", "title", *PARTS)

    body = models.CharField(_("body"), max_length=20, choices=Body)
    language = models.CharField(_("language"), max_length=2, choices=Organisation.Language)
    name = models.CharField(_("name of the body, with its article"), max_length=100)
    name_in_brussels = models.CharField(_("its name in Brussels, if different"), max_length=100, blank=True)
    title = models.CharField(_("title"), max_length=200)
    competence = models.TextField(_("competence"))
    legal_basis = models.TextField(_("legal basis"))
    facts = models.TextField(_("facts"))
    reasons = models.TextField(_("reasons"))
    financial_effect = models.TextField(_("financial effect"))
    articles = models.TextField(_("articles"), help_text=_("An empty line begins the next article."))

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

    def placeholder_rules(self):
        return dict.fromkeys(("title", *PARTS), (PLACEHOLDERS, ()))
