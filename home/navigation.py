"""Where a page stands: menu, way back, neighbours. One query, however many pages there are."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import F, Q
from wagtail.models import Page

HOME_DEPTH = 2
SECTION_DEPTH = 3
# Some columns only, so that 500 pages cost no more than their rows.
COLUMNS = ("path", "depth", "title", "slug", "url_path", "show_in_menus", "translation_key", "locale_id", "numchild")


@dataclass
class Navigation:
    """`menu` the sections, `trail` from the home page to the parent, `section` the pages of this section in order."""

    home: Page | None
    menu: list[Page] = field(default_factory=list)
    trail: list[Page] = field(default_factory=list)
    section: list[Page] = field(default_factory=list)
    children: list[Page] = field(default_factory=list)
    footer: list[Page] = field(default_factory=list)
    previous: Page | None = None
    next: Page | None = None
    by_key: dict = field(default_factory=dict)

    def take_sections(self, pages: list[Page]) -> None:
        """Menu and footer, from the pages right below the first one."""
        sections = [found for found in pages if found.depth == SECTION_DEPTH]
        self.menu = [found for found in sections if found.show_in_menus]
        self.footer = [found for found in sections if not found.show_in_menus]
        self.by_key = {found.translation_key: found for found in pages}


def menu_in(language: str) -> Navigation:
    """What leads on from any page of a language."""
    around = Navigation(home=None)
    pages = Page.objects.live().filter(depth=SECTION_DEPTH, locale__language_code=language)
    around.take_sections(list(pages.order_by("path").only(*COLUMNS)))
    return around


def navigation_for(page: Page, keys=()) -> Navigation:
    """The surroundings of a page; `keys` are translation keys of further pages that it names."""
    step, path = Page.steplen, page.path
    home_path = path[: HOME_DEPTH * step]
    section_path = path[: SECTION_DEPTH * step]
    wanted = Q(depth__lte=SECTION_DEPTH) | Q(translation_key__in=keys)
    if page.depth >= SECTION_DEPTH:
        wanted |= Q(path__startswith=section_path, depth=SECTION_DEPTH + 1)
        wanted |= Q(path__in=[path[:length] for length in range(len(home_path), len(path), step)])
        wanted |= Q(path__startswith=path, depth=page.depth + 1)
    found_pages = Page.objects.live().filter(wanted, path__startswith=home_path).order_by("path")
    pages = list(found_pages.annotate(date=F("newspage__date")).only(*COLUMNS))
    by_path = {found.path: found for found in pages}
    around = Navigation(home=by_path.get(home_path, page))
    around.take_sections(pages)
    around.trail = [
        by_path[path[:length]] for length in range(len(home_path), len(path), step) if path[:length] in by_path
    ]
    around.section = [
        found
        for found in pages
        if found.path == section_path or found.depth == SECTION_DEPTH + 1 and found.path.startswith(section_path)
    ]
    # News newest first, as in its list; the section itself and all else has no date and keeps its place.
    around.section.sort(key=lambda found: -found.date.toordinal() if found.date else -date.max.toordinal())
    around.children = [found for found in pages if found.depth == page.depth + 1 and found.path.startswith(path)]
    places = [found.pk for found in around.section]
    if page.pk in places:
        place = places.index(page.pk)
        around.previous = around.section[place - 1] if place else None
        around.next = around.section[place + 1] if place + 1 < len(places) else None
    return around
