import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.models import StoredFile

from .application import Application
from .party import Party

COMMON_KINDS = ("agreement", "availability")


class AttachmentManager(models.Manager):
    """Reads attachments with their party and organisation: wherever one is shown, they are named."""

    def get_queryset(self):
        return super().get_queryset().select_related("party__organisation", "stored")


class Attachment(models.Model):
    """A file that answers a question (applications/questionnaire/file_requirements.py), of one party or of all
    together.

    Name and type are kept here too, because the file itself is deleted where the virus check refuses it.
    """

    class Kind(models.TextChoices):
        DECISION = "decision", _("Extract of the decision")
        STATUTES = "statutes", _("Statutes")
        REPRESENTATION = "representation", _("Proof of who may represent the organisation")
        ACCOUNTS = "accounts", _("Latest accounts")
        BUDGET = "budget", _("Budget")
        AGREEMENT = "agreement", _("Agreement among the parties")
        AVAILABILITY = "availability", _("Proof that a dwelling is available")

    class State(models.TextChoices):
        WAITING = "waiting", _("waits for the virus check")
        CLEAN = "clean", _("no virus found")
        REFUSED = "refused", _("refused by the virus check")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="attachments")
    party = models.ForeignKey(Party, on_delete=models.CASCADE, null=True, blank=True, related_name="attachments")
    kind = models.CharField(max_length=20, choices=Kind)
    name = models.CharField(max_length=120)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    stored = models.OneToOneField(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    tried_at = models.DateTimeField(null=True, blank=True, help_text="when the scanner last did not answer")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    removed_at = models.DateTimeField(
        null=True, blank=True, help_text="taken out after a submission: kept for the Version that names it"
    )

    objects = AttachmentManager()

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind__in=[
                        "decision",
                        "statutes",
                        "representation",
                        "accounts",
                        "budget",
                        "agreement",
                        "availability",
                    ]
                ),
                name="attachment_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "clean", "refused"]), name="attachment_state_known"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=COMMON_KINDS, party__isnull=True)
                | ~Q(kind__in=COMMON_KINDS) & Q(party__isnull=False),
                name="attachment_of_party_or_all",
            ),
            # A refused file is deleted; every other attachment has its file.
            models.CheckConstraint(
                condition=Q(state="refused", stored__isnull=True) | ~Q(state="refused") & Q(stored__isnull=False),
                name="attachment_refused_has_no_file",
            ),
            models.CheckConstraint(condition=Q(size__gt=0), name="attachment_not_empty"),
            models.UniqueConstraint(
                fields=["party", "kind", "sha256"],
                condition=Q(removed_at__isnull=True) & ~Q(state="refused"),
                name="attachment_once_a_party",
            ),
            models.UniqueConstraint(
                fields=["application", "kind", "sha256"],
                condition=Q(party__isnull=True, removed_at__isnull=True) & ~Q(state="refused"),
                name="attachment_once_for_all",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def has_left(self) -> bool:
        """Whether its party takes part no longer: the file is out of the dossier, and that party's own."""
        return self.party is not None and not self.party.is_present

    @property
    def is_clean(self) -> bool:
        return self.state == self.State.CLEAN

    @property
    def is_waiting(self) -> bool:
        return self.state == self.State.WAITING


class Preview(models.Model):
    """A picture of one page of a clean attachment."""

    attachment = models.ForeignKey(Attachment, on_delete=models.CASCADE, related_name="previews")
    page = models.PositiveSmallIntegerField()
    stored = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+")

    class Meta:
        default_permissions = ()
        ordering = ["page"]
        constraints = [models.UniqueConstraint(fields=["attachment", "page"], name="preview_page_once")]

    def __str__(self) -> str:
        return f"{self.attachment}: {self.page}"
