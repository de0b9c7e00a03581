"""What all pages share, and the pages that are made of blocks alone."""

import json

from django.conf import settings
from django.db import models
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language_info, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page, PagePermissionTester, PageViewRestriction
from wagtail_localize.fields import SynchronizedField

from partners.checklists.services import valid_on
from partners.partnerships import services as partnerships_services
from portal import clock

from .. import pictures
from ..bands import bands
from ..blocks import BodyField, anchor
from ..blocks.ways import MOST_SESSIONS
from ..foreign import mark
from ..frame import frame_for
from ..glossary import Glossary
from ..map import map_of
from ..missing import MissingText, missing_from, translation_into
from ..navigation import navigation_for
from ..numbers import Numbers, keys_in, keys_in_blocks, known_numbers
from ..open_questions import answers_to, asked_in
from ..shown import coming_sessions, questions_of
from ..structured import structured_data
from .incomplete import IncompleteRevision, PublishedWhole
from .printed import SIZED, made_documents
from .review_panel import ReviewPanel
from .snippets import terms_for

CACHE_SECONDS = 60
LONG_PAGE = 4
# Their styles stand in a file of their own (portal/static/portal/blocks.css): few pages have them.
STYLED_APART = {
    *("checklist", "image", "drawing", "file", "video", "quote", "table", "map"),
    *("chart", "arrivals", "worked", "sessions", "entrances", "questions"),
}


class SitePagePermissions(PagePermissionTester):
    """As Wagtail's, but that who may only change texts (a translator) neither deletes nor copies drafts."""

    def can_delete(self, ignore_bulk=False):
        if not self._may_make_pages():
            return False
        writes_drafts_only = "change" in self.permissions and "publish" not in self.permissions
        if writes_drafts_only and self.page.is_leaf() and not self.user.is_superuser:
            # Wagtail asks the database whether anything below is live, for each row of a list.
            return not self.page.live
        return super().can_delete(ignore_bulk)

    def can_copy(self):
        return self._may_make_pages() and super().can_copy()

    def _may_make_pages(self) -> bool:
        return self.user.is_active and (self.user.is_superuser or "add" in self.permissions)


