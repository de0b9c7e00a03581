"""Dutch and French are published together: what publishers decide about a page, and drafts that translators have."""

from django.conf import settings
from django.db import models


class PairDecision(models.Model):
    """Of a revision of a page: whether its Dutch or French counterpart is published with it, or why not."""

    revision = models.OneToOneField("wagtailcore.Revision", models.CASCADE, primary_key=True, related_name="+")
    together = models.BooleanField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    # Wagtail's index of references has nothing to find here.
    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.revision_id}: {'together' if self.together else 'alone'}"


class SourceDraft(models.Model):
    """The texts that translators of a page have are those of this draft, which is not published yet."""

    source = models.OneToOneField("wagtail_localize.TranslationSource", models.CASCADE, primary_key=True)
    revision = models.ForeignKey("wagtailcore.Revision", models.CASCADE, related_name="+")

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.source_id}: {self.revision_id}"
