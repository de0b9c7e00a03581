"""Images in the sizes and formats that readers get: made in the background, never while a reader waits.

A page shows the renditions that are there. They are made when it is published or previewed, and when an image in use is
changed (decision 55).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage, Filter
from wagtail.rich_text import RichText
from wagtail.rich_text.rewriters import extract_attrs

from portal.slow_work import outside_transactions

# The whole image, or a wide one cut around its focal point.
WHOLE, WIDE = "whole", "wide"
# In pixels: for a telephone, for the column of text, and for it on a dense screen.
WIDTHS = (480, 960, 1440)
# The best first; every browser, and what makes PDFs, reads the last.
FORMATS = (("image/avif", "avif"), ("image/webp", "webp"))
FALLBACK, FALLBACK_WIDTH = "jpeg", 960
# Of the files in which they lie; editors see PNG too.
TYPES = {".avif": "image/avif", ".webp": "image/webp", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png"}
# As wide as the column of text (portal/static/portal/site.css).
SIZES = "(min-width: 48rem) 45rem, 100vw"


def filters_for(shape: str) -> list[Filter]:
    """All renditions of an image in this shape."""
    wanted = [(width, name) for _type, name in FORMATS for width in WIDTHS]
    return [_filter(shape, width, name) for width, name in (*wanted, (FALLBACK_WIDTH, FALLBACK))]


def _filter(shape: str, width: int, name: str) -> Filter:
    # A portrait is no higher than a screen.
    size = f"fill-{width}x{width * 9 // 16}" if shape == WIDE else f"max-{width}x{width * 3 // 4}"
    return Filter(f"{size}|format-{name}")


@dataclass(frozen=True)
class Picture:
    """What `<picture>` needs: sources by type, and the fallback with its size, so that nothing moves while it loads."""

    sources: tuple[tuple[str, str], ...]
    src: str
    width: int
    height: int

    sizes = SIZES


def picture_of(image: AbstractImage, shape: str = WHOLE) -> Picture | None:
    """The picture from the renditions that are there; None while the fallback is not."""
    found = {each.spec: rendition for each, rendition in image.find_existing_renditions(*filters_for(shape)).items()}
    fallback = found.get(_filter(shape, FALLBACK_WIDTH, FALLBACK).spec)
    if not fallback:
        return None
    sources = []
    for kind, name in FORMATS:
        # A small image gives the same width several times.
        by_width = {
            rendition.width: rendition.url
            for width in WIDTHS
            if (rendition := found.get(_filter(shape, width, name).spec))
        }
        if by_width:
            sources.append((kind, ", ".join(f"{url} {width}w" for width, url in by_width.items())))
    return Picture(tuple(sources), fallback.url, fallback.width, fallback.height)


# ── Images on a page ──────────────────────────────────────────────────────────────────────────────────────────────────
def shown_on(page) -> list[tuple[AbstractImage, str]]:
    """The images of a page's body, each with its shape."""
    found = [
        (block.value["picture"], block.value["shape"] or WHOLE)
        for block in page.body
        if block.block_type == "image" and block.value["picture"]
    ]
    pks = {pk for block in page.body if isinstance(block.value, RichText) for pk in _images_in(block.value.source)}
    if pks:
        found += [(image, WHOLE) for image in get_image_model().objects.filter(pk__in=pks)]
    return found


def _images_in(html: str) -> set[int]:
    embeds = (extract_attrs(f"<{part}") for part in html.split("<")[1:] if part.startswith("embed "))
    return {int(attrs["id"]) for attrs in embeds if attrs.get("embedtype") == "image" and attrs.get("id", "").isdigit()}


def read_renditions(images: Iterable[AbstractImage]) -> None:
    """Read the renditions of all these images at once."""
    images = list(images)
    if images:
        specs = {each.spec for shape in (WHOLE, WIDE) for each in filters_for(shape)}
        model = get_image_model().get_rendition_model()
        renditions = Prefetch(
            "renditions", model.objects.filter(filter_spec__in=specs), to_attr="prefetched_renditions"
        )
        prefetch_related_objects(images, renditions)


# ── Making ────────────────────────────────────────────────────────────────────────────────────────────────────────────
@outside_transactions
def make(image: AbstractImage, shape: str) -> bool:
    """Make the renditions that are not there yet; whether there were any to make."""
    wanted = filters_for(shape)
    missing = [each for each in wanted if each not in image.find_existing_renditions(*wanted)]
    if missing:
        image.create_renditions(*missing)
    return bool(missing)


def make_for(page) -> None:
    """For a preview: whoever writes sees the image at once."""
    for image, shape in shown_on(page):
        make(image, shape)


# ── HTML, and what stands in for it in previews ───────────────────────────────────────────────────────────────────────
def html_of(picture: Picture, alternative: str, language: str = "") -> SafeString:
    """`<picture>` for a rich text; the block of images has a template of its own."""
    sources = [
        format_html('<source type="{}" srcset="{}" sizes="{}">', kind, srcset, SIZES)
        for kind, srcset in picture.sources
    ]
    spoken = format_html(' lang="{}"', language) if language else ""
    return format_html(
        '<picture class="picture">{}<img src="{}" width="{}" height="{}" alt="{}" loading="lazy"{}></picture>',
        SafeString("".join(sources)),
        picture.src,
        picture.width,
        picture.height,
        alternative,
        spoken,
    )


def sample_file():
    """A document that is not there, for the preview of the block in the chooser."""
    return get_document_model()(pk=0, title="", file="documents/example.pdf", file_size=245_000)
