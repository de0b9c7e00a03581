"""The list of pages: which of them can still be translated, asked of the database once for all of them."""

from collections.abc import Iterator

from django.db.models import F, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.widgets.button import ListingButton
from wagtail.models import Locale, Page
from wagtail_localize import wagtail_hooks as localize

from .waiting import number_of, with_waiting

HOOK = "register_page_listing_more_buttons"
MAY_TRANSLATE = "wagtail_localize.submit_translation"


def with_counts(parent_page: Page, pages: QuerySet, request) -> QuerySet:
    """The pages with what their rows show of translations (receives construct_explorer_page_queryset)."""
    languages = Page.objects.filter(translation_key=OuterRef("translation_key"), alias_of=None)
    return with_waiting(pages).annotate(
        languages=number_of(languages.order_by().values("translation_key")),
        all_languages=number_of(Locale.objects.order_by().annotate(one=F("pk") * 0).values("one")),
    )


def buttons(page: Page, user, view_name=None, next_url=None) -> Iterator[ListingButton]:
    """*Translate this page*, while there is a language that lacks it. Its translations follow it by themselves."""
    if getattr(page, "languages", 0) < getattr(page, "all_languages", 0) and user.has_perm(MAY_TRANSLATE):
        url = reverse("wagtail_localize:submit_page_translation", args=[page.alias_of_id or page.pk])
        yield ListingButton(_("Translate this page"), url, priority=60, icon_name="wagtail-localize-language")


def take_place_of_localize() -> None:
    """wagtail-localize offers the same, with three queries for each page."""
    # Wagtail has no public way to take a hook back.
    registered = hooks._hooks  # noqa: SLF001
    registered[HOOK] = [each for each in registered[HOOK] if each[0] is not localize.page_listing_more_buttons]
    hooks.register(HOOK, buttons)
