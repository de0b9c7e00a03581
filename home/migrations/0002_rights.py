from django.db import migrations

from portal.groups import give, permission
from portal.permissions import ADMINISTRATORS, EDITORS, PUBLISHERS, TRANSLATORS


def give_rights(apps, schema_editor):
    for model in ("question", "term", "frame"):
        write = [permission(apps, "home", model, f"{verb}_{model}") for verb in ("add", "change", "view")]
        give(apps, EDITORS, *write)
        give(apps, PUBLISHERS, *write, permission(apps, "home", model, f"publish_{model}"))
        give(apps, TRANSLATORS, *write[1:])
    for app, model in (("home", "fact"), ("partners", "yearfigure")):
        for group in (PUBLISHERS, ADMINISTRATORS):
            give(apps, group, *[permission(apps, app, model, f"{verb}_{model}") for verb in ("add", "change", "view")])


class Migration(migrations.Migration):
    dependencies = [("home", "0001_initial"), ("partners", "0003_yearfigure"), ("portal", "0003_groups")]
    operations = [migrations.RunPython(give_rights, migrations.RunPython.noop)]
