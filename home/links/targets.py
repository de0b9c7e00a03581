"""Whether a link of ours leads somewhere: answered from the database and the table of addresses alone."""

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from urllib.parse import unquote, urljoin, urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.files.storage import default_storage
from django.urls import NoReverseMatch, Resolver404, resolve, reverse
from django.utils.translation import override
from wagtail.contrib.redirects.models import Redirect
from wagtail.coreutils import get_dummy_request
from wagtail.documents import get_document_model
from wagtail.models import Page, Site

from ..models import BrokenLink
from . import walk

Fault = BrokenLink.Fault
LANGUAGES = [code for code, _name in settings.LANGUAGES]
# A redirect that leads to a redirect, and so on.
MOST_STEPS = 5
PAGES, DOCUMENTS = "page", "wagtaildocs_serve"


@dataclass(frozen=True)
class Target:
    """A page, as far as links to it are concerned."""

    key: str
    language: str
    live: bool
    path: str


class Targets:
    """What links can lead to: read once, whatever the number of links."""

    def __init__(self):
        columns = ("pk", "translation_key", "locale__language_code", "live", "url_path")
        rows = Page.objects.filter(depth__gt=1).order_by("pk").values_list(*columns)
        self.pages = {pk: Target(str(key), language, live, path) for pk, key, language, live, path in rows}
        self.by_path = {page.path: (pk, page) for pk, page in self.pages.items()}
        self.by_key: dict[str, dict[str, Target]] = defaultdict(dict)
        for page in self.pages.values():
            self.by_key[page.key][page.language] = page
        self.documents = set(get_document_model().objects.values_list("pk", flat=True))
        self.redirects = {redirect.old_path: redirect for redirect in Redirect.objects.all()}
        self.hosts = {urlsplit(settings.SITE_URL).netloc, *Site.objects.values_list("hostname", flat=True)}
        self.places = cache(places_on)

    def fault(self, link: walk.Link, language: str, base: str = "/") -> Fault | None:
        """What is wrong with a link in a text of this language at this path; None for a good one, or one elsewhere."""
        match link.kind:
            case walk.PAGE:
                return self._page(link.target, language)
            case walk.DOCUMENT:
                return None if _number(link.target) in self.documents else Fault.DOCUMENT
            case walk.TOOL:
                return self._tool(link.target)
        return self._address(link.target, base)

    def name_of(self, link: walk.Link) -> str:
        """Where it leads, as editors know it: an address, or the kind and the id of what is gone."""
        page = self.pages.get(_number(link.target)) if link.kind == walk.PAGE else None
        return page.path if page else link.target if link.kind == walk.ADDRESS else f"{link.kind} {link.target}"

    def _page(self, key: str, language: str) -> Fault | None:
        """A page that was chosen: readers are led to it in their own language."""
        chosen = self.pages.get(_number(key))
        if chosen is None:
            return Fault.GONE
        own = self.by_key[chosen.key].get(language)
        if own and own.live:
            return None
        return Fault.LANGUAGE if chosen.live and chosen.language != language else Fault.OFF

    @staticmethod
    def _tool(name: str) -> Fault | None:
        try:
            reverse(name)
        except NoReverseMatch:
            return Fault.TOOL
        return None

    def _address(self, address: str, base: str, steps: int = 0) -> Fault | None:
        parts = urlsplit(urljoin(settings.SITE_URL + base, address.strip()))
        if parts.scheme not in ("http", "https") or not {parts.netloc, parts.hostname} & self.hosts:
            return None
        path = unquote(parts.path) or "/"
        found = self._path(path if path.endswith("/") or "." in path.rpartition("/")[2] else f"{path}/")
        if found is None:
            return self._place(path, parts.fragment)
        redirect = self.redirects.get(Redirect.normalise_path(f"{path}?{parts.query}" if parts.query else path))
        if redirect is None:
            return found
        return Fault.ADDRESS if steps == MOST_STEPS else self._redirect(redirect, steps + 1)

    def redirect_fault(self, redirect: Redirect) -> Fault | None:
        return self._redirect(redirect, 1)

    def _redirect(self, redirect: Redirect, steps: int) -> Fault | None:
        if redirect.redirect_page_id:
            page = self.pages.get(redirect.redirect_page_id)
            return None if page and page.live else Fault.OFF
        return self._address(redirect.redirect_link, "/", steps)

    def _path(self, path: str) -> Fault | None:
        """What is wrong with a path of ours, redirects aside."""
        if path.startswith(settings.STATIC_URL):
            return None
        if path.startswith(settings.MEDIA_URL):
            return None if default_storage.exists(path.removeprefix(settings.MEDIA_URL)) else Fault.ADDRESS
        language = path.strip("/").partition("/")[0]
        with override(language if language in LANGUAGES else settings.LANGUAGE_CODE):
            try:
                match = resolve(path)
            except Resolver404:
                return Fault.ADDRESS
        if match.view_name == PAGES:
            _pk, page = self.by_path.get(path, (None, None))
            return None if page and page.live else Fault.OFF if page else Fault.ADDRESS
        if match.view_name == DOCUMENTS:
            return None if int(match.kwargs["pk"]) in self.documents else Fault.DOCUMENT
        return None

    def _place(self, path: str, fragment: str) -> Fault | None:
        """A place on one of our pages; what other addresses show is not known here."""
        pk, _page = self.by_path.get(path if path.endswith("/") else f"{path}/", (None, None))
        return Fault.PLACE if fragment and pk and unquote(fragment) not in self.places(pk) else None


def places_on(pk: int) -> set[str]:
    """The ids on a page as readers see it."""
    page = Page.objects.get(pk=pk).specific
    request = get_dummy_request(path=page.url_path)
    request.user, request.session = AnonymousUser(), {}
    with override(page.language):
        response = page.serve(request)
        response.render()
    return set(re.findall(r'\sid="([^"]+)"', response.content.decode()))


def _number(key: str) -> int | None:
    return int(key) if key.isdecimal() else None
