"""A source page and its translations: moved, put in order, taken off the site and deleted together, or not at all."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.actions.move_page import MovePageAction
from wagtail.admin import messages
from wagtail.coreutils import find_available_slug
from wagtail.models import Page
from wagtail.signals import post_page_move
from wagtail_localize.models import TranslationSource

from ..missing import missing_from, translation_into
from . import pairs, publishing

TOGETHER = {"move", "unpublish", "delete"}


def translations_of(page: Page) -> list[Page]:
    """The pages that were translated from this one; of a translation, none."""
    source = TranslationSource.objects.get_for_instance_or_none(page)
    if source is None:
        return []
    found = Page.objects.filter(
        translation_key=page.translation_key, locale__in=source.translations.values("target_locale")
    )
    return list(found.select_related("locale").specific())


def cascade(pages: Iterable[Page], action: str) -> dict[Page, list[Page]]:
    """What Wagtail asks about and does too, for each of the pages."""
    return {
        page: [each for each in translations_of(page) if action != "unpublish" or each.live]
        for page in pages
        if action in TOGETHER
    }


def refuse_delete(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Wagtail asks for permission on the source only."""
    if not all(each.permissions_for_user(request.user).can_delete() for each in translations_of(page)):
        messages.error(
            request, _("A translation of this page is on the site. A publisher can delete it, with this page.")
        )
        return redirect("wagtailadmin_explore", page.get_parent().pk)
    return None


def refuse_unpublish(request: HttpRequest, page: Page) -> None:
    """The same; what is not on the site need not be taken off it."""
    if not all(each.permissions_for_user(request.user).can_unpublish() for each in translations_of(page) if each.live):
        raise PermissionDenied


def move(request: HttpRequest, page: Page, destination: Page) -> HttpResponse | None:
    """Move the page and all its translations, each below the same page of its language.

    Refused in words, with nothing moved, where a translation has nowhere to go. Wagtail would move the source, and
    break off at the first translation without a destination.
    """
    places = {each: destination.get_translation_or_none(each.locale) for each in translations_of(page)}
    if not places:
        return None
    if nowhere := [each for each, place in places.items() if place is None]:
        messages.error(
            request,
            _(
                "“%(destination)s” has no translation into: %(languages)s. Translate it first; "
                "then this page and its translations can be moved there together."
            )
            % {"destination": destination.get_admin_display_title(), "languages": _languages(nowhere)},
        )
        return redirect("wagtailadmin_pages:move", page.pk)
    if taken := [each for each, place in places.items() if find_available_slug(place, each.slug, each.pk) != each.slug]:
        messages.error(
            request,
            _("Another page there has the same slug already, in: %(languages)s. Change one of the two slugs first.")
            % {"languages": _languages(taken)},
        )
        return redirect("wagtailadmin_pages:move", page.pk)
    if request.method != "POST":
        return None
    with transaction.atomic():
        for each, place in {page: destination, **places}.items():
            # Moving one page changes what others know of the tree.
            each, place = (Page.objects.get(pk=found.pk).specific for found in (each, place))
            MovePageAction(each, place, pos="last-child", user=request.user).execute()
    messages.success(
        request,
        ngettext(
            "“%(title)s” and its translation were moved.",
            "“%(title)s” and its %(number)s translations were moved.",
            len(places),
        )
        % {"title": page.get_admin_display_title(), "number": len(places)},
    )
    return redirect("wagtailadmin_explore", destination.pk)


def follow_order(sender, instance: Page, parent_page_before: Page, parent_page_after: Page, **kwargs) -> None:
    """Put the translations of a page that was put elsewhere among its siblings there too (receives post_page_move)."""
    if parent_page_before.pk != parent_page_after.pk:
        return
    siblings = list(parent_page_after.get_children().order_by("path").values_list("translation_key", flat=True))
    before = siblings[: siblings.index(instance.translation_key)]
    for each in translations_of(instance):
        parent = each.get_parent()
        if parent.translation_key != parent_page_after.translation_key:
            continue
        neighbours = {page.translation_key: page for page in parent.get_children()}
        found = [neighbours[key] for key in before if key in neighbours]
        place, position = (found[-1], "right") if found else (parent, "first-child")
        MovePageAction(each.specific, place, pos=position).execute(skip_permission_checks=True)


def bring_back_expired(page: Page) -> None:
    """Publish the translations that expired with this page, now that it is on the site again: those that are whole.

    Dutch and French are left out: whoever publishes one is asked about the other.
    """
    for each in translations_of(page):
        if each.expired and each.locale.language_code != pairs.PAIR.get(page.locale.language_code):
            translation = translation_into(each)
            if translation and not missing_from(translation):
                publishing.publish(translation, None)


def say_what_stays_offline(request: HttpRequest, page: Page) -> None:
    """After a page was published, which of its translations readers do not see (receives after_publish_page)."""
    if not page.live:
        return
    offline = [each for each in translations_of(page) if not each.live]
    if offline:
        buttons = [
            messages.button(reverse("wagtailadmin_pages:edit", args=[each.pk]), each.locale.get_display_name())
            for each in offline
        ]
        said = _("Readers do not see “%(title)s” yet in:") % {"title": page.get_admin_display_title()}
        messages.warning(request, said, buttons=buttons)


def _languages(pages: list[Page]) -> str:
    return ", ".join(page.locale.get_display_name() for page in pages)


def refuse_bulk(request: HttpRequest, action: str, pages, view) -> HttpResponse | None:
    """Wagtail's actions on several pages know nothing of translations."""
    if action not in TOGETHER or view.models != [Page] or not any(map(translations_of, pages)):
        return None
    messages.error(
        request,
        _("Some of these pages have translations. Move, unpublish or delete one by one: each takes its own along."),
    )
    return redirect(view.next_url)


def connect() -> None:
    post_page_move.connect(follow_order)
