from datetime import timedelta

from django.db import migrations, models

RUNS = {"submitted", "in_review"}


def fill(apps, schema_editor):
    """An item for each question of a request; the clock of each application, read from its log."""
    ask_by_question(apps)
    wind_clocks(apps)


def ask_by_question(apps):
    ChangeRequestItem = apps.get_model("applications", "ChangeRequestItem")
    Version = apps.get_model("applications", "Version")
    for request in apps.get_model("applications", "ChangeRequest").objects.select_related("version"):
        answered_in = None
        if request.state == "answered":
            later = Version.objects.filter(application=request.application_id, number__gt=request.version.number)
            answered_in = later.order_by("number").first()
        ChangeRequestItem.objects.bulk_create(
            ChangeRequestItem(request=request, question=number, answered_in=answered_in) for number in request.questions
        )


def wind_clocks(apps):
    Application = apps.get_model("applications", "Application")
    LogEntry = apps.get_model("portal", "LogEntry")
    for application in Application.objects.filter(submitted_at__isnull=False).iterator():
        entries = LogEntry.objects.filter(
            subject_type__app_label="applications", subject_type__model="application", subject_id=application.pk
        )
        since, ran_for = None, timedelta()
        for entry in entries.exclude(to_state="").order_by("number"):
            runs = entry.to_state in RUNS
            if runs and since is None:
                since = entry.at
            elif not runs and since is not None:
                ran_for, since = ran_for + (entry.at - since), None
        application.running_since, application.ran_for = since, ran_for
        application.save(update_fields=["running_since", "ran_for"])


def gather(apps, schema_editor):
    """The numbers of a request in one list again."""
    items = apps.get_model("applications", "ChangeRequestItem").objects
    for request in apps.get_model("applications", "ChangeRequest").objects.all():
        request.questions = sorted(items.filter(request_id=request.pk).values_list("question", flat=True))
        request.save(update_fields=["questions"])


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0018_after_submission"),
        ("portal", "0006_address_rows"),
    ]
    operations = [
        migrations.RunPython(fill, gather),
        # The default is for going back: the column is filled after it stands there again.
        migrations.AlterField("changerequest", "questions", models.JSONField(default=list)),
        migrations.RemoveField("changerequest", "questions"),
    ]
