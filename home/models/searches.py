"""The search: what can be found by which words, what readers sought in vain, and words that mean others."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.models.user import languages
from portal.text import words_of


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


class Synonym(models.Model):
    """A word of readers, and the words of the site that it means."""

    language = models.CharField(_("language"), max_length=2, choices=languages)
    word = models.CharField(_("word of readers"), max_length=60, help_text=_("One word, such as “geld”."))
    means = models.CharField(
        _("words of the site"),
        max_length=250,
        help_text=_("The words that our pages use for it, with spaces or commas between them."),
    )
    edition = models.PositiveSmallIntegerField(
        default=0, editable=False, help_text="of the shipped words with which it came; 0 for the editors' own"
    )

    class Meta:
        verbose_name = _("synonym")
        verbose_name_plural = _("synonyms")
        ordering = ["language", "word"]
        constraints = [
            models.UniqueConstraint(
                fields=["language", "word"],
                name="synonym_once",
                violation_error_message=_("This word has its synonyms already. Change these."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.word}: {self.means}"

    def clean_fields(self, exclude=None):
        """Both as the search compares words: accents and capitals do not matter."""
        super().clean_fields(exclude)
        word, means = words_of(self.word), words_of(self.means)
        if len(word) != 1:
            raise ValidationError({"word": _("Write one word.")})
        if not means:
            raise ValidationError({"means": _("Write a word that stands on our pages.")})
        self.word, self.means = word[0], ", ".join(dict.fromkeys(means))


class SearchEntry(models.Model):
    """Something that readers can find, in one language: a page, a question, a term, a tool, a document."""

    class Kind(models.TextChoices):
        PAGE = "page", _("Page")
        QUESTION = "question", _("Question")
        TERM = "term", _("Term")
        TOOL = "tool", _("Tool")
        DOCUMENT = "document", _("Document")
        SESSION = "session", _("Information session")
        NEWS = "news", _("News")

    language = models.CharField(max_length=2)
    kind = models.CharField(max_length=10, choices=Kind)
    key = models.CharField(max_length=80, help_text="its translation key, or its name among tools and documents")
    title = models.CharField(max_length=255)
    url = models.CharField(max_length=500)
    summary = models.TextField(blank=True)
    answer = models.TextField(blank=True, help_text="rich text, of questions and terms")
    sentences = models.JSONField(
        default=list, help_text="its title and all others, numbers by their keys, each with its language"
    )
    names = models.JSONField(default=list, help_text="the stems of its title")
    digest = models.CharField(max_length=64, help_text="of all that it was made from")

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["language", "kind", "key"], name="search_entry_once")]

    def __str__(self) -> str:
        return self.title


class SearchWord(models.Model):
    """A word that stands in some entry, without accents and capitals; backwards too, to find words by their end."""

    language = models.CharField(max_length=2)
    word = models.CharField(max_length=40)
    backwards = models.CharField(max_length=40)
    stem = models.CharField(max_length=40)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["language", "word"], name="search_word_once")]
        indexes = [
            models.Index(fields=["language", "backwards"], name="search_word_backwards"),
            models.Index(fields=["language", "stem"], name="search_word_stem"),
        ]

    def __str__(self) -> str:
        return self.word


class SearchPlace(models.Model):
    """A word in an entry, and how much it counts there."""

    entry = models.ForeignKey(SearchEntry, on_delete=models.CASCADE, related_name="places")
    word = models.ForeignKey(SearchWord, on_delete=models.CASCADE, related_name="places")
    weight = models.FloatField()
    sentences = models.JSONField(default=list, help_text="in which of the entry's sentences it stands")

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.word_id} in {self.entry_id}"