class SitePage(PublishedWhole, Page):
    """What all our pages share: an introduction, a body, languages, navigation, and one cache policy."""

    intro = models.TextField(
        _("introduction"),
        help_text=_("One or two sentences that stand first, in large letters."),
        validators=[known_numbers],
    )
    body = BodyField(verbose_name=_("body"), blank=True)

    unexplained = models.TextField(
        _("words not explained"),
        blank=True,
        help_text=_("Words of the glossary that this page does not explain, one a line; * for none at all."),
    )

    in_brochure = models.BooleanField(
        _("in the brochure"), default=False, help_text=_("Information and story pages only.")
    )

    content_panels = [*Page.content_panels, FieldPanel("intro"), FieldPanel("body")]
    settings_panels = [
        ReviewPanel(heading=_("Review")),
        *Page.settings_panels,
        FieldPanel("unexplained"),
        FieldPanel("in_brochure"),
    ]
    # Not for translators: each language has its own words.
    override_translatable_fields = [SynchronizedField("unexplained"), SynchronizedField("in_brochure")]
    # Whether readers can have it as PDF.
    is_printable = False
    # Whether its live revision lacks texts, as far as whoever read the page asked (home/models/incomplete.py).
    is_incomplete: bool | None = None
    # A public site: no page is private, so none needs to be asked for its restrictions.
    private_page_options = []
    # schema.org's name for what such a page is.
    kind_of_thing = "WebPage"

    class Meta:
        abstract = True

    def get_view_restrictions(self):
        return PageViewRestriction.objects.none()

    def permissions_for_user(self, user):
        return SitePagePermissions(user, self)

    @property
    def status_string(self):
        """In the list of pages, with how many texts wait for a translation (home/translation/waiting.py counts)."""
        waiting = getattr(self, "waiting_texts", 0) + getattr(self, "waiting_elsewhere", 0)
        if not waiting:
            return super().status_string
        to_translate = ngettext("%(number)s to translate", "%(number)s to translate", waiting) % {"number": waiting}
        return f"{super().status_string}, {to_translate}"

    def serve(self, request, *args, **kwargs):
        """A page is the same for everyone: it sets no cookie, and any cache may keep it for a minute."""
        response = super().serve(request, *args, **kwargs)
        patch_cache_control(response, public=True, max_age=CACHE_SECONDS)
        return response

    def get_context(self, request, *args, **kwargs):
        """Everything that the templates show is read here, none of it by a template."""
        is_preview = getattr(request, "is_preview", False)
        if is_preview:
            pictures.make_for(self)
        pictures.read_renditions(image for image, _shape in pictures.shown_on(self))
        source_language = self.mark_missing(is_draft=is_preview)
        navigation = navigation_for(self, self.named_keys())
        questions = questions_of(self.chosen_questions(), self.locale_id)
        kinds = self.kinds_of_blocks()
        answered_since = self.answered_since(kinds)
        said = [question.answer for question in (*questions.values(), *answered_since.values())]
        terms = terms_for(self, self.raw_body())
        numbers = Numbers(self.number_keys().union(*map(keys_in, (*said, *(term.definition for term in terms)))))
        context = {
            **super().get_context(request, *args, **kwargs),
            "navigation": navigation,
            "targets": navigation.by_key,
            "alternates": self.alternates(),
            "numbers": numbers,
            "glossary": Glossary(terms, numbers),
            "contents": self.contents(),
            "missing_stands_in": source_language,
            "questions": questions,
            "coming_sessions": coming_sessions(self.locale_id, MOST_SESSIONS) if "sessions" in kinds else [],
            "map": map_of(partnerships_services.public_parties()) if "map" in kinds else None,
            "frame": frame_for(self.language),
            "checklists": valid_on(clock.today()) if "checklist" in kinds else {},
            "documents": made_documents(self.named_documents(), self.language),
            "answered_since": answered_since,
            "needs_block_styles": bool(kinds & STYLED_APART or answered_since) or "<embed" in self.raw_body(),
        }
        context["structured_data"] = structured_data(self, context)
        return context

    def mark_missing(self, *, is_draft: bool) -> str:
        """Mark in the body what is not translated yet; the name of the language in which it stands, or nothing.

        A draft lacks what its translators have not translated by now.
        """
        missing, language = self._missing_in_draft() if is_draft else self.missing_on_the_site()
        is_marked = missing and mark(self.body, missing, language)
        return get_language_info(language)["name_translated"] if is_marked else ""

    def _missing_in_draft(self) -> tuple[list[MissingText], str]:
        translation = translation_into(self)
        return (missing_from(translation), translation.source.locale.language_code) if translation else ([], "")

    def missing_on_the_site(self) -> tuple[list[MissingText], str]:
        """What the published page lacks, and the language in which that stands."""
        if self.is_incomplete is False:
            return [], ""
        found = IncompleteRevision.objects.filter(pk=self.live_revision_id).first()
        return (found.texts, found.language) if found else ([], "")

    @property
    def language(self) -> str:
        """The first part of a page's path is its language."""
        return self.url_path.strip("/").partition("/")[0]

    @property
    def public_url(self) -> str:
        """The address with host: a page's path is its address."""
        return settings.SITE_URL + self.url_path

    def raw_body(self) -> str:
        return json.dumps(list(self.body.raw_data), default=str, ensure_ascii=False)

    def kinds_of_blocks(self) -> set[str]:
        return {block["type"] for block in self.body.raw_data}

    @property
    def has_sample(self) -> bool:
        """Whether it has a text to take over, which readers can have as a document to fill in."""
        return self.is_printable and bool({"sample", "checklist"} & self.kinds_of_blocks())

    def number_keys(self) -> set[str]:
        """The keys of all numbers on this page."""
        return keys_in(self.intro) | keys_in_blocks(self.body.raw_data)

    def named_keys(self) -> set:
        """Translation keys of the pages to which this page's doors lead."""
        lists = [block.value for block in self.body if block.block_type in ("doors", "entrances")]
        ways = [way for ways in lists for way in ways]
        ways += [block.value for block in self.body if block.block_type == "action"]
        return {way["page"].translation_key for way in ways if way["page"]}

    def named_documents(self) -> set[str]:
        """The documents made by the portal to which it leads, and of which it says the size."""
        ways = [way for block in self.body if block.block_type == "doors" for way in block.value]
        ways += [block.value for block in self.body if block.block_type == "action"]
        return {way["tool"] for way in ways} & set(SIZED)

    def chosen_questions(self) -> set:
        """Translation keys of the questions that stand on it."""
        chosen = [question for block in self.body if block.block_type == "questions" for question in block.value]
        return {question.translation_key for question in chosen if question}

    def answered_since(self, kinds: set[str]) -> dict:
        """The answers to what this page asks Fedasil, by the words of the question (home/open_questions.py)."""
        asked = asked_in(self.body) if "marked" in kinds else []
        return answers_to(asked, self.locale_id) if asked else {}

    def contents(self) -> list[tuple[str, str]]:
        """Headings with their anchors, where the page is long enough to want them."""
        headings = [block.value for block in self.body if block.block_type == "heading"]
        return [(anchor(heading), heading) for heading in headings] if len(headings) >= LONG_PAGE else []

    def alternates(self) -> list[dict]:
        """This page in each language: code, name, address (None where it is not translated yet)."""
        urls = {
            page.locale.language_code: settings.SITE_URL + page.url_path
            for page in self.get_translations(inclusive=True)
            .live()
            .select_related("locale")
            .only("url_path", "locale__language_code")
        }
        return [
            {
                "code": code,
                "name": name,
                "url": urls.get(code),
                "ask": f"/{code}/not-translated/{self.translation_key}/",
                "current": code == self.language,
            }
            for code, name in settings.LANGUAGES
        ]


class HomePage(SitePage):
    """The first page of a language."""

    parent_page_types = ["wagtailcore.Page"]
    template = "home/home_page.html"

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        return {**context, "bands": bands(self.body)}

    class Meta:
        verbose_name = _("home page")


class InformationPage(SitePage):
    """A page that explains one thing."""

    parent_page_types = ["home.HomePage", "home.InformationPage"]
    template = "home/information_page.html"
    is_printable = True

    class Meta:
        verbose_name = _("information page")


class StoryPage(SitePage):
    """A page that tells what happened somewhere."""

    parent_page_types = ["home.HomePage", "home.InformationPage", "home.StoryPage"]
    subpage_types = ["home.StoryPage", "home.InformationPage"]
    template = "home/story_page.html"
    is_printable = True
    kind_of_thing = "Article"

    def get_context(self, request, *args, **kwargs):
        return {**super().get_context(request, *args, **kwargs), "needs_block_styles": True}

    class Meta:
        verbose_name = _("story page")
