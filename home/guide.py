"""The guide for those who write, inside the admin: the Markdown of docs/editor, in Dutch and in French.

A name in an address is looked up among the files that are there; it never becomes part of a path.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View
from markdown_it import MarkdownIt
from markdown_it.token import Token
from PIL import Image
from wagtail.admin.menu import MenuItem

from portal.desk.views import RuleRequiredMixin

from .permissions import may_read_guide

FOLDER = settings.BASE_DIR / "docs" / "editor"
LANGUAGES = {code: name for code, name in settings.LANGUAGES if code in ("nl", "fr")}
MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")


@dataclass(frozen=True)
class Heading:
    anchor: str
    text: str


# ── What is there ─────────────────────────────────────────────────────────────────────────────────────────────────────
def chapters(language: str) -> dict[str, Path]:
    """The files of a language by name, in the order of the guide; none in a language that it does not have."""
    return files(f"{language}/*.md") if language in LANGUAGES else {}


def pictures(language: str) -> dict[str, Path]:
    return files(f"pictures/{language}/*.png") if language in LANGUAGES else {}


def files(pattern: str) -> dict[str, Path]:
    return {file.stem: file for file in sorted(FOLDER.glob(pattern))}


def title_of(file: Path) -> str:
    """Its first line."""
    with file.open(encoding="utf-8") as lines:
        return lines.readline().removeprefix("#").strip()


# ── How it is shown ───────────────────────────────────────────────────────────────────────────────────────────────────
def rendered(file: Path, language: str) -> tuple[SafeString, list[Heading]]:
    """The HTML of a chapter, and its headings with their anchors."""
    tokens = MARKDOWN.parse(file.read_text(encoding="utf-8"))
    headings = list(anchored(tokens))
    for token in tokens:
        if token.type == "table_open":
            token.attrSet("class", "listing")
        for inner in token.children or []:
            lead_into_admin(inner, language)
    html = MARKDOWN.renderer.render(tokens, MARKDOWN.options, {})
    return mark_safe(html), headings  # noqa: S308 (our own files, and the renderer escapes HTML)


def anchored(tokens: list[Token]) -> Iterator[Heading]:
    """Give each heading below the title an anchor made of its text."""
    for opening, inside in zip(tokens, tokens[1:], strict=False):
        if opening.type == "heading_open" and opening.tag != "h1":
            anchor = slugify(inside.content)
            opening.attrSet("id", anchor)
            yield Heading(anchor, inside.content)


def lead_into_admin(token: Token, language: str) -> None:
    """Links to other chapters and pictures are paths between files; here they become addresses of the admin."""
    if token.type == "link_open":
        name, _dot, anchor = str(token.attrs["href"]).partition(".md")
        if name in chapters(language):
            token.attrSet("href", reverse("guide_chapter", args=[language, name]) + anchor)
    elif token.type == "image":
        name = Path(str(token.attrs["src"])).stem
        token.attrs["src"] = reverse("guide_picture", args=[language, name])
        # With its size, a picture that comes later does not move the heading to which a link led.
        if file := pictures(language).get(name):
            with Image.open(file) as picture:
                token.attrs |= {"width": picture.width, "height": picture.height}


# ── Pages ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
class GuideMixin(RuleRequiredMixin):
    rule = "home.read_guide"
    page_title = _("Guide")
    header_icon = "help"

    def get_subject(self):
        return None


class FirstChapterView(GuideMixin, View):
    """Leads to the beginning, in French for whoever works in French and in Dutch for all others."""

    http_method_names = ["get"]

    def get(self, request):
        own = get_language()[:2]
        language = own if own in LANGUAGES else "nl"
        return redirect("guide_chapter", language, next(iter(chapters(language))))


class ChapterView(GuideMixin, TemplateView):
    http_method_names = ["get"]
    template_name = "home/guide.html"

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse("guide"), "label": self.get_page_title()},
            {"url": "", "label": self.page_subtitle},
        ]

    def get_context_data(self, **kwargs):
        language, name = self.kwargs["language"], self.kwargs["name"]
        found = chapters(language)
        if name not in found:
            raise Http404
        self.page_subtitle = title_of(found[name])
        html, headings = rendered(found[name], language)
        names = list(found)
        following = names[names.index(name) + 1 :][:1]
        return super().get_context_data(
            **kwargs,
            html=html,
            headings=headings,
            chapters=[(each, title_of(file)) for each, file in found.items()],
            following=[(each, title_of(found[each])) for each in following],
            # The same chapter in the other languages.
            others=[(code, label) for code, label in LANGUAGES.items() if code != language and name in chapters(code)],
        )


class PictureView(GuideMixin, View):
    http_method_names = ["get"]

    def get(self, request, language, name):
        found = pictures(language)
        if name not in found:
            raise Http404
        return FileResponse(found[name].open("rb"), content_type="image/png")


URLS = [
    path("guide/", FirstChapterView.as_view(), name="guide"),
    path("guide/pictures/<str:language>/<str:name>.png", PictureView.as_view(), name="guide_picture"),
    path("guide/<str:language>/<str:name>/", ChapterView.as_view(), name="guide_chapter"),
]


class GuideMenuItem(MenuItem):
    def is_shown(self, request):
        return may_read_guide(request.user)


def menu_item() -> MenuItem:
    return GuideMenuItem(_("Guide"), reverse("guide"), name="guide", icon_name="help", order=100)
