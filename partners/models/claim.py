import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .organisation import Organisation


class Claim(models.Model):
    """Someone who says that a registered enterprise number is theirs, and not of those who registered it here.

    Fedasil looks at both sides and answers. Who is registered is not told to the person.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waits for an answer")
        GRANTED = "granted", _("granted")
        DECLINED = "declined", _("declined")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="claims")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    message = models.TextField(_("message"), max_length=1000)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    made_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    # None: by whoever runs the server.
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        default_permissions = ()
        ordering = ["made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "user"], condition=Q(state="waiting"), name="claim_waits_once"
            ),
            models.CheckConstraint(condition=Q(state__in=["waiting", "granted", "declined"]), name="claim_state_known"),
            models.CheckConstraint(
                condition=Q(state="waiting", answered_at__isnull=True)
                | ~Q(state="waiting") & Q(answered_at__isnull=False),
                name="claim_answered_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} → {self.organisation}"
