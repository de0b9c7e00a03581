"""What stands without a language: machines' addresses, and a page for developers."""

from django.conf import settings
from django.urls import path, re_path
from django.views.decorators.http import require_safe
from wagtail.documents.views import serve as documents

from . import views

urlpatterns = [
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("robots.txt", views.robots, name="robots"),
    # Of Wagtail's two addresses: no collection is behind a password here.
    re_path(r"^documents/(\d+)/(.*)$", require_safe(documents.serve), name="wagtaildocs_serve"),
    path("share/<slug:language>/<uuid:key>.png", views.share_image, name="share_image"),
]
if settings.DEMO:
    urlpatterns.append(path("components/", views.components, name="components"))
