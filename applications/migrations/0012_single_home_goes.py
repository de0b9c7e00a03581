from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("applications", "0011_answers_move")]

    operations = [
        migrations.RemoveConstraint(
            model_name='application',
            name='application_home_12_months',
        ),
        migrations.RemoveField(
            model_name='application',
            name='guidance_steps',
        ),
        migrations.RemoveField(
            model_name='application',
            name='home_months',
        ),
        migrations.RemoveField(
            model_name='application',
            name='home_municipality',
        ),
        migrations.RemoveField(
            model_name='application',
            name='home_secured',
        ),
    ]
