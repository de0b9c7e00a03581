import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("home", "0006_sessions")]
    operations = [
        migrations.AlterField(
            model_name="sessionpage",
            name="session",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="pages",
                to="home.session",
                verbose_name="session",
            ),
        ),
        migrations.RemoveField(
            model_name='sessionpage',
            name='date',
        ),
        migrations.RemoveField(
            model_name='sessionpage',
            name='end_time',
        ),
        migrations.RemoveField(
            model_name='sessionpage',
            name='place',
        ),
        migrations.RemoveField(
            model_name='sessionpage',
            name='start_time',
        ),
    ]
