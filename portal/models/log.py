from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models


class LogEntry(models.Model):
    """One thing that happened to one subject. Append-only: triggers refuse UPDATE and DELETE (portal/audit/log.py).

    Holds ids and codes only; names and free text stand in LogNote, which can be erased.
    """

    subject_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    subject_id = models.BigIntegerField()
    number = models.PositiveIntegerField(help_text="1, 2, 3 … within the subject")
    at = models.DateTimeField()
    # No database constraint: an account may go, its id in the log may not.
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, db_constraint=False, null=True, related_name="+"
    )
    action = models.CharField(max_length=60)
    from_state = models.CharField(max_length=30, blank=True)
    to_state = models.CharField(max_length=30, blank=True)
    data = models.JSONField(default=dict, help_text="ids and codes, never names or free text")
    chain = models.CharField(
        max_length=64, help_text="SHA-256 of this entry and the one before (portal/audit/hash_chain.py)"
    )

    class Meta:
        ordering = ["subject_type", "subject_id", "number"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["subject_type", "subject_id", "number"], name="log_entry_number_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.subject_type_id}:{self.subject_id} #{self.number} {self.action}"


class LogNote(models.Model):
    """Free text beside a LogEntry, erasable without touching the log."""

    entry = models.OneToOneField(LogEntry, on_delete=models.DO_NOTHING, related_name="note", primary_key=True)
    text = models.TextField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.text[:60]
