from django.db import migrations

from portal.groups import give, permission
from portal.permissions import ADMINISTRATORS


def give_rights(apps, schema_editor):
    for verb in ("add", "change", "view"):
        give(apps, ADMINISTRATORS, permission(apps, "applications", "intake", f"{verb}_intake"))


class Migration(migrations.Migration):
    dependencies = [("applications", "0005_intake"), ("portal", "0003_groups")]
    operations = [migrations.RunPython(give_rights, migrations.RunPython.noop)]
