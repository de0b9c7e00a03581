from django.conf import settings
from django.db import models

from .application import Application


class Version(models.Model):
    """The frozen content at one submission: numbers, labels and answers in the application's language, and hashes."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    question_set = models.PositiveSmallIntegerField(help_text="version of the questionnaire")
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)
    submitted_at = models.DateTimeField()
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        default_permissions = ()
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["application", "number"], name="version_number_once")]

    def __str__(self) -> str:
        return f"{self.application} v{self.number}"
