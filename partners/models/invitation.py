import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .organisation import Capacity, Organisation


class Invitation(models.Model):
    """A colleague asked, by mail, to take up roles in an organisation; used once."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False, help_text="stands in the mailed address")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail address"))
    manager = models.BooleanField(_("manager"), default=False)
    contributor = models.BooleanField(_("contributor"), default=False)
    viewer = models.BooleanField(_("viewer"), default=False)
    capacity = models.CharField(_("signs as"), max_length=30, choices=Capacity, blank=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    accepted_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(manager=True) | Q(contributor=True) | Q(viewer=True) | ~Q(capacity=""),
                name="invitation_has_a_role",
            ),
            models.CheckConstraint(
                condition=Q(accepted_by__isnull=True, accepted_at__isnull=True)
                | Q(accepted_by__isnull=False, accepted_at__isnull=False),
                name="invitation_accepted_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} → {self.organisation}"
