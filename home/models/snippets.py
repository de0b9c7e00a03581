"""What pages share: numbers with their sources, questions, terms, and the frame around every page."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, PublishingPanel
from wagtail.fields import RichTextField
from wagtail.models import DraftStateMixin, RevisionMixin, TranslatableMixin, WorkflowMixin

from ..blocks import RICH_TEXT
from ..glossary import EVERYTHING, Glossary, excepted
from ..numbers import known_numbers
from .incomplete import PublishedWhole


class Fact(models.Model):
    """A number that pages show by its key, never typed: {home_months} in any text becomes the number."""

    key = models.CharField(
        _("key"),
        max_length=60,
        unique=True,
        validators=[RegexValidator(r"^[a-z][a-z0-9_]*$", _("Write small letters, digits and underscores."))],
        help_text=_("Texts name it in braces: {home_months}."),
    )
    value = models.DecimalField(_("value"), max_digits=12, decimal_places=2)
    source = models.CharField(_("source"), max_length=250)
    source_date = models.DateField(_("date of the source"))

    panels = [FieldPanel("key"), FieldPanel("value"), FieldPanel("source"), FieldPanel("source_date")]

    class Meta:
        verbose_name = _("fact")
        verbose_name_plural = _("facts")
        ordering = ["key"]
        constraints = [models.CheckConstraint(condition=models.Q(value__gte=0), name="fact_not_negative")]

    def __str__(self) -> str:
        return f"{self.key}: {self.value.normalize():f}"


class TranslatableSnippet(
    PublishedWhole, WorkflowMixin, DraftStateMixin, RevisionMixin, TranslatableMixin, models.Model
):
    """A text in several languages, with drafts, approval and history."""

    class Meta(TranslatableMixin.Meta):
        abstract = True


class Question(TranslatableSnippet):
    """A question and its answer; a draft waits for Fedasil's answer."""

    class Theme(models.TextChoices):
        RESETTLEMENT = "resettlement", _("About resettlement")
        PARTNER = "partner", _("Being a partner")
        HOME = "home", _("The home")
        MONEY = "money", _("Money")
        AFTER = "after", _("Afterwards")

    theme = models.CharField(_("theme"), max_length=20, choices=Theme)
    question = models.CharField(_("question"), max_length=200)
    answer = RichTextField(_("answer"), features=RICH_TEXT, validators=[known_numbers])
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    panels = [FieldPanel("theme"), FieldPanel("question"), FieldPanel("answer"), FieldPanel("order"), PublishingPanel()]

    class Meta(TranslatableSnippet.Meta):
        verbose_name = _("question")
        verbose_name_plural = _("questions and answers")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.question


class Term(TranslatableSnippet):
    """A word of the field, explained."""

    term = models.CharField(_("term"), max_length=100)
    definition = models.TextField(_("definition"), validators=[known_numbers])

    panels = [FieldPanel("term"), FieldPanel("definition"), PublishingPanel()]

    class Meta(TranslatableSnippet.Meta):
        verbose_name = _("term")
        verbose_name_plural = _("glossary")
        ordering = ["term"]

    def __str__(self) -> str:
        return self.term


def terms_for(page, text: str) -> list[Term]:
    """The published terms of the page's language that its text uses and that it does not leave out."""
    left_out = excepted(page.unexplained)
    if EVERYTHING in left_out:
        return []
    low = text.casefold()
    return [
        term
        for term in Term.objects.filter(locale=page.locale_id, live=True)
        if Glossary.key(term.term) in low and Glossary.key(term.term) not in left_out
    ]


class Frame(TranslatableSnippet):
    """What stands around every page in one language: the federal bar and the footer."""

    bar = models.CharField(_("text of the federal bar"), max_length=120, help_text=_("before the link to belgium.be"))
    team = models.CharField(_("team"), max_length=120)
    address = models.CharField(_("postal address"), max_length=200)
    email = models.EmailField(_("e-mail address"))

    panels = [FieldPanel("bar"), FieldPanel("team"), FieldPanel("address"), FieldPanel("email"), PublishingPanel()]

    class Meta(TranslatableSnippet.Meta):
        verbose_name = _("frame of the pages")
        verbose_name_plural = _("frames of the pages")

    def __str__(self) -> str:
        return f"{self.bar} ({self.locale})"


class EmptySearch(models.Model):
    """Words that readers sought and did not find: counted for editors, nothing about who sought."""

    language = models.CharField(_("language"), max_length=2)
    words = models.CharField(_("words"), max_length=60)
    times = models.PositiveIntegerField(_("how often"), default=1)
    last_on = models.DateField(_("last on"))

    class Meta:
        verbose_name = _("search without a result")
        verbose_name_plural = _("searches without a result")
        ordering = ["-times", "-last_on"]
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(fields=["language", "words"], name="empty_search_once")]

    def __str__(self) -> str:
        return self.words
