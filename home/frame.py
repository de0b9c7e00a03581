"""The frame around every page, kept for a minute so that service pages need not ask for it each time.

It carries the texts of the site that were changed (home/site_texts.py), the names of sources and the notices for the
whole site (home/notices.py), so that no page asks for these either.
"""

from collections.abc import Callable

from django.apps import apps
from django.core.cache import cache, caches
from django.db import OperationalError

from . import notices
from .navigation import Navigation, menu_in

KEPT = 60
# As they were read last, for pages that are shown while the database is away.
LAST: dict[str, object] = {}


def frame_for(language: str):
    """The Frame in this language, in Dutch where there is none yet; None before the site is loaded."""

    def read():
        frames = apps.get_model("home", "Frame").objects.filter(locale__language_code__in=[language, "nl"], live=True)
        by_language = {frame.locale.language_code: frame for frame in frames.select_related("locale")}
        found = by_language.get(language) or by_language.get("nl")
        if found:
            found.notices = notices.completed(found.carried.get("notices", []), found.locale.language_code)
        return found

    return _kept(_key(language), read)


def menu_for(language: str) -> Navigation | None:
    """The menu of this language, for what is no page of the site: tools, forms, faults."""
    return _kept(f"menu:{language}", lambda: menu_in(language))


def _kept(key: str, read: Callable):
    def read_and_remember():
        LAST[key] = read()
        caches["copies"].set(key, LAST[key])
        return LAST[key]

    try:
        return cache.get_or_set(key, read_and_remember, KEPT)
    except OperationalError:
        return LAST.get(key)


def last_frame(language: str):
    """The Frame as it was read last by this process or another, without the database; None where nobody did."""
    return _last(_key(language))


def last_menu(language: str) -> Navigation | None:
    return _last(f"menu:{language}")


def _last(key: str):
    return LAST.get(key) or caches["copies"].get(key)


def _key(language: str) -> str:
    return f"frame:{language}"


# ── What it carries ───────────────────────────────────────────────────────────────────────────────────────────────────
def carry(language: str) -> None:
    """Put what was published of texts, names of sources and notices in this language into its Frame."""
    texts = apps.get_model("home", "SiteText").objects.filter(locale__language_code=language, live=True)
    names = apps.get_model("home", "SourceName").objects.filter(live=True)
    carried = {
        "texts": dict(texts.values_list("key", "text")),
        "sources": dict(names.values_list("source", language)),
        "notices": notices.published_in(language),
    }
    apps.get_model("home", "Frame").objects.filter(locale__language_code=language).update(carried=carried)
    cache.delete(_key(language))


def carry_anew(sender, instance, **kwargs) -> None:
    """After a text, a name, a notice or a frame was published or taken off (receives published, unpublished)."""
    models = apps.get_app_config("home").models
    if sender is models["sourcename"]:
        for language in apps.get_model("wagtailcore", "Locale").objects.values_list("language_code", flat=True):
            carry(language)
    elif sender in (models["sitetext"], models["sitenotice"], models["frame"]):
        carry(instance.locale.language_code)
