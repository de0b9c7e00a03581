"""Share images: a page's title above a drawing of its subject, 1200 by 630 pixels.

Made by the worker when a page is published (home/share_tasks.py), never while someone waits: until it is there, whoever
asks gets the picture that all pages share.
"""

import hashlib
from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import translation
from wagtail.models import Page

from portal.documents.pdf import pdf, printed_html, static_text
from portal.slow_work import outside_transactions

from .frame import frame_for
from .models import HomePage

TEMPLATE, SHEET = "print/share.html", "portal/share.css"
# For every page without a drawing of its own or of its section.
STREET = "path"
# A PDF counts in points, of which 72 are an inch; the sheet counts in pixels, of which 96 are.
SCALE = 96 / 72
LONG_TITLE = 40


def drawing_of(page: Page) -> str:
    """The first drawing on the page, or else on the nearest page above it but the first page: that is the street's."""
    for each in (page.specific, *(above.specific for above in page.get_ancestors().live().order_by("-depth"))):
        if isinstance(each, HomePage):
            break
        for block in getattr(each, "body", ()):
            if block.block_type == "drawing" and block.value:
                return block.value
    return STREET


def html_of(page: Page) -> str:
    """What is drawn: the same HTML is the same picture."""
    language = page.locale.language_code
    drawing = drawing_of(page)
    context = {
        "title": page.title,
        "drawing": f"home/drawings/{drawing}.svg",
        "is_street": drawing == STREET,
        "is_long": len(page.title) > LONG_TITLE,
        "frame": frame_for(language),
    }
    with translation.override(language):
        return printed_html(TEMPLATE, context, language)


def name_of(page: Page) -> str:
    """Where its picture lies. The title, the drawing and the style are in the name: a changed page has a new one."""
    digest = hashlib.sha256((html_of(page) + static_text(SHEET)).encode()).hexdigest()[:12]
    return f"{folder_of(page)}/{digest}.png"


def folder_of(page: Page) -> str:
    return f"share/{page.locale.language_code}/{page.translation_key}"


def make(page: Page) -> bool:
    """Draw and keep the picture, in the place of what was there; whether there was something to draw."""
    name = name_of(page)
    if default_storage.exists(name):
        return False
    content = picture(page)
    forget(page)
    default_storage.save(name, ContentFile(content))
    return True


def kept(page: Page) -> str | None:
    """Where the picture of this page lies, if there is one: a reader's request draws nothing."""
    return next(iter(_names(page)), None)


def forget(page: Page) -> None:
    """Delete its pictures."""
    for name in _names(page):
        default_storage.delete(name)


def _names(page: Page) -> list[str]:
    folder = folder_of(page)
    try:
        _folders, names = default_storage.listdir(folder)
    except FileNotFoundError:
        return []
    return [f"{folder}/{name}" for name in names]


@outside_transactions
def picture(page: Page) -> bytes:
    """PNG bytes."""
    # Needs a library of its own, as the PDF does.
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf(html_of(page), SHEET))
    image = document[0].render(scale=SCALE).to_pil().convert("P", palette=1, colors=128)
    buffer = BytesIO()
    image.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()
