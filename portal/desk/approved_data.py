"""Data that readers see, changed as pages are: by drafts, with approval, history and a preview in each language."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils import translation
from wagtail.admin.panels import FieldPanel, PublishingPanel
from wagtail.admin.widgets import AdminDateTimeInput
from wagtail.models import DraftStateMixin, PreviewableMixin, RevisionMixin, WorkflowMixin


class ApprovedData(PreviewableMixin, WorkflowMixin, DraftStateMixin, RevisionMixin, models.Model):
    """One row for all languages. Pages count on it: once published it changes, but is never taken off.

    preview_template: what the preview shows, with the row as `object`.
    """

    preview_template: str

    class Meta:
        abstract = True

    @property
    def preview_modes(self):
        return settings.LANGUAGES

    def get_preview_template(self, request, mode_name):
        return self.preview_template

    def serve_preview(self, request, mode_name):
        """The answer is rendered here, while the language of the preview is active."""
        language = mode_name if mode_name in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            return super().serve_preview(request, language).render()

    def unpublish(self, *args, **kwargs):
        raise PermissionDenied


def go_live_panel() -> PublishingPanel:
    """When the change is published; it never expires."""
    dialog = "#schedule-publishing-dialog"
    return PublishingPanel(
        children=[FieldPanel("go_live_at", widget=AdminDateTimeInput(js_overlay_parent_selector=dialog))]
    )
