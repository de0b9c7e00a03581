from django.conf import settings
from django.db import models

from .application import Application


class AutosavedForm(models.Model):
    """What someone typed in a section and has not saved: kept on the server, for that person alone, until saved."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="autosaved_forms")
    section = models.CharField(max_length=20)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    typed = models.JSONField(help_text="the form as it was sent: values by name")
    saved_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["application", "section", "user"], name="kept_input_once_a_person")
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.section} ({self.user})"
