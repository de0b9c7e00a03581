"""Fedasil's groups, with the least rights that each needs. Officers' and deciders' rights stand in each room's rules."""

from django.db import migrations

from portal.groups import give, permission
from portal.permissions import ADMINISTRATORS, EDITORS, FEDASIL_GROUPS, PUBLISHERS, TRANSLATORS

PAGE_RIGHTS = {
    EDITORS: ["add_page", "change_page"],
    PUBLISHERS: ["add_page", "change_page", "publish_page", "lock_page", "unlock_page"],
    TRANSLATORS: ["change_page"],
}


def make_groups(apps, schema_editor):
    groups = apps.get_model("auth", "Group").objects
    # Wagtail ships Editors and Moderators with rights of their own choosing.
    groups.filter(name__in=["Moderators", EDITORS]).delete()
    access = permission(apps, "wagtailadmin", "admin", "access_admin", "Can access Wagtail admin")
    for name in FEDASIL_GROUPS:
        give(apps, name, access)
    translate = permission(apps, "wagtail_localize", "translation", "submit_translation", "Can submit translations")
    for name in (EDITORS, PUBLISHERS, TRANSLATORS):
        give(apps, name, translate)
    give(
        apps,
        ADMINISTRATORS,
        *[permission(apps, "portal", "user", f"{verb}_user", f"Can {verb} user") for verb in ("add", "change", "view")],
    )
    root = apps.get_model("wagtailcore", "Page").objects.filter(depth=1).first()
    for name, codenames in PAGE_RIGHTS.items():
        for codename in codenames:
            apps.get_model("wagtailcore", "GroupPagePermission").objects.get_or_create(
                group=groups.get(name=name), page=root, permission=permission(apps, "wagtailcore", "page", codename)
            )
    collections = apps.get_model("wagtailcore", "Collection").objects.filter(depth=1).first()
    for name in (EDITORS, PUBLISHERS):
        for codename in ("add_image", "change_image", "choose_image"):
            apps.get_model("wagtailcore", "GroupCollectionPermission").objects.get_or_create(
                group=groups.get(name=name),
                collection=collections,
                permission=permission(apps, "wagtailimages", "image", codename),
            )


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0002_log_mail_due"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        ("wagtailadmin", "0006_formstate"),
        ("wagtailimages", "0027_image_description"),
        # Later it would give Wagtail's own rights to a group named Editors.
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtail_localize", "0016_rename_page_revision_translationlog_revision"),
    ]
    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
