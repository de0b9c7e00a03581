"""What visitors and machines read. `root` stands without a language, the rest within one."""

from django.conf import settings
from django.urls import path, re_path
from django.views.decorators.http import require_safe
from wagtail.urls import serve_pattern

from . import views
from .feeds import NewsFeed

root = [
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("robots.txt", views.robots, name="robots"),
    path("share/<slug:language>/<uuid:key>.png", views.share_image, name="share_image"),
]
if settings.DEMO:
    root.append(path("components/", views.components, name="components"))

urlpatterns = [
    path("feed/", require_safe(views.kept(NewsFeed())), name="news_feed"),
    path("not-translated/<uuid:key>/", views.not_translated, name="not_translated"),
    re_path(serve_pattern, views.serve, name="page"),
]
