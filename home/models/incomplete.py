"""Revisions of translations that still hold texts of their source, and the rule that these are not published."""

from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext as _

from ..missing import MissingText


class NotWhole(PermissionDenied):
    """A translation with texts still in the language of its source is not published."""

    def __init__(self):
        super().__init__(_("Not everything is translated yet, so this version is not published."))


class IncompleteRevision(models.Model):
    """What one revision lacks. Readers may see it once a publisher gave a reason, which stands in the log."""

    revision = models.OneToOneField("wagtailcore.Revision", models.CASCADE, primary_key=True, related_name="+")
    # Of the source, in which the missing texts stand.
    language = models.CharField(max_length=10)
    # As MissingText.as_data() gives them.
    missing = models.JSONField()
    accepted_at = models.DateTimeField(null=True, blank=True)

    # Wagtail's index of references has nothing to find here.
    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.revision_id}: {len(self.missing)}"

    @property
    def texts(self) -> list[MissingText]:
        return [MissingText(**text) for text in self.missing]


def is_incomplete() -> models.Exists:
    """For a query of pages: whether what readers see of each lacks texts."""
    return models.Exists(IncompleteRevision.objects.filter(pk=models.OuterRef("live_revision")))


def refuse_incomplete(revision_id: int | None) -> None:
    """Raise NotWhole if this revision lacks texts and nobody gave a reason."""
    if revision_id and IncompleteRevision.objects.filter(pk=revision_id, accepted_at=None).exists():
        raise NotWhole


class PublishedWhole:
    """Pages and snippets that are published in a language as a whole, or stay as they were."""

    def publish(self, revision, *args, **kwargs):
        refuse_incomplete(revision.pk)
        return super().publish(revision, *args, **kwargs)

    def save(self, *args, update_fields=None, **kwargs):
        # Whichever way it was published: its revision on the site is saved with it.
        if self.live and (update_fields is None or "live_revision" in update_fields):
            refuse_incomplete(self.live_revision_id)
        return super().save(*args, update_fields=update_fields, **kwargs)
