"""What migrations use to give Fedasil's groups their rights: a group and a permission by name, made where missing.

Django makes permissions only after all migrations have run, so a migration that gives one has to make it first.
"""


def permission(apps, app_label: str, model: str, codename: str, name: str = ""):
    """The permission, made if Django has not done so yet."""
    content_type, _created = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label=app_label, model=model
    )
    found, _created = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type, codename=codename, defaults={"name": name or codename.replace("_", " ")}
    )
    return found


def give(apps, group_name: str, *permissions) -> None:
    """Add permissions to a group of this name."""
    group, _created = apps.get_model("auth", "Group").objects.get_or_create(name=group_name)
    group.permissions.add(*permissions)
