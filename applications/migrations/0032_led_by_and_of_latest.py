import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Exists, OuterRef, Subquery


def find_who_leads(apps, schema_editor):
    Application, Party = apps.get_model("applications", "Application"), apps.get_model("applications", "Party")
    leads = Party.objects.filter(application=OuterRef("pk"), is_lead=True).values("organisation")
    Application.objects.filter(submitted_at__isnull=False).update(led_by=Subquery(leads[:1]))


def find_the_overtaken(apps, schema_editor):
    """A review of a Version after which another came in."""
    Review, Version = apps.get_model("applications", "Review"), apps.get_model("applications", "Version")
    later = Version.objects.filter(application=OuterRef("application"), number__gt=OuterRef("version__number"))
    overtaken = list(Review.objects.filter(Exists(later)).values_list("pk", flat=True))
    Review.objects.filter(pk__in=overtaken).update(of_latest=False)


class Migration(migrations.Migration):
    dependencies = [("applications", "0031_notes_and_advice"), ("partners", "0008_plain_names")]

    operations = [
        migrations.AddField(
            model_name="application",
            name="led_by",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                help_text="the organisation of the party that leads, since it was submitted",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="partners.organisation",
                verbose_name="led by",
            ),
        ),
        migrations.AddField(
            model_name="review",
            name="of_latest",
            field=models.BooleanField(default=True, help_text="whether no newer Version came in since"),
        ),
        migrations.RunPython(find_who_leads, migrations.RunPython.noop),
        migrations.RunPython(find_the_overtaken, migrations.RunPython.noop),
    ]
