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
    """`models` are "app.model: verb verb" lines; `pages` and `images` are permissions on the whole tree of each."""

    models: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    images: tuple[str, ...] = ()

    def names(self) -> set[tuple[str, str]]:
        """(app label, codename) of each permission on models, with that to enter the admin, which all groups have."""
        found = {("wagtailadmin", "access_admin")}
        for line in self.models:
            model, verbs = line.split(": ")
            app_label, name = model.split(".")
            found |= {(app_label, f"{verb}_{name}") for verb in verbs.split()}
        return found


TRANSLATE = ("wagtail_localize.translation: submit",)
WRITE_SNIPPETS = ("home.question: add change view", "home.term: add change view", "home.frame: add change view")
FIGURES = ("home.fact: add change view", "partners.yearfigure: add change view")
PUBLISH_FIGURES = ("home.fact: publish", "partners.yearfigure: publish")
SESSIONS = ("home.session: add change view",)
PUBLISH_SESSIONS = ("home.session: publish",)
LETTERS = ("applications.lettertemplate: change view", "applications.office: add change view")
COUNCIL_TEXTS = ("applications.counciltext: change view",)
IMAGES = ("add_image", "change_image", "choose_image")

GROUP_PERMISSIONS = {
    EDITORS: GroupPermissions(
        models=(*WRITE_SNIPPETS, *FIGURES, *SESSIONS, *LETTERS, *TRANSLATE, "home.emptysearch: view"),
        pages=("add_page", "change_page"),
        images=IMAGES,
    ),
    PUBLISHERS: GroupPermissions(
        models=(
            *WRITE_SNIPPETS,
            *("home.question: publish", "home.term: publish", "home.frame: publish"),
            *FIGURES,
            *PUBLISH_FIGURES,
            *SESSIONS,
            *PUBLISH_SESSIONS,
            *LETTERS,
            *COUNCIL_TEXTS,
            *TRANSLATE,
            "home.emptysearch: view",
        ),
        pages=("add_page", "change_page", "publish_page", "lock_page", "unlock_page"),
        images=IMAGES,
    ),
    TRANSLATORS: GroupPermissions(
        models=("home.question: change view", "home.term: change view", "home.frame: change view", *TRANSLATE),
        pages=("change_page",),
    ),
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
    **{group: GroupPermissions() for group in LANGUAGE_TRANSLATORS.values()},
}
# Wagtail ships it with permissions of its own choosing.
SHIPPED_BY_WAGTAIL = "Moderators"


def set_group_permissions() -> None:
    """Give each group exactly what GROUP_PERMISSIONS says, making groups where missing. Safe to run again."""
    Group.objects.filter(name=SHIPPED_BY_WAGTAIL).delete()
    permissions = {
        (permission.content_type.app_label, permission.codename): permission
        for permission in Permission.objects.select_related("content_type")
    }
    pages, collections = Page.get_first_root_node(), Collection.get_first_root_node()
    for name, wanted in GROUP_PERMISSIONS.items():
        group, _created = Group.objects.get_or_create(name=name)
        group.permissions.set(permissions[key] for key in wanted.names())
        set_on_tree(
            GroupPagePermission, group, [permissions["wagtailcore", codename] for codename in wanted.pages], page=pages
        )
        set_on_tree(
            GroupCollectionPermission,
            group,
            [permissions["wagtailimages", codename] for codename in wanted.images],
            collection=collections,
        )


def set_on_tree(model, group: Group, permissions: list[Permission], **root) -> None:
    """Give the group these permissions on the tree below `root`, and no others anywhere."""
    kept = [model.objects.get_or_create(group=group, permission=permission, **root)[0].pk for permission in permissions]
    model.objects.filter(group=group).exclude(pk__in=kept).delete()
