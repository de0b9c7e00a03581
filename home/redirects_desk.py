"""Wagtail's list of redirects, without its import: a file of anyone's spreadsheet program comes through no check."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import path
from django.utils.functional import cached_property
from wagtail.contrib.redirects.views import IndexView


class RedirectIndexView(IndexView):
    @cached_property
    def header_more_buttons(self):
        return [button for button in super().header_more_buttons if "/import/" not in (button.url or "")]


def refuse(request: HttpRequest, **kwargs):
    raise PermissionDenied


# Before Wagtail's own.
URLS = [
    path("redirects/", RedirectIndexView.as_view(), name="redirects"),
    path("redirects/results/", RedirectIndexView.as_view(results_only=True), name="redirects_results"),
    path("redirects/import/", refuse, name="redirects_import"),
    path("redirects/import/process/", refuse, name="redirects_import_process"),
]
