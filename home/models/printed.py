from django.db import models

from portal.models import StoredFile

# What is printed and is no page of the site; the names of their addresses too.
BROCHURE = "brochure"
QUESTIONNAIRE = "questionnaire"
COUNCIL_PACK, COUNCIL_ZIP, BOARD_PACK = "council_pack", "council_zip", "board_pack"
# Ways on to these say how large they are; the brochure is on the first page, which has no query to spare.
SIZED = (COUNCIL_PACK, COUNCIL_ZIP, BOARD_PACK)
DOCUMENTS = (BROCHURE, QUESTIONNAIRE, *SIZED)


class PrintedPage(models.Model):
    """The PDF of one page (key: its translation key) or of one of DOCUMENTS in one language; made in the background."""

    key = models.CharField(max_length=36)
    language = models.CharField(max_length=2)
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    digest = models.CharField(max_length=64, blank=True, help_text="of what the file was made from")
    is_outdated = models.BooleanField(default=True, help_text="something on the site changed since")
    queued_at = models.DateTimeField(null=True, help_text="when the worker was asked")

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["key", "language"], name="printed_once_a_language")]

    def __str__(self) -> str:
        return f"{self.key} ({self.language})"


class PrintRequest(models.Model):
    """Someone who wants a mail when it is ready; deleted once it is sent."""

    printed = models.ForeignKey(PrintedPage, on_delete=models.CASCADE, related_name="requests")
    email = models.EmailField()
    asked_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["printed", "email"], name="print_requested_once")]

    def __str__(self) -> str:
        return self.email


def made_documents(keys: set[str], language: str) -> dict[str, StoredFile]:
    """The files of these documents that are there, by key; one query, or none."""
    if not keys:
        return {}
    made = PrintedPage.objects.filter(key__in=keys, language=language, file__isnull=False)
    return {printed.key: printed.file for printed in made.select_related("file")}
