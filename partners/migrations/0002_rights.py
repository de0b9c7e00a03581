from django.db import migrations

from portal.groups import give, permission
from portal.permissions import ADMINISTRATORS


def give_rights(apps, schema_editor):
    give(apps, ADMINISTRATORS, *[permission(apps, "partners", "rate", f"{verb}_rate") for verb in ("add", "view")])


class Migration(migrations.Migration):
    dependencies = [("partners", "0001_initial"), ("portal", "0003_groups")]
    operations = [migrations.RunPython(give_rights, migrations.RunPython.noop)]
