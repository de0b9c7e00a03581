"""How the reading pages, and what machines read of them, are found."""

import csv
from io import StringIO
from pathlib import PurePosixPath

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, cache_page
from django.views.decorators.http import require_safe
from wagtail import hooks
from wagtail.documents import get_document_model
from wagtail.models import Page

from partners.models import YearFigure
from portal.documents.download import as_download
from portal.documents.pdf import static_path
from portal.text import clean_name

from . import empty_searches, pictures, share
from .frame import frame_for
from .models.incomplete import is_incomplete
from .models.pages import CACHE_SECONDS
from .navigation import Navigation
from .search.excerpts import excerpt, numbers_of
from .search.ranking import Found, find

LONGEST_QUERY = 200
# An image that changes has another address.
IMAGE_SECONDS = 7 * 24 * 3600
SHARE_SECONDS = 24 * 3600
NOT_INDEXED = ("account", "applications", "interest", "organisations", "sessions", "start")
kept = cache_page(CACHE_SECONDS, cache="pages")


@require_safe
@kept
def serve(request, path):
    """A reading page by its address: two queries, whatever the depth. Wagtail's own way takes eight to ten."""
    found = get_object_or_404(
        Page.objects.live().annotate(is_incomplete=is_incomplete()), url_path=f"/{get_language()}/{path}"
    )
    page = found.specific
    page.is_incomplete = found.is_incomplete
    for check in hooks.get_hooks("before_serve_page"):
        if response := check(page, request, [], {}):
            return response
    return page.serve(request)


@require_safe
@cache_control(public=True, max_age=CACHE_SECONDS)
def not_translated(request, key):
    """A page that this language does not have yet: says so, and offers the languages that do."""
    pages = list(Page.objects.live().filter(translation_key=key).select_related("locale"))
    if not pages:
        raise Http404
    names = dict(settings.LANGUAGES)
    for page in pages:
        if page.locale.language_code == get_language():
            return redirect(page.url_path)
    homes = Page.objects.live().filter(depth=2, slug=get_language())
    context = {
        "pages": [(page, names[page.locale.language_code]) for page in pages],
        "navigation": Navigation(home=homes.first()),
        "frame": frame_for(get_language()),
    }
    return render(request, "home/not_translated.html", context)


@require_safe
@kept
def sitemap(request):
    """All pages in all languages, each with its translations."""
    pages = Page.objects.live().filter(depth__gt=1).order_by("path").select_related("locale")
    rows = list(pages.only("url_path", "translation_key", "last_published_at", "locale__language_code"))
    languages: dict = {}
    for row in rows:
        languages.setdefault(row.translation_key, []).append(
            (row.locale.language_code, settings.SITE_URL + row.url_path)
        )
    context = {
        "rows": [
            (settings.SITE_URL + row.url_path, row.last_published_at, languages[row.translation_key]) for row in rows
        ]
    }
    return render(request, "home/sitemap.xml", context, content_type="application/xml")


@require_safe
@cache_control(public=True, max_age=3600)
def robots(request):
    """Everything may be read but the desk and the application service, which are nobody's to index."""
    lines = ["User-agent: *", f"Disallow: /{settings.ADMIN_PATH}"]
    for code, _name in settings.LANGUAGES:
        lines += [f"Disallow: /{code}/{part}/" for part in NOT_INDEXED]
    lines += ["", f"Sitemap: {settings.SITE_URL}/sitemap.xml", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def share_image(request, language, key):
    """The picture that goes with a page where its address is shared; until it is made, the one of all pages."""
    page = get_object_or_404(Page.objects.live(), translation_key=key, locale__language_code=language)
    name = share.kept(page)
    file = default_storage.open(name) if name else static_path("portal/share.png").open("rb")
    response = FileResponse(file, content_type="image/png")
    patch_cache_control(response, public=True, max_age=SHARE_SECONDS if name else CACHE_SECONDS)
    return response


@require_safe
@cache_control(public=True, max_age=CACHE_SECONDS)
def search(request):
    """All that readers can find in the page's language; the words stand in the address."""
    language = get_language()
    query = clean_name(request.GET.get("q", ""))[:LONGEST_QUERY]
    found = find(language, query) if query else Found()
    if query and not found.entries:
        empty_searches.note(language, query)
    numbers = numbers_of(found)
    for entry in found.entries:
        entry.excerpt = excerpt(entry, found, numbers)
    context = {"query": query, "found": found.entries, "nearest": found.nearest, "numbers": numbers}
    return render(request, "home/search.html", context)


@require_safe
def image(request, name):
    """An image as pages show it. What editors uploaded, as it came, is for nobody else."""
    path = PurePosixPath(name)
    kind = pictures.TYPES.get(path.suffix)
    if not kind or ".." in path.parts or not default_storage.exists(f"images/{name}"):
        raise Http404
    response = FileResponse(default_storage.open(f"images/{name}"), content_type=kind)
    response["Cache-Control"] = f"public, max-age={IMAGE_SECONDS}"
    return response


@require_safe
def document(request, pk, name):
    """A file that editors offer; of a collection that a superuser closed, none."""
    found = get_object_or_404(get_document_model(), pk=pk)
    if found.filename != name or found.collection.get_view_restrictions():
        raise Http404
    is_shown = found.content_disposition == "inline"
    return FileResponse(
        found.file.open(), as_attachment=not is_shown, filename=found.filename, content_type=found.content_type
    )


@require_safe
@kept
def figures_csv(request):
    """Pledges and arrivals by year with their sources, as spreadsheets read it: byte order mark, semicolons."""
    content = StringIO()
    content.write("\ufeff")
    table = csv.writer(content, delimiter=";")
    table.writerow([_("Year"), _("Pledged"), _("Arrived"), _("Source"), _("Date of the source")])
    frame = frame_for(get_language())
    names = frame.sources if frame else {}
    for row in YearFigure.objects.filter(live=True).order_by("year"):
        table.writerow(
            [row.year, row.pledged, row.arrived, names.get(row.source, row.source), row.source_date.isoformat()]
        )
    return as_download(content.getvalue(), _("resettlement-by-year"), "csv")


@require_safe
def components(request):
    """Development only: the pieces of the design on one page."""
    return render(request, "home/components.html", {"navigation": None})
