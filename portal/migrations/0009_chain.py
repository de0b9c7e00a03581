from itertools import groupby

from django.db import migrations, models

from portal.chain import link


def chain_what_stands(apps, schema_editor):
    """Chain the entries from before. The triggers stand aside; they are made anew after the migrate."""
    LogEntry = apps.get_model("portal", "LogEntry")
    table = LogEntry._meta.db_table
    where = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
    for trigger in ("update", "delete"):
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{trigger}{where}")
    entries = LogEntry.objects.order_by("subject_type", "subject_id", "number").iterator(chunk_size=2000)
    for _subject, chained in groupby(entries, lambda entry: (entry.subject_type_id, entry.subject_id)):
        before = ""
        for entry in chained:
            before = link(entry, before)
            LogEntry.objects.filter(pk=entry.pk).update(chain=before)


class Migration(migrations.Migration):
    dependencies = [("portal", "0008_mail_words"), ("contenttypes", "0002_remove_content_type_name")]

    operations = [
        migrations.AddField(
            "logentry",
            "chain",
            models.CharField(
                default="", help_text="SHA-256 of this entry and the one before (portal/chain.py)", max_length=64
            ),
            preserve_default=False,
        ),
        migrations.RunPython(chain_what_stands, migrations.RunPython.noop),
    ]
