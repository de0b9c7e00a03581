"""What pages share: numbers with their sources, questions, terms, and the frame around every page."""

import re

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, PublishingPanel
from wagtail.fields import RichTextField
from wagtail.models import DraftStateMixin, PreviewableMixin, RevisionMixin, TranslatableMixin, WorkflowMixin

from portal.desk.approved_data import ApprovedData, go_live_panel

from .. import previews
from ..blocks import RICH_TEXT
from ..glossary import EVERYTHING, Glossary, excepted
from ..numbers import Numbers, keys_in, known_numbers
from ..open_questions import OpenQuestion
from .incomplete import PublishedWhole

# A sentence with its point; a point in a key ({rate.second_year}) or a number ends none.
SENTENCE = re.compile(r"\S.*?(?:[.?!…](?=\s|$)|$)")
SHORTEST_ANSWER = 25


def short_answer_of(answer: str) -> str:
    """The first sentence of a rich text, with the second where the first is a yes or a no."""
    sentences = SENTENCE.findall(" ".join(strip_tags(answer.replace("<", " <")).split()))
    short = ""
    for sentence in sentences:
        short = f"{short} {sentence}".strip()
        if len(short) >= SHORTEST_ANSWER:
            break
    return short


class Fact(ApprovedData):
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

    panels = [*(FieldPanel(name) for name in ("key", "value", "source", "source_date")), go_live_panel()]
    preview_template = "home/fact_preview.html"

    class Meta:
        verbose_name = _("fact")
        verbose_name_plural = _("facts")
        ordering = ["key"]
        constraints = [models.CheckConstraint(condition=models.Q(value__gte=0), name="fact_not_negative")]

    def __str__(self) -> str:
        return f"{self.key}: {self.value.normalize():f}"

    def get_preview_context(self, request, mode_name):
        """The number as readers see it, and where they do."""
        return {
            **super().get_preview_context(request, mode_name),
            "numbers": Numbers({self.key}, drafts=[self]),
            "places": previews.places_naming(self.key, mode_name),
        }


class TranslatableSnippet(
    PublishedWhole, PreviewableMixin, WorkflowMixin, DraftStateMixin, RevisionMixin, TranslatableMixin, models.Model
):
    """A text in several languages, with drafts, approval, history and a preview.

    preview_page: the kind of page on which its preview shows it.
    """

    preview_page: str

    class Meta(TranslatableMixin.Meta):
        abstract = True

    def shown(self) -> dict:
        """What the page of its preview shows in place of what is published."""
        raise NotImplementedError

    def get_full_url(self):
        """Where the preview stands for the middleware: in the text's language."""
        return f"{settings.SITE_URL}/{self.locale.language_code}/"

    full_url = property(get_full_url)

    def serve_preview(self, request, mode_name):
        return previews.on_page(self.preview_page, self.locale.language_code, request, checked=self, **self.shown())


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
    answer = RichTextField(
        _("answer"),
        features=RICH_TEXT,
        blank=True,
        validators=[known_numbers],
        help_text=_(
            "Begin with the answer in one sentence: lists show it. "
            "Without an answer, readers see the question among those that are still open."
        ),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    preview_page = "QuestionsPage"
    panels = [FieldPanel("theme"), FieldPanel("question"), FieldPanel("answer"), FieldPanel("order"), PublishingPanel()]

    class Meta(TranslatableSnippet.Meta):
        verbose_name = _("question")
        verbose_name_plural = _("questions and answers")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.question

    @property
    def is_answered(self) -> bool:
        """False for one that Fedasil still has to answer; an empty text of the editor has its paragraph."""
        return bool(strip_tags(self.answer).strip())

    @property
    def short_answer(self) -> str:
        """What lists show of the answer."""
        return short_answer_of(self.answer)

    def shown(self):
        numbers = Numbers(keys_in(self.answer))
        if not self.is_answered:
            still_open = OpenQuestion(self.question, f"q{self.translation_key}", theme=self.get_theme_display())
            return {"themes": [], "open_questions": [still_open], "numbers": numbers}
        themes = [(Question.Theme(self.theme), [self])]
        return {"themes": themes, "open_questions": [], "numbers": numbers, "opened": "all"}


class Term(TranslatableSnippet):
    """A word of the field, explained."""

    term = models.CharField(_("term"), max_length=100)
    definition = models.TextField(_("definition"), validators=[known_numbers])

    preview_page = "GlossaryPage"
    panels = [FieldPanel("term"), FieldPanel("definition"), PublishingPanel()]

    class Meta(TranslatableSnippet.Meta):
        verbose_name = _("term")
        verbose_name_plural = _("glossary")
        ordering = ["term"]

    def __str__(self) -> str:
        return self.term

    def shown(self):
        return {"terms": [self], "numbers": Numbers(keys_in(self.definition))}


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
    # What it carries for all pages (home/frame.py): no draft of a frame holds any of it.
    carried = models.JSONField(default=dict, editable=False)

    # Those that may be shown, once it was read for readers (home/notices.py).
    notices: list[dict] = []

    preview_page = "HomePage"
    panels = [FieldPanel("bar"), FieldPanel("team"), FieldPanel("address"), FieldPanel("email"), PublishingPanel()]

    class Meta(TranslatableSnippet.Meta):
        verbose_name = _("frame of the pages")
        verbose_name_plural = _("frames of the pages")

    def __str__(self) -> str:
        return f"{self.bar} ({self.locale})"

    @property
    def texts(self) -> dict[str, str]:
        return self.carried.get("texts", {})

    @property
    def sources(self) -> dict[str, str]:
        return self.carried.get("sources", {})

    def with_content_json(self, content):
        draft = super().with_content_json(content)
        draft.carried = self.carried
        return draft

    def shown(self):
        return {"frame": self}
