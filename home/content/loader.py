"""Brings the shipped site into the database. May run at any time: it creates what is missing and updates only what is
still its own by the latest revision; what an editor changed is kept and reported."""

import hashlib
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.utils.text import slugify
from wagtail.models import Locale, Page, Site
from wagtail_localize.models import Translation, TranslationSource

from home.frame import carry
from home.missing import missing_from
from home.models import Fact, HomePage, OfficialTerm, Question, Session, Shipped, SourceName
from home.translation.publishing import make_revision
from partners.checklists.services import load_shipped as load_checklists
from partners.models import Rate, YearFigure
from portal import shipped_texts

from .source import ShippedSource, facts, fixed_id, pages, rows, snippets

SOURCE_LANGUAGE = settings.LANGUAGE_CODE


class Report:
    """What was done with each page and snippet."""

    def __init__(self):
        self.created: list[str] = []
        self.updated: list[str] = []
        self.kept: list[str] = []
        # Not published: texts that were not translated, or whose translation has an error.
        self.incomplete: list[str] = []


def load() -> Report:
    """Load numbers, snippets, pages and translations.

    Each page has a transaction of its own: a translation is published when it commits, and publishing a parent later
    than its children were added would write its old number of children.
    """
    report = Report()
    load_facts()
    load_terms()
    load_checklists()
    locales = {code: Locale.objects.get_or_create(language_code=code)[0] for code, _name in settings.LANGUAGES}
    source_locale = locales[SOURCE_LANGUAGE]
    sources = pages()
    for source in sources:
        make_page(source, source_locale)
    shipped = [*snippets(), *sources]
    loaded = {source.name: load_source(source, source_locale, report) for source in shipped}
    point_site_at(loaded["home"])
    for language, locale in locales.items():
        if language != SOURCE_LANGUAGE:
            for source in shipped:
                load_translation(source, loaded[source.name], locale, report)
    for language in locales:
        carry(language)
    return report


@transaction.atomic
def load_facts() -> None:
    """The numbers of facts.csv that are not there yet; an edited one stays."""
    years: dict[int, dict] = {}
    for fact in facts():
        source = {"source": fact.source, "source_date": fact.source_date}
        match fact.key.split("."):
            case ["rate", code]:
                defaults = {"amount": fact.value, **source}
                Rate.objects.get_or_create(code=code, valid_from=fact.valid_from, defaults=defaults)
            case ["year", year, name]:
                years.setdefault(int(year), source)[name] = int(fact.value)
            case [key]:
                Fact.objects.get_or_create(key=key, defaults={"value": fact.value, **source})
    for year, values in years.items():
        YearFigure.objects.get_or_create(year=year, defaults=values)


def load_terms() -> None:
    """The official terms, and what sources are called; what was edited stays."""
    shipped_texts.load(OfficialTerm(key=slugify(row["nl"].partition(";")[0]), **row) for row in rows("terms.csv"))
    for row in rows("sources.csv"):
        SourceName.objects.get_or_create(source=row.pop("source"), defaults=row)


@transaction.atomic
def make_page(source: ShippedSource, locale: Locale) -> None:
    """An empty page in its place, where there is none yet; `load_source` fills it."""
    if Page.objects.filter(translation_key=source.translation_key, locale=locale).exists():
        return
    model = apps.get_model("home", source.model)
    page = model(translation_key=source.translation_key, locale=locale, live=False, **values_of(source))
    name = source.data.get("parent")
    parent = Page.objects.get(translation_key=fixed_id(name), locale=locale) if name else Page.objects.get(depth=1)
    parent.add_child(instance=page)


