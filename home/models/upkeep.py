"""What keeps the site right over the years: pages that are looked at again, and links that lead to nothing."""

from datetime import date, timedelta

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from portal import clock


class PageReview(models.Model):
    """When someone looks at a page again, and who (home/reviews/services.py). Only pages that are no translation."""

    class Told(models.TextChoices):
        """Of what its reader was told since the date was set."""

        NOT_YET = ""
        SOON = "soon"
        DUE = "due"

    EACH = timedelta(days=365)
    # For pages that are older than their date when the dates begin.
    FIRST = timedelta(days=30)

    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="review")
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who looks at it"),
        help_text=_("Empty: whoever made the page."),
    )
    review_by = models.DateField(_("look at it by"))
    told = models.CharField(max_length=4, choices=Told, default=Told.NOT_YET, blank=True)

    # Not a place where a page is used.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("review of a page")
        verbose_name_plural = _("reviews of pages")
        default_permissions = ()
        indexes = [models.Index(fields=["review_by"], name="page_review_by")]

    def __str__(self) -> str:
        return f"{self.page}: {self.review_by}"

    @property
    def person(self):
        """Who looks at the page, if anyone is named."""
        return self.responsible or self.page.owner

    @classmethod
    def first_date(cls, page: Page) -> date:
        """A year after it was published last; for an old page, a month from now."""
        published = page.last_published_at or page.first_published_at or clock.now()
        return max(clock.day_of(published) + cls.EACH, clock.today() + cls.FIRST)

    @classmethod
    def shown_for(cls, page: Page) -> "PageReview":
        """The page's date to look at: nothing is kept of a page that has none yet."""
        found = cls.objects.filter(page_id=page.pk).select_related("responsible", "page__owner").first()
        return found or cls(page=Page.objects.get(pk=page.pk), review_by=cls.first_date(page))


class BrokenLink(models.Model):
    """A link of ours that leads to nothing, as last found (home/links/check.py)."""

    class Fault(models.TextChoices):
        GONE = "gone", _("The page was deleted.")
        OFF = "off", _("The page is not on the site.")
        LANGUAGE = "language", _("The page is not in this language.")
        DOCUMENT = "document", _("The document was deleted.")
        TOOL = "tool", _("The tool does not exist any more.")
        PLACE = "place", _("This place does not exist on the page.")
        ADDRESS = "address", _("Nothing stands at this address.")

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.PositiveBigIntegerField()
    title = models.CharField(_("title"), max_length=255)
    language = models.CharField(_("language"), max_length=5)
    block = models.CharField(max_length=60, help_text="the name of the block or the field in which it stands")
    address = models.CharField(_("leads to"), max_length=500)
    fault = models.CharField(_("what is wrong"), max_length=8, choices=Fault)
    found_on = models.DateField(_("found on"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("broken link")
        verbose_name_plural = _("broken links")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "block", "address", "fault"], name="broken_link_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.title}: {self.address}"
