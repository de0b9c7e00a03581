"""PDF in the site's look: tagged, with title and language (PDF/UA-1), by WeasyPrint. Fetches nothing from outside."""

import logging
import re
from functools import cache
from pathlib import Path
from urllib.parse import unquote

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.files.storage import default_storage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils._os import safe_join

from ..slow_work import outside_transactions

SVG_OPENS = re.compile(r'<svg\b(?:[^>]*?\baria-label="([^"]*)")?[^>]*>')
# WeasyPrint asks for every file by an address; ours are our own static files and images of pages, and nothing else.
STATIC, IMAGES = "static://site/", "images/"

# It tells of each rule of a stylesheet that means nothing in print.
logging.getLogger("weasyprint").setLevel(logging.ERROR)
logging.getLogger("fontTools").setLevel(logging.ERROR)


def printed_html(template: str, context: dict, language: str) -> str:
    """The page to be printed, from templates/<template>, in `language`."""
    with translation.override(language):
        return render_to_string(template, {**context, "language": language})


@outside_transactions
def pdf(html: str, sheet: str = "portal/print.css") -> bytes:
    """A PDF of this page in the style of this sheet; its language and title are those of the page."""
    # Needs system libraries: only what makes PDFs asks for them.
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    drawn = SVG_OPENS.sub(drawing_opens, html)
    document = HTML(string=drawn, base_url=STATIC, url_fetcher=own_files())
    fonts = FontConfiguration()
    style = CSS(string=static_text(sheet), base_url=STATIC, url_fetcher=own_files(), font_config=fonts)
    return document.write_pdf(stylesheets=[style], font_config=fonts, pdf_variant="pdf/ua-1")


def drawing_opens(match: re.Match) -> str:
    """How a drawing begins on paper.

    It takes no style from the page around it: it carries its own. WeasyPrint reads its other text from a `title` alone.
    """
    title = f"<title>{match[1]}</title>" if match[1] else ""
    return f"{match[0]}{title}<style>{static_text('portal/print-drawings.css')}</style>"


def static_path(name: str) -> Path:
    """Where a static file lies, collected or not."""
    if settings.STATIC_ROOT and (collected := Path(safe_join(settings.STATIC_ROOT, name))).is_file():
        return collected
    found = finders.find(name)
    if not found:
        raise FileNotFoundError(name)
    return Path(found)


@cache
def static_text(name: str) -> str:
    return static_path(name).read_text(encoding="utf-8")


@cache
def own_files():
    """What WeasyPrint fetches with: our static files and images of pages, ValueError for anything else."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OwnFiles(URLFetcher):
        def fetch(self, url, headers=None):
            if url.startswith(settings.MEDIA_URL + IMAGES) and ".." not in url:
                name = unquote(url.removeprefix(settings.MEDIA_URL + IMAGES))
                return URLFetcherResponse(url, default_storage.open(IMAGES + name).read())
            if not url.startswith(STATIC):
                raise ValueError(f"Not a file of ours: {url[:80]}")
            return URLFetcherResponse(url, static_path(url.removeprefix(STATIC)).read_bytes())

    return OwnFiles()
