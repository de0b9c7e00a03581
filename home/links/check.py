"""The job that looks at all links of the site, and what has it look sooner."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils.translation import override
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import DraftStateMixin, Page, TranslatableMixin
from wagtail.snippets.models import get_snippet_models

from portal import clock
from portal.models import DueJob

from ..models import BrokenLink, SitePage
from .targets import Targets
from .walk import Link, links_in

JOB = "broken links"
REDIRECT = "redirect"


@dataclass(frozen=True)
class Found:
    """What makes a row: where the link stands, where it leads, what is wrong."""

    content_type_id: int
    object_id: int
    block: str
    address: str
    fault: str


def look() -> int:
    """Keep exactly the links that lead to nothing now (a job of `run_due`); answers how many are new."""
    found = dict(_found())
    with transaction.atomic():
        kept = {}
        for row in BrokenLink.objects.select_for_update():
            kept[Found(row.content_type_id, row.object_id, row.block, row.address, row.fault)] = row
        BrokenLink.objects.filter(pk__in=[row.pk for each, row in kept.items() if each not in found]).delete()
        new = [
            BrokenLink(**vars(each), **about, found_on=clock.today())
            for each, about in found.items()
            if each not in kept
        ]
        BrokenLink.objects.bulk_create(new)
        for each, row in kept.items():
            if each in found and row.title != found[each]["title"]:
                BrokenLink.objects.filter(pk=row.pk).update(title=found[each]["title"])
    return len(new)


def look_soon(**kwargs) -> None:
    """Have the job run with the next `run_due`: what readers see changed (receives Wagtail's signals)."""
    DueJob.objects.filter(name=JOB).update(last_run=None)


def _found() -> Iterator[tuple[Found, dict]]:
    targets = Targets()
    page_type = ContentType.objects.get_for_model(Page)
    for page in _pages():
        about = {"title": page.title, "language": page.language}
        yield from _faults(targets, links_in(page), page_type, page, about, page.url_path)
    for model in get_snippet_models():
        for text in _texts(model):
            about = {"title": str(text)[:255], "language": text.locale.language_code}
            kind = ContentType.objects.get_for_model(model)
            yield from _faults(targets, links_in(text), kind, text, about, f"/{text.locale.language_code}/")
    kind = ContentType.objects.get_for_model(Redirect)
    for redirect in targets.redirects.values():
        if fault := targets.redirect_fault(redirect):
            address = redirect.redirect_link or targets.pages[redirect.redirect_page_id].path
            about = {"title": redirect.old_path, "language": redirect.old_path.strip("/").partition("/")[0][:5]}
            yield Found(kind.pk, redirect.pk, REDIRECT, address[:500], str(fault.value)), about


def _pages() -> Iterable[SitePage]:
    pages = Page.objects.live().filter(depth__gt=1, alias_of__isnull=True).specific()
    return (page for page in pages if isinstance(page, SitePage))


def _texts(model: type[models.Model]) -> Iterable[models.Model]:
    if not (issubclass(model, TranslatableMixin) and issubclass(model, DraftStateMixin)):
        return []
    return model._default_manager.filter(live=True).select_related("locale")


def _faults(
    targets: Targets, links: Iterable[Link], kind: ContentType, instance: models.Model, about: dict, base: str
) -> Iterator[tuple[Found, dict]]:
    with override(about["language"]):
        for link in links:
            if fault := targets.fault(link, about["language"], base):
                address = targets.name_of(link)
                yield Found(kind.pk, instance.pk, link.block, address[:500], str(fault.value)), about
