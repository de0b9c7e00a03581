from django.db import migrations, models

from portal.plain import plain


def make_plain(apps, schema_editor):
    Organisation, Municipality = (apps.get_model("partners", name) for name in ("Organisation", "Municipality"))
    for one in Organisation.objects.all():
        Organisation.objects.filter(pk=one.pk).update(plain_name=plain(one.name))
    for one in Municipality.objects.all():
        names = plain("\n".join((one.name_nl, one.name_fr, one.name_de)))
        Municipality.objects.filter(pk=one.pk).update(plain_names=names)


class Migration(migrations.Migration):
    dependencies = [("partners", "0007_lapsed_makes_room")]

    operations = [
        migrations.AddField(
            model_name="organisation",
            name="plain_name",
            field=models.TextField(db_default="", editable=False, help_text="the name as it is searched"),
        ),
        migrations.AddField(
            model_name="municipality",
            name="plain_names",
            field=models.TextField(db_default="", editable=False, help_text="all names as they are searched"),
        ),
        migrations.RunPython(make_plain, migrations.RunPython.noop),
    ]
