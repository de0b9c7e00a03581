from django.conf import settings
from django.db import models
from django.db.models import Q

from .application import Application
from .party import Party


class Message(models.Model):
    """One message in the thread of an application, from a party or from Fedasil. Its text can be erased."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="messages")
    party = models.ForeignKey(
        Party, on_delete=models.PROTECT, null=True, related_name="+", help_text="the party that writes; none: Fedasil"
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    sent_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(erased_at__isnull=True) | Q(text=""), name="message_erased_is_empty")
        ]

    def __str__(self) -> str:
        return f"{self.application} {self.sent_at:%Y-%m-%d %H:%M}"


class MessageMark(models.Model):
    """Up to which message a party, or Fedasil (no party), has read."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="message_marks")
    party = models.ForeignKey(Party, on_delete=models.CASCADE, null=True, related_name="+")
    last_read = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="+")
    read_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["application", "party"], name="message_mark_once_a_party"),
            models.UniqueConstraint(
                fields=["application"], condition=Q(party__isnull=True), name="message_mark_once_for_fedasil"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application} {self.party or 'Fedasil'}"
