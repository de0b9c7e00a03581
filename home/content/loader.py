"""Brings the shipped site into the database. May run at any time: it creates what is missing and updates only a page
whose latest revision is still its own; what an editor changed is kept and reported."""

import hashlib
from urllib.parse import urlsplit

import polib
from django.apps import apps
from django.conf import settings
from django.db import transaction
from wagtail.models import Locale, Page, Site
from wagtail_localize.models import Translation, TranslationSource

from home.models import HomePage, ShippedPage
from partners.models import Rate

from .source import ShippedSource, facts, fixed_id, pages

SOURCE_LANGUAGE = settings.LANGUAGE_CODE
FIELDS = ("title", "slug", "intro", "seo_title", "search_description", "show_in_menus")


class Report:
    """What was done with each page."""

    def __init__(self):
        self.created: list[str] = []
        self.updated: list[str] = []
        self.kept: list[str] = []


def load() -> Report:
    """Load rates, pages and translations.

    Each page has a transaction of its own: a translation is published when it commits, and publishing a parent later
    than its children were added would write its old number of children.
    """
    report = Report()
    load_rates()
    locales = {code: Locale.objects.get_or_create(language_code=code)[0] for code, _name in settings.LANGUAGES}
    sources = pages()
    for source in sources:
        make_page(source, locales[SOURCE_LANGUAGE])
    loaded = {source.name: load_page(source, locales[SOURCE_LANGUAGE], report) for source in sources}
    point_site_at(loaded["home"])
    for language, locale in locales.items():
        if language != SOURCE_LANGUAGE:
            for source in sources:
                load_translation(source, loaded[source.name], locale, report)
    return report


def load_rates() -> None:
    """The rates of facts.csv that are not there yet; an edited one stays."""
    for fact in facts():
        area, _dot, code = fact.key.partition(".")
        if area == "rate":
            Rate.objects.get_or_create(
                code=code,
                valid_from=fact.valid_from,
                defaults={"amount": fact.value, "source": fact.source, "source_date": fact.source_date},
            )


@transaction.atomic
def load_page(source: ShippedSource, locale: Locale, report: Report) -> Page:
    """Write one Dutch page. All pages exist by now, so that each can lead to any other."""
    page = page_of(source.name, locale)
    shipped = shipped_row(source, locale)
    is_new = page.latest_revision_id is None
    if not is_new and not may_write(page, shipped, source.digest, f"{source.name} ({locale.language_code})", report):
        return page
    for field in FIELDS:
        if field in source.data:
            setattr(page, field, source.data[field])
    page.body = with_links(source.body, locale)
    (report.created if is_new else report.updated).append(source.name)
    page.save_revision(log_action=True).publish()
    remember(source, locale, source.digest, page)
    return page


def page_of(name: str, locale: Locale) -> Page:
    return Page.objects.get(translation_key=fixed_id(name), locale=locale).specific


@transaction.atomic
def make_page(source: ShippedSource, locale: Locale) -> None:
    """An empty page in its place, where there is none yet; `load_page` fills it."""
    if Page.objects.filter(translation_key=source.translation_key, locale=locale).exists():
        return
    model = apps.get_model("home", source.data["type"])
    page = model(
        translation_key=source.translation_key,
        locale=locale,
        title=source.data["title"],
        slug=source.data["slug"],
        intro=source.data["intro"],
        live=False,
    )
    name = source.data.get("parent")
    parent = page_of(name, locale) if name else Page.objects.get(depth=1)
    parent.add_child(instance=page)


def with_links(body: list[dict], locale: Locale) -> list[dict]:
    """Doors name the page to which they lead; the StreamField keeps its id (None: the application service)."""
    for block in body:
        if block["type"] == "doors":
            for item in block["value"]:
                name = item["value"].get("page")
                target = name and Page.objects.filter(translation_key=fixed_id(name), locale=locale).first()
                item["value"] = {**item["value"], "page": target.pk if target else None}
    return body


@transaction.atomic
def load_translation(source: ShippedSource, page: Page, locale: Locale, report: Report) -> None:
    path = source.translation(locale.language_code)
    name = f"{source.name} ({locale.language_code})"
    digest = hashlib.sha256(source.digest.encode() + path.read_bytes()).hexdigest()
    existing = page.get_translation_or_none(locale)
    if existing and not may_write(existing, shipped_row(source, locale), digest, name, report):
        return
    if existing and not is_still_ours(page, shipped_row(source, page.locale)):
        report.kept.append(name)
        return
    translation_source, _created = TranslationSource.update_or_create_from_instance(page)
    translation, _created = Translation.objects.get_or_create(source=translation_source, target_locale=locale)
    translation.import_po(polib.pofile(str(path)), delete=True)
    translation.save_target(publish=True)
    (report.updated if existing else report.created).append(name)
    remember(source, locale, digest, translation.get_target_instance())


def shipped_row(source: ShippedSource, locale: Locale) -> ShippedPage | None:
    return ShippedPage.objects.filter(translation_key=source.translation_key, language=locale.language_code).first()


def may_write(page: Page, shipped: ShippedPage | None, digest: str, name: str, report: Report) -> bool:
    """False where nothing changed, or where an editor's revision is the latest (which is reported)."""
    if shipped and shipped.digest == digest:
        return False
    if not is_still_ours(page, shipped):
        report.kept.append(name)
        return False
    return True


def is_still_ours(page: Page, shipped: ShippedPage | None) -> bool:
    """Whether the latest revision is the one that this loader wrote."""
    return shipped is not None and page.latest_revision_id == shipped.revision_id


def remember(source: ShippedSource, locale: Locale, digest: str, page: Page) -> None:
    page.refresh_from_db()
    ShippedPage.objects.update_or_create(
        translation_key=source.translation_key,
        language=locale.language_code,
        defaults={"digest": digest, "revision_id": page.latest_revision_id},
    )


def point_site_at(home: HomePage) -> None:
    """One site, whose root is the Dutch home page; Wagtail's welcome page goes."""
    address = urlsplit(settings.SITE_URL)
    port = address.port or (443 if address.scheme == "https" else 80)
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    if (site.hostname, site.port, site.root_page_id) == (address.hostname, port, home.pk):
        return
    welcome = site.root_page if site.pk and site.root_page_id != home.pk else None
    site.hostname, site.port, site.root_page, site.site_name = address.hostname, port, home, "Fedasil"
    site.save()
    if welcome and welcome.specific_class is Page and not welcome.get_children().exists():
        welcome.delete()
