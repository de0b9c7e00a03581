from django.db import migrations

from portal.groups import give, permission
from portal.permissions import ADMINISTRATORS, PUBLISHERS


def give_rights(apps, schema_editor):
    for group in (ADMINISTRATORS, PUBLISHERS):
        for verb in ("change", "view"):
            give(apps, group, permission(apps, "applications", "counciltext", f"{verb}_counciltext"))


class Migration(migrations.Migration):
    dependencies = [("applications", "0020_council_text"), ("portal", "0003_groups")]
    operations = [migrations.RunPython(give_rights, migrations.RunPython.noop)]
