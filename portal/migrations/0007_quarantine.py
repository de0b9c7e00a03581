from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("portal", "0006_address_rows")]

    operations = [
        migrations.AddField(
            model_name="storedfile",
            name="quarantined",
            field=models.BooleanField(default=False),
        ),
    ]
