"""What stands without a language: machines' addresses, and a page for developers."""

from django.conf import settings
from django.urls import path

from . import views

urlpatterns = [
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("robots.txt", views.robots, name="robots"),
    path(f"{settings.MEDIA_URL.strip('/')}/images/<path:name>", views.image, name="image"),
    path("documents/<int:pk>/<str:name>", views.document, name="wagtaildocs_serve"),
    path("share/<slug:language>/<uuid:key>.png", views.share_image, name="share_image"),
]
if settings.DEMO:
    urlpatterns.append(path("components/", views.components, name="components"))
