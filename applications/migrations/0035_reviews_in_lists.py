from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("applications", "0034_how_far_reviews_are")]

    operations = [
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=Q(reviews_done__lte=F("reviews_assigned"))
                & (Q(reviews_to_settle=False) | Q(reviews_done=F("reviews_assigned"))),
                name="application_reviews_add_up",
            ),
        ),
        migrations.RemoveIndex(model_name="application", name="application_by_age"),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(
                fields=[
                    *("running_since", "-ran_for", "id"),
                    *("state", "assignee", "language", "persons", "submitted_at", "led_by"),
                    *("reviews_assigned", "reviews_done", "reviews_to_settle"),
                ],
                name="application_by_age",
            ),
        ),
        migrations.RemoveIndex(model_name="party", name="party_lead"),
    ]
