from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .application import Application
from .party import Party
from .version import Version


class ChangeRequest(models.Model):
    """What Fedasil asks to be changed or added by a date, question by question, perhaps of one party."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        ANSWERED = "answered", _("answered")
        CANCELLED = "cancelled", _("request withdrawn")

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="change_requests")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    party = models.ForeignKey(
        Party, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("party")
    )
    text = models.TextField(_("what is asked"), blank=True, help_text="about all its questions together")
    due_on = models.DateField(_("due on"))
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True, help_text="why it was cancelled")
    reminded = models.PositiveSmallIntegerField(null=True, help_text="days before the due date, of the last reminder")
    missed = models.BooleanField(default=False, help_text="an officer was told that the due date has passed")

    class Meta:
        default_permissions = ()
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["open", "answered", "cancelled"]), name="change_request_state_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application}: {', '.join(self.questions)}"

    @property
    def questions(self) -> list[str]:
        """The numbers of its questions."""
        return [item.question for item in self.items.all()]

    @property
    def open_items(self) -> list["ChangeRequestItem"]:
        """What is still asked."""
        if self.state != self.State.OPEN:
            return []
        return [item for item in self.items.all() if item.answered_in_id is None]


class ChangeRequestItem(models.Model):
    """One question of a ChangeRequest, what is asked about it, and the Version that answered it."""

    request = models.ForeignKey(ChangeRequest, on_delete=models.CASCADE, related_name="items")
    question = models.CharField(max_length=10, help_text="its number")
    text = models.TextField(blank=True)
    answered_in = models.ForeignKey(Version, on_delete=models.PROTECT, null=True, related_name="+")
    unsent = models.TextField(blank=True, help_text="answered, not sent when it was cancelled; for the parties alone")

    class Meta:
        default_permissions = ()
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["request", "question"], name="change_request_question_once")]

    def __str__(self) -> str:
        return f"{self.request_id}: {self.question}"