@transaction.atomic
def load_source(source: ShippedSource, locale: Locale, report: Report):
    """Write one page or snippet in Dutch. All pages exist by now, so that each can lead to any other."""
    model = apps.get_model("home", source.model)
    found = model.objects.filter(translation_key=source.translation_key, locale=locale).first()
    found = found or model(translation_key=source.translation_key, locale=locale)
    is_new = found.latest_revision_id is None
    if not is_new and not may_write(found, shipped_row(source, locale), source.digest, named(source, locale), report):
        return found
    for field, value in values_of(source).items():
        setattr(found, field, value)
    if source.body:
        found.body = with_links(source.body, locale)
    if found.pk is None:
        found.live = not source.is_draft
        found.save()
    revision = found.save_revision()
    if not source.is_draft:
        revision.publish()
    (report.created if is_new else report.updated).append(named(source, locale))
    remember(source, locale, source.digest, found)
    return found


def values_of(source: ShippedSource) -> dict:
    """Field values; the session of a session's page is a row of its own, which stays as it is once it is there."""
    values = source.fields
    if "session" in values:
        session, _created = Session.objects.get_or_create(uuid=source.translation_key, defaults=values["session"])
        values = {**values, "session": session}
    return values


def with_links(body: list[dict], locale: Locale) -> list[dict]:
    """Ways on name their page and related questions the question; the StreamField keeps ids (of no page: the
    application service)."""

    def id_of(model, name: str | None) -> int | None:
        target = name and model.objects.filter(translation_key=fixed_id(name), locale=locale).first()
        return target.pk if target else None

    for block in body:
        if block["type"] in ("doors", "entrances"):
            for item in block["value"]:
                item["value"] = {**item["value"], "page": id_of(Page, item["value"].get("page"))}
        elif block["type"] == "action":
            block["value"] = {**block["value"], "page": id_of(Page, block["value"].get("page"))}
        elif block["type"] == "questions":
            for item in block["value"]:
                item["value"] = id_of(Question, f"questions/{item['value']}")
    return body


@transaction.atomic
def load_translation(source: ShippedSource, original, locale: Locale, report: Report) -> None:
    language = locale.language_code
    po = source.translation(language)
    if not any(entry.msgstr for entry in po):
        return
    digest = hashlib.sha256(source.digest.encode() + str(po).encode()).hexdigest()
    existing = original.get_translation_or_none(locale)
    if existing and not may_write(existing, shipped_row(source, locale), digest, named(source, locale), report):
        return
    if existing and not is_still_ours(original, shipped_row(source, original.locale)):
        report.kept.append(named(source, locale))
        return
    translation_source, _created = TranslationSource.update_or_create_from_instance(original)
    translation, _created = Translation.objects.get_or_create(source=translation_source, target_locale=locale)
    translation.import_po(po, delete=True)
    if is_whole := not missing_from(translation):
        translation.save_target(publish=not source.is_draft)
    elif existing:
        make_revision(translation, None)
    else:
        translation.save_target(publish=False)
    if not is_whole:
        report.incomplete.append(named(source, locale))
    (report.updated if existing else report.created).append(named(source, locale))
    remember(source, locale, digest, translation.get_target_instance())


def named(source: ShippedSource, locale: Locale) -> str:
    return f"{source.name} ({locale.language_code})"


def shipped_row(source: ShippedSource, locale: Locale) -> Shipped | None:
    return Shipped.objects.filter(translation_key=source.translation_key, language=locale.language_code).first()


def may_write(found, shipped: Shipped | None, digest: str, name: str, report: Report) -> bool:
    """False where nothing changed, or where an editor's revision is the latest (which is reported)."""
    if shipped and shipped.digest == digest:
        return False
    if not is_still_ours(found, shipped):
        report.kept.append(name)
        return False
    return True


def is_still_ours(found, shipped: Shipped | None) -> bool:
    """Whether the latest revision is the one that this loader wrote."""
    return shipped is not None and found.latest_revision_id == shipped.revision_id


def remember(source: ShippedSource, locale: Locale, digest: str, found) -> None:
    found.refresh_from_db()
    Shipped.objects.update_or_create(
        translation_key=source.translation_key,
        language=locale.language_code,
        defaults={"digest": digest, "revision_id": found.latest_revision_id or 0},
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
