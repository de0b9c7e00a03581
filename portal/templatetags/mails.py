"""What makes the text and the page of a mail out of one template (portal/mail/rendering.py)."""

import re

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
CODE = " " * 4


@register.simple_tag(takes_context=True)
def button(context, label: str, address: str) -> str:
    """The main link, in a paragraph of its own: a button with this label, or in the text the address alone."""
    address = address if "://" in address else settings.SITE_URL + address
    if not context["as_page"]:
        return mark_safe(address)  # noqa: S308 (the text has no markup)
    return format_html('<p class="button"><a href="{}">{}</a></p>', address, label)


@register.filter
def one_line(text: str) -> SafeString:
    return mark_safe(" ".join(text.split()))  # noqa: S308 (escaped when it was rendered)


@register.filter
def paragraphs(text: str) -> SafeString:
    """The body of a mail as HTML: empty lines part paragraphs, four spaces begin a code."""
    blocks = [block for block in re.split(r"\n\s*\n", text.strip("\n")) if block.strip()]
    return mark_safe("\n".join(map(_paragraph, blocks)))  # noqa: S308 (escaped when it was rendered)


def _paragraph(block: str) -> str:
    # What people typed is escaped by now: what begins with a tag is ours.
    if block.lstrip().startswith("<p"):
        return block.strip()
    kind = ' class="code"' if block.startswith(CODE) else ""
    return f"<p{kind}>{'<br>'.join(line.strip() for line in block.strip().splitlines())}</p>"
