from django.db import migrations

# Numbers of questions before and after, where they changed.
NUMBERS = {"7.1": "8.1", "7.2": "8.2"}


def renumber(apps, numbers):
    """Open requests follow the questions that they name; answered ones belong to the Version that they asked about."""
    for request in apps.get_model("applications", "ChangeRequest").objects.filter(state="open"):
        request.questions = sorted({numbers.get(number, number) for number in request.questions})
        request.save(update_fields=["questions"])


def forwards(apps, schema_editor):
    renumber(apps, NUMBERS)


def backwards(apps, schema_editor):
    renumber(apps, {new: old for old, new in NUMBERS.items()})


class Migration(migrations.Migration):
    dependencies = [("applications", "0014_attachments")]
    operations = [migrations.RunPython(forwards, backwards)]
