import json
import re
from urllib.parse import urlsplit

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.html import conditional_escape, format_html, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Page

from portal.formats import labelled

from .. import notices, previews, site_texts
from ..blocks import BodyBlock
from ..content.source import fixed_id
from ..frame import frame_for, last_frame, last_menu, menu_for
from ..margins import Part, parts_of, sources_left
from ..numbers import TOKEN, Numbers
from .faults import notes

register = template.Library()
# Words that stay as they are in every language, with the language to which they belong.
FOREIGN = {
    "Community Sponsorship": "en",
    "Caritas International": "en",
    "SB Overseas": "en",
    "vzw Thope": "nl",
    "OCMW Gent": "nl",
    "omarmers": "nl",
    "omarmer": "nl",
}
TAG_OR_FOREIGN = re.compile(r"<[^>]*>|\b(?:" + "|".join(map(re.escape, FOREIGN)) + r")\b")


def mark_foreign(html: str, language: str | None = None) -> str:
    """Wrap words of another language, so that a screen reader pronounces them rightly; tags stay as they are."""
    language = language or get_language()

    def mark(match: re.Match) -> str:
        word = match[0]
        return word if FOREIGN.get(word, language) == language else f'<span lang="{FOREIGN[word]}">{word}</span>'

    return TAG_OR_FOREIGN.sub(mark, html)


@register.simple_tag
def shipped_page(name: str) -> str:
    """The address of a shipped page (the name of its file) in the reader’s language; empty where there is none."""
    page = Page.objects.live().filter(translation_key=fixed_id(name), locale__language_code=get_language()).first()
    return page.url_path if page else ""


@register.simple_tag(takes_context=True)
def body_block(context, block) -> SafeString:
    """One block of a page's body. A preview names a block that shows nothing yet; readers never see that note."""
    html = block.render(context.flatten())
    noted = notes(context, block.id) if block.id else SafeString("")
    is_empty = not strip_tags(html).strip() and "<svg" not in html and "<img" not in html
    if is_empty and getattr(context.get("request"), "is_preview", False):
        return format_html('<p class="note">{}</p>', labelled(capfirst(block.block.label), _("nothing to show yet")))
    return html + noted


@register.simple_tag(takes_context=True)
def body_parts(context) -> list[Part]:
    """The body of a page in parts, each with what stands in its margin; `sources_left` for the end of the page."""
    numbers = context["numbers"]
    # Blocks leave their source to it.
    context["has_margin"] = True
    parts = parts_of(context["page"].body, lambda block: body_block(context, block), numbers, context["glossary"])
    context["sources_left"] = sources_left(parts, numbers)
    return parts


@register.filter
def is_amount(title: str) -> bool:
    """Whether a title is one number and nothing else."""
    return bool(TOKEN.fullmatch(str(title)))


@register.simple_tag
def way_of(value, target) -> str:
    """Where a way on leads: to its page as the reader’s language has it, its tool, or the application service."""
    if value["page"]:
        return target.url_path
    return reverse(value["tool"] or "applications:start")


@register.simple_tag(takes_context=True)
def document_made(context, key: str):
    """The file that a way on leads to, where the portal made one and the page has read it."""
    return context.get("documents", {}).get(key)


@register.filter
def kind_of_file(stored) -> str:
    """PDF or ZIP: the end of its name."""
    return stored.name.rpartition(".")[2].upper()


@register.filter
def host_of(address: str) -> str:
    """The site to which an address leads, as people name it."""
    return (urlsplit(address).hostname or "").removeprefix("www.")


@register.simple_tag(takes_context=True)
def preview_of(context, block) -> SafeString:
    """A block as the chooser of blocks shows it, with what a page would have read for it."""
    return block.render({**context.flatten(), **previews.around(block)})


@register.simple_tag
def figures_with(draft) -> Numbers:
    """The figures of all years, with this draft of one in its place."""
    return Numbers({"years.each"}, drafts=[draft])


@register.simple_tag
def arrivals(numbers: Numbers) -> SafeString:
    """The chart and the table of these figures, as pages show them."""
    block = BodyBlock().child_blocks["arrivals"]
    value = block.to_python({"total": _("Arrived"), "caption": capfirst(str(block.label))})
    return block.render(value, context={"numbers": numbers})


@register.filter
def say(text, numbers: Numbers | None) -> SafeString:
    """A text of an editor as it is read: its numbers filled in, words of other languages marked."""
    html = conditional_escape(text)
    if numbers:
        html = numbers.say(html)
    return mark_safe(mark_foreign(html))  # noqa: S308 (escaped above; RichText is cleaned by Wagtail)


@register.filter
def explain(html: SafeString, glossary) -> SafeString:
    """A text that was said, with the first use of each glossary term explained in place."""
    return mark_safe(glossary.explain(html)) if glossary else html  # noqa: S308 (made of safe parts)


@register.filter
def say_plain(text: str, numbers: Numbers | None) -> str:
    """The same for an attribute or a title: numbers only."""
    return numbers.say(str(text)) if numbers else str(text)


@register.filter
def figure(value: int) -> str:
    """A count as the reader's language writes it."""
    return number_format(value, force_grouping=True)


@register.simple_tag(takes_context=True)
def page_frame(context):
    """What stands around every page; a reading page brings its own, the others ask for it, once a page."""
    if "frame" not in context:
        # A preview shows a draft in its place.
        shown = getattr(context.get("request"), "previewed_frame", None)
        context.dicts[0]["frame"] = shown or frame_for(get_language())
    return context["frame"]


@register.simple_tag(takes_context=True)
def last_known_frame(context) -> str:
    """For a page that must not ask the database: what stands around it is taken as it was read last."""
    context.dicts[0]["frame"] = last_frame(get_language())
    context.dicts[0]["site_menu"] = last_menu(get_language())
    return ""


@register.simple_tag(takes_context=True)
def menu_around(context):
    """What leads on from every page; a reading page brings its own, the others ask for it, once a page."""
    if (navigation := context.get("navigation")) and navigation.menu:
        return navigation
    if "site_menu" not in context:
        context.dicts[0]["site_menu"] = menu_for(get_language())
    return context["site_menu"]


@register.simple_tag(takes_context=True)
def site_text(context, key: str) -> str:
    """A text that editors may change (home/site_texts.py), in the reader's language."""
    return site_texts.text(key, page_frame(context))


@register.simple_tag(takes_context=True)
def notice_of_today(context):
    """The notice for the whole site (home/notices.py), or None."""
    return notices.shown_in(page_frame(context))


@register.simple_tag(takes_context=True)
def source_name(context, source: str) -> str:
    """What a source is called in the reader's language; as it was typed, and marked as Dutch, where nobody said so."""
    frame, language = page_frame(context), get_language()
    names = frame.sources if frame and frame.locale.language_code == language else {}
    if name := names.get(source):
        return name
    is_address = "/" in source or " " not in source
    return source if language == "nl" or is_address else format_html('<span lang="nl">{}</span>', source)


@register.filter
def json_ld(data: dict) -> SafeString:
    """A data block for search engines."""
    text = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c").replace(">", "\\u003e")
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308 (no < or > left)


@register.simple_tag
def site_address() -> str:
    """Where the site stands, without a slash at the end."""
    return settings.SITE_URL
