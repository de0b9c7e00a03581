"""The frame around every page, kept for a minute so that service pages need not ask for it each time.

It carries the texts of the site that were changed (home/site_texts.py), the names of sources and the notices for the
whole site (home/notices.py), so that no page asks for these either.
"""

from django.apps import apps
from django.core.cache import cache, caches
from django.db import OperationalError

from . import notices

KEPT = 60
# As it was read last, for pages that are shown while the database is away.
LAST: dict[str, object] = {}


def frame_for(language: str):
    """The Frame in this language, in Dutch where there is none yet; None before the site is loaded."""

    def read():
        frames = apps.get_model("home", "Frame").objects.filter(locale__language_code__in=[language, "nl"], live=True)
        by_language = {frame.locale.language_code: frame for frame in frames.select_related("locale")}
        found = LAST[language] = by_language.get(language) or by_language.get("nl")
        if found:
            found.notices = notices.completed(found.carried.get("notices", []), found.locale.language_code)
        caches["copies"].set(_key(language), LAST[language])
        return LAST[language]

    try:
        return cache.get_or_set(_key(language), read, KEPT)
    except OperationalError:
        return LAST.get(language)


def last_frame(language: str):
    """The Frame as it was read last by this process or another, without the database; None where nobody did."""
    return LAST.get(language) or caches["copies"].get(_key(language))


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
