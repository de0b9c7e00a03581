import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .organisation import Organisation


class JoinRequest(models.Model):
    """Someone who asks to join an organisation that is registered already; its managers answer."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waits for an answer")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="join_requests")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="join_requests")
    message = models.TextField(_("message"), max_length=500, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        default_permissions = ()
        ordering = ["asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "user"], condition=Q(state="waiting"), name="join_request_waits_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "accepted", "declined"]), name="join_request_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", answered_at__isnull=True)
                | ~Q(state="waiting") & Q(answered_at__isnull=False),
                name="join_request_answered_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} → {self.organisation}"
