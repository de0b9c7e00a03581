from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("applications", "0032_led_by_and_of_latest")]

    operations = [
        migrations.RemoveConstraint(model_name="application", name="application_submitted_has_reference"),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=Q(state__in=["draft", "withdrawn", "expired"])
                | Q(reference__isnull=False, submitted_at__isnull=False, led_by__isnull=False),
                name="application_submitted_has_reference",
            ),
        ),
        migrations.RemoveIndex(model_name="application", name="application_by_age"),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(
                fields=[
                    *("running_since", "-ran_for", "id"),
                    *("state", "assignee", "language", "persons", "submitted_at", "led_by"),
                ],
                name="application_by_age",
            ),
        ),
        migrations.AddIndex(
            model_name="review",
            index=models.Index(fields=["reviewer", "state", "of_latest", "application"], name="review_of_reviewer"),
        ),
    ]
