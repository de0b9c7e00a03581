from django.db import migrations

from portal.groups import give, permission
from portal.permissions import EDITORS, PUBLISHERS


def give_rights(apps, schema_editor):
    for group in (EDITORS, PUBLISHERS):
        give(apps, group, permission(apps, "home", "emptysearch", "view_emptysearch"))


class Migration(migrations.Migration):
    dependencies = [("home", "0004_emptysearch")]
    operations = [migrations.RunPython(give_rights, migrations.RunPython.noop)]
