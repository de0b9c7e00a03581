from django.db import models


class Shipped(models.Model):
    """What `load_site` last wrote to a page or a snippet, so that it never overwrites an editor's change."""

    translation_key = models.UUIDField()
    language = models.CharField(max_length=5)
    digest = models.CharField(max_length=64)
    revision_id = models.BigIntegerField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["translation_key", "language"], name="shipped_once_a_language")]

    def __str__(self) -> str:
        return f"{self.translation_key} {self.language}"
