"""What people of Fedasil write to one another about a dossier. Nothing that a party reads touches these tables."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .application import Application


class Note(models.Model):
    """An internal note at one question. Its author can change it and take it away; it is then gone."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="notes")
    question = models.CharField(max_length=10, help_text="its number")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    written_at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.application} {self.question}"


class PrivateMessage(models.Model):
    """One message in the thread among Fedasil. Its text can be erased."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="private_messages")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    sent_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True) | Q(text=""), name="private_message_erased_is_empty"
            )
        ]

    def __str__(self) -> str:
        return f"{self.application} {self.sent_at:%Y-%m-%d %H:%M}"


class AdviceRequest(models.Model):
    """What an officer asks a colleague about some sections, by a date, and the answer."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        ANSWERED = "answered", _("answered")
        CANCELLED = "cancelled", _("request withdrawn")

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="advice_requests")
    sections = models.JSONField(help_text="codes of the sections that it is about")
    question = models.TextField()
    asked_of = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    answer = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["open", "answered", "cancelled"]), name="advice_request_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state="answered") & ~Q(answer="") | ~Q(state="answered") & Q(answer=""),
                name="advice_request_answered_has_answer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application}: {', '.join(self.sections)}"

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def opens_sections(self) -> bool:
        """Whether the colleague may read the sections: only while advice is still of use."""
        return self.is_open and self.application.state in Application.UNDECIDED
