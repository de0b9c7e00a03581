from django.db import migrations

from portal.groups import give, permission
from portal.permissions import ADMINISTRATORS


def give_rights(apps, schema_editor):
    for model in ("reviewrule", "decisionpower"):
        for verb in ("add", "change", "view"):
            give(apps, ADMINISTRATORS, permission(apps, "applications", model, f"{verb}_{model}"))


class Migration(migrations.Migration):
    dependencies = [("applications", "0001_initial"), ("portal", "0003_groups")]
    operations = [migrations.RunPython(give_rights, migrations.RunPython.noop)]
