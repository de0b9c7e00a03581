"""The frame around every page, kept for a minute so that service pages need not ask for it each time."""

from django.apps import apps
from django.core.cache import cache
from django.db import OperationalError

KEPT = 60
# As it was read last, for pages that are shown while the database is away.
LAST: dict[str, object] = {}


def frame_for(language: str):
    """The Frame in this language, in Dutch where there is none yet; None before the site is loaded."""

    def read():
        frames = apps.get_model("home", "Frame").objects.filter(locale__language_code__in=[language, "nl"], live=True)
        by_language = {frame.locale.language_code: frame for frame in frames.select_related("locale")}
        LAST[language] = by_language.get(language) or by_language.get("nl")
        return LAST[language]

    try:
        return cache.get_or_set(f"frame:{language}", read, KEPT)
    except OperationalError:
        return LAST.get(language)
