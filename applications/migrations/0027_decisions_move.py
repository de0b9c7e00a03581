"""What was decided before decisions were prepared and released; and who keeps the texts of letters."""

from django.db import migrations

from portal.groups import give, permission
from portal.permissions import ADMINISTRATORS, EDITORS, PUBLISHERS


def release(apps, schema_editor):
    """Each was released as it was taken, with its reasons in the language of its application."""
    for decision in apps.get_model("applications", "Decision").objects.select_related("application", "partnership"):
        decision.state = "released"
        decision.prepared_by_id, decision.prepared_at = decision.decider_id, decision.decided_at
        setattr(decision, f"reasons_{decision.application.language}", decision.reasons)
        if decision.outcome == "approve":
            decision.contact_id = decision.partnership.contact_id
        decision.save()


def give_rights(apps, schema_editor):
    for group in (ADMINISTRATORS, EDITORS, PUBLISHERS):
        for model, verbs in (("lettertemplate", ("change", "view")), ("office", ("add", "change", "view"))):
            for verb in verbs:
                give(apps, group, permission(apps, "applications", model, f"{verb}_{model}"))


class Migration(migrations.Migration):
    dependencies = [("applications", "0026_decisions"), ("portal", "0003_groups")]

    operations = [
        migrations.RunPython(release, migrations.RunPython.noop),
        migrations.RunPython(give_rights, migrations.RunPython.noop),
    ]
