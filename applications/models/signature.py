from django.conf import settings
from django.db import models
from django.db.models import Q

from partners.models import Capacity

from .party import Party


class Signature(models.Model):
    """A declaration of intent by one signatory, in one capacity, over the hashes of what it covers.

    It counts as long as the content still has this hash; an edit of that content reopens it.
    """

    class Method(models.TextChoices):
        CODE = "code", "mailed code"
        PASSKEY = "passkey", "passkey"

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="signatures")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    signatory_name = models.CharField(max_length=310, help_text="as it was when signing")
    capacity = models.CharField(max_length=30, choices=Capacity)
    content_hash = models.CharField(max_length=64)
    covered = models.JSONField(help_text="hash by section code")
    method = models.CharField(max_length=10, choices=Method, default=Method.CODE)
    proof = models.JSONField(
        default=dict, blank=True, help_text="of a passkey: what it signed, how, and the public key to check it with"
    )
    signed_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        ordering = ["signed_at"]
        constraints = [
            models.UniqueConstraint(fields=["party", "content_hash", "capacity"], name="signature_once"),
            models.CheckConstraint(condition=Q(capacity__in=Capacity.values), name="signature_capacity_known"),
            models.CheckConstraint(condition=Q(method__in=["code", "passkey"]), name="signature_method_known"),
        ]

    def __str__(self) -> str:
        return f"{self.party}: {self.capacity}"


class SignatureCode(models.Model):
    """A fresh one-time code, or a fresh question to a passkey, bound to one person, one party and one content."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="+")
    content_hash = models.CharField(max_length=64)
    code_hash = models.CharField(max_length=128, blank=True)
    nonce = models.CharField(max_length=64, blank=True, help_text="what makes the question to a passkey fresh")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(code_hash="") & ~Q(nonce="") | ~Q(code_hash="") & Q(nonce=""),
                name="signature_code_or_passkey",
            )
        ]

    def __str__(self) -> str:
        return f"{self.party_id}/{self.user_id}"
