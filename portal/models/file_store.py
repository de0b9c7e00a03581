import uuid

from django.db import models
from django.db.models import Q


class FileStore(models.Model):
    """Which files in the private storage are this database's, and what keeps the clean-up from running (one row).

    `stamp` is new after each clean-up and stands in the storage too, so that an older copy of the same database is
    known as such (portal/files/cleanup.py).
    """

    database = models.UUIDField(default=uuid.uuid4, editable=False)
    stamp = models.UUIDField(default=uuid.uuid4, editable=False)
    problem = models.TextField(blank=True, help_text="why the last clean-up stopped, for who runs the portal")
    problem_since = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="file_store_one_row")]

    def __str__(self) -> str:
        return str(self.database)

    @property
    def mark(self) -> str:
        """The name of the file that stands for this database in the storage."""
        return f"{self.database}.{self.stamp}.txt"
