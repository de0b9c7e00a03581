"""What each of Fedasil's groups may do in Wagtail's admin, in one place.

Permissions on dossiers, which depend on the dossier, are predicates in each room's permissions.py instead.
"""

from dataclasses import dataclass

from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from ..permissions import (
    ADMINISTRATORS,
    CHIEFS,
    DECIDERS,
    EDITORS,
    FINANCE,
    LANGUAGE_TRANSLATORS,
    OFFICERS,
    PLACEMENT,
    PUBLISHERS,
    TRANSLATORS,
)


@dataclass(frozen=True)
class GroupPermissions:
    """`models` are "app.model: verb verb" lines; `pages` and `files` are permissions on the whole tree of each.

    With `languages`, those on pages hold in the trees of these languages only.
    """

    models: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    files: tuple[tuple[str, str], ...] = ()
    languages: tuple[str, ...] = ()

    def names(self) -> set[tuple[str, str]]:
        """(app label, codename) of each permission on models, with that to enter the admin, which all groups have."""
        found = {("wagtailadmin", "access_admin")}
        for line in self.models:
            model, verbs = line.split(": ")
            app_label, name = model.split(".")
            found |= {(app_label, f"{verb}_{name}") for verb in verbs.split()}
        return found


TRANSLATE = ("wagtail_localize.translation: submit",)
WRITE_SNIPPETS = (
    "home.question: add change view",
    "home.term: add change view",
    "home.frame: add change view",
    "home.sitetext: add change view",
    "home.sitenotice: add change view",
)
SEE_FIGURES = (
    "home.fact: view",
    "partners.yearfigure: view",
    "home.sourcename: view",
    "partners.checklisttemplate: view",
)
FIGURES = (
    "home.fact: add change view",
    "partners.yearfigure: add change view",
    "home.sourcename: add change view",
    "partners.checklisttemplate: add change view",
)
PUBLISH_FIGURES = (
    "home.fact: publish",
    "partners.yearfigure: publish",
    "home.sourcename: publish",
    "partners.checklisttemplate: publish",
)
OFFICIAL_TERMS = ("home.officialterm: add change delete view",)
SESSIONS = ("home.session: add change view",)
PUBLISH_SESSIONS = ("home.session: publish",)
LETTERS = ("applications.lettertemplate: change view", "applications.office: add change view")
COUNCIL_TEXTS = ("applications.counciltext: change view",)
# An address that leads on shows only where nothing else stands, so it needs no approval.
REDIRECTS = ("wagtailredirects.redirect: add change",)
SEARCHES = ("home.emptysearch: view", "home.synonym: add change delete view")
# Images and documents for pages: (app label, codename) on all collections.
FILES = tuple(
    (app_label, f"{verb}_{model}")
    for app_label, model in (("wagtailimages", "image"), ("wagtaildocs", "document"))
    for verb in ("add", "change", "choose")
)


def translators_of(*languages: str) -> GroupPermissions:
    """They change the texts of their languages (home/translation/permissions.py), and see the numbers in them."""
    snippets = (
        "home.question: change view",
        "home.term: change view",
        "home.frame: change view",
        "home.sitetext: change view",
        "home.sitenotice: change view",
    )
    return GroupPermissions(models=(*snippets, *SEE_FIGURES), pages=("change_page",), languages=languages)


GROUP_PERMISSIONS = {
    EDITORS: GroupPermissions(
        models=(*WRITE_SNIPPETS, *FIGURES, *SESSIONS, *LETTERS, *TRANSLATE, *OFFICIAL_TERMS, *REDIRECTS, *SEARCHES),
        pages=("add_page", "change_page"),
        files=FILES,
    ),
    PUBLISHERS: GroupPermissions(
        models=(
            *WRITE_SNIPPETS,
            *("home.question: publish", "home.term: publish", "home.frame: publish", "home.sitetext: publish"),
            "home.sitenotice: publish",
            *FIGURES,
            *PUBLISH_FIGURES,
            *SESSIONS,
            *PUBLISH_SESSIONS,
            *LETTERS,
            *COUNCIL_TEXTS,
            *TRANSLATE,
            *OFFICIAL_TERMS,
            *REDIRECTS,
            "wagtailredirects.redirect: delete",
            *SEARCHES,
        ),
        pages=("add_page", "change_page", "publish_page", "lock_page", "unlock_page"),
        files=FILES,
    ),
    TRANSLATORS: translators_of(*LANGUAGE_TRANSLATORS),
    OFFICERS: GroupPermissions(models=(*SESSIONS, *PUBLISH_SESSIONS)),
    DECIDERS: GroupPermissions(),
    ADMINISTRATORS: GroupPermissions(
        models=(
            *FIGURES,
            *PUBLISH_FIGURES,
            *LETTERS,
            *COUNCIL_TEXTS,
            "applications.intake: add change view",
            "applications.criteriaset: add change view",
            "applications.handlingterm: add change view",
        ),
    ),
    # They enter the admin; what they may do there comes with the pages that are made for them.
    CHIEFS: GroupPermissions(),
    FINANCE: GroupPermissions(),
    PLACEMENT: GroupPermissions(),
    **{group: translators_of(language) for language, group in LANGUAGE_TRANSLATORS.items()},
}
# Wagtail ships it with permissions of its own choosing.
SHIPPED_BY_WAGTAIL = "Moderators"


def set_group_permissions() -> None:
    """Give each group exactly what GROUP_PERMISSIONS says, making groups where missing. Safe to run again.

    Permissions in the tree of a language come once it has a first page: run it after the site is loaded.
    """
    Group.objects.filter(name=SHIPPED_BY_WAGTAIL).delete()
    permissions = {
        (permission.content_type.app_label, permission.codename): permission
        for permission in Permission.objects.select_related("content_type")
    }
    collections = [Collection.get_first_root_node()]
    for name, wanted in GROUP_PERMISSIONS.items():
        group, _created = Group.objects.get_or_create(name=name)
        group.permissions.set(permissions[key] for key in wanted.names())
        set_on_trees(
            GroupPagePermission,
            group,
            [permissions["wagtailcore", codename] for codename in wanted.pages],
            page=trees_of(wanted.languages),
        )
        set_on_trees(
            GroupCollectionPermission,
            group,
            [permissions[key] for key in wanted.files],
            collection=collections,
        )


def trees_of(languages: tuple[str, ...]) -> list[Page]:
    """The first page of each of these languages; of none, the root of all pages."""
    if not languages:
        return [Page.get_first_root_node()]
    return list(Page.objects.filter(depth=2, locale__language_code__in=languages))


def set_on_trees(model, group: Group, permissions: list[Permission], **roots: list) -> None:
    """Give the group these permissions on the trees below the roots, and no others anywhere."""
    [(field, places)] = roots.items()
    kept = [
        model.objects.get_or_create(group=group, permission=permission, **{field: place})[0].pk
        for permission in permissions
        for place in places
    ]
    model.objects.filter(group=group).exclude(pk__in=kept).delete()
