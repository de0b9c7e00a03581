"""The notice of the day on every page.

The frame of the pages carries what was published (home/frame.py), so that no page asks for it, and a page that is shown
while the database is away has it too.
"""

from dataclasses import dataclass
from datetime import date

from django.apps import apps
from django.db.models import Q
from django.utils.translation import get_language

from portal import clock

from .numbers import Numbers, keys_in


@dataclass(frozen=True)
class Shown:
    """A notice as readers see it; `address` is empty where it has no link."""

    kind: str
    text: str
    since: date
    address: str
    link_text: str


def shown_in(frame) -> Shown | None:
    """The notice of today in the active language: of several, the one that began last."""
    if frame is None or frame.locale.language_code != get_language():
        return None
    today = clock.today().isoformat()
    of_today = [row for row in frame.notices if row["from"] <= today <= (row["until"] or today)]
    if not of_today:
        return None
    row = max(of_today, key=lambda row: (row["from"], row["pk"]))
    kind = apps.get_model("home", "SiteNotice").Kind(row["kind"])
    since = date.fromisoformat(row["from"])
    return Shown(str(kind.label), row["text"], since, row["address"], row["link_text"])


def published_in(language: str) -> list[dict]:
    """What the frame of this language carries: what was published and has not ended."""
    live = apps.get_model("home", "SiteNotice").objects.filter(locale__language_code=language, live=True)
    live = live.filter(Q(shown_until=None) | Q(shown_until__gte=clock.today()))
    return [as_carried(notice) for notice in live.select_related("page")]


def as_carried(notice) -> dict:
    """A notice as JSON keeps it; its page by translation key, since each language has an address of its own."""
    return {
        "pk": notice.pk or 0,
        "kind": notice.kind,
        "text": notice.text,
        "from": notice.shown_from.isoformat(),
        "until": notice.shown_until.isoformat() if notice.shown_until else "",
        "page": str(notice.page.translation_key) if notice.page else "",
        "address": notice.address,
        "link_text": notice.link_text,
    }


def completed(rows: list[dict], language: str) -> list[dict]:
    """What was carried, with numbers in the texts and the addresses of pages, as they are today.

    A page that this language does not have is led to by the page that says so. At most one query for pages.
    """
    keys = {row["page"] for row in rows if row["page"]}
    pages = apps.get_model("wagtailcore", "Page").objects.filter(
        translation_key__in=keys, locale__language_code=language, live=True
    )
    paths = {str(key): path for key, path in pages.values_list("translation_key", "url_path")} if keys else {}
    numbers = Numbers(set().union(*(keys_in(row["text"]) for row in rows)))
    return [
        {
            **row,
            "text": numbers.say(row["text"]),
            "address": paths.get(row["page"], f"/{language}/not-translated/{row['page']}/")
            if row["page"]
            else row["address"],
        }
        for row in rows
    ]
