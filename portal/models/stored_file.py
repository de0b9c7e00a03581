import hashlib
import uuid

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage, storages
from django.db import models


def private_storage():
    """Files that no web server shows by itself."""
    return storages["private"]


class StoredFile(models.Model):
    """One file in the private storage: its name for people, its type, its size in bytes and its hash.

    What people send lies in quarantine until a scanner called it clean; from there nothing is served.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    content = models.FileField(storage=private_storage, upload_to="%Y/%m/")
    quarantined = models.BooleanField(default=False)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        help_text="who sent it; empty for what the portal makes",
    )
    created_at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.name

    @property
    def storage(self) -> Storage:
        """Where its content lies."""
        return storages["quarantine" if self.quarantined else "private"]

    def keep(self, content: bytes) -> None:
        """Measure the content and put it into the storage, under a name that nobody can guess."""
        self.size = len(content)
        self.sha256 = hashlib.sha256(content).hexdigest()
        place = self._meta.get_field("content").generate_filename(self, str(self.uuid))
        self.content = self.storage.save(place, ContentFile(content))

    def open(self) -> File:
        return self.storage.open(self.content.name, "rb")

    def read(self) -> bytes:
        with self.open() as opened:
            return opened.read()
