"""The frame around every page, kept for a minute so that service pages need not ask for it each time."""

from django.apps import apps
from django.core.cache import cache

KEPT = 60


def frame_for(language: str):
    """The Frame in this language, in Dutch where there is none yet; None before the site is loaded."""

    def read():
        frames = apps.get_model("home", "Frame").objects.filter(locale__language_code__in=[language, "nl"], live=True)
        by_language = {frame.locale.language_code: frame for frame in frames.select_related("locale")}
        return by_language.get(language) or by_language.get("nl")

    return cache.get_or_set(f"frame:{language}", read, KEPT)
