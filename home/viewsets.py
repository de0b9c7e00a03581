"""The desk's pages for texts and data that readers see, beyond what Wagtail does for each kind of them."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from wagtail.models import Locale
from wagtail.snippets.views.snippets import CopyView, CreateView, PreviewOnCreateView, SnippetViewSet, UnpublishView

from .translation.permissions import LanguagePolicy


class OwnLanguageMixin:
    """The preview of a new text is asked for in the language in which it is written; Wagtail asks for the first one."""

    def get_preview_url(self):
        return self._set_locale_query_param(super().get_preview_url())


class AddTextView(OwnLanguageMixin, CreateView):
    pass


class CopyTextView(OwnLanguageMixin, CopyView):
    pass


class PreviewNewTextView(PreviewOnCreateView):
    def get_object(self):
        text = super().get_object()
        if language := self.request.GET.get("locale"):
            text.locale = get_object_or_404(Locale, language_code=language)
        return text


class TextViewSet(SnippetViewSet):
    """For a text in several languages, each changed by those who write it."""

    add_view_class = AddTextView
    copy_view_class = CopyTextView
    preview_on_add_view_class = PreviewNewTextView

    @property
    def permission_policy(self):
        return LanguagePolicy(self.model)


class NoUnpublishView(UnpublishView):
    """Wagtail's page for it has an address in any case; it unpublishes without asking the row."""

    def dispatch(self, request, *args, **kwargs):
        raise PermissionDenied


class ApprovedDataViewSet(SnippetViewSet):
    """For one row in all languages; what is published is never taken off or deleted."""

    unpublish_view_class = NoUnpublishView
    add_to_admin_menu = True
    copy_view_enabled = False
