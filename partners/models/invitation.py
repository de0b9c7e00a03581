import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal import clock

from .organisation import Organisation
from .signing_rule import Capacity


class InvitationQuerySet(models.QuerySet):
    def open(self) -> "InvitationQuerySet":
        """Those that can still be accepted."""
        return self.filter(accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=clock.now())


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
    withdrawn_at = models.DateTimeField(null=True)
    by_fedasil = models.BooleanField(default=False, help_text="to restore access, not from a colleague")

    objects = InvitationQuerySet.as_manager()

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
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="invitation_accepted_or_withdrawn",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} → {self.organisation}"
