from django.db import migrations, models
from django.db.models import F, Q


def take_stock(apps, schema_editor):
    """As reviewing.take_stock does from now on."""
    Application, Review = apps.get_model("applications", "Application"), apps.get_model("applications", "Review")
    Settlement = apps.get_model("applications", "Settlement")
    reviews = Review.objects.exclude(state="withdrawn").prefetch_related("scores__criterion")
    of_each = {}
    for review in reviews.iterator(500):
        of_each.setdefault(review.application_id, []).append(review)
    for application in Application.objects.filter(pk__in=of_each).iterator(500):
        found = of_each[application.pk]
        done = [review for review in found if review.state == "done" and review.of_latest]
        application.reviews_assigned, application.reviews_done = len(found), len(done)
        if len(done) == len(found) and differ(found):
            latest = application.versions.order_by("-number").first()
            application.reviews_to_settle = not Settlement.objects.filter(version=latest).exists()
        application.save(update_fields=["reviews_assigned", "reviews_done", "reviews_to_settle"])


def differ(reviews) -> bool:
    """Opposite advice, or scores for a criterion half its scale apart."""
    scores = {}
    for score in (score for review in reviews for score in review.scores.all()):
        scores.setdefault(score.criterion, []).append(score.score)
    return len({review.advice for review in reviews}) > 1 or any(
        len(given) > 1 and 2 * (max(given) - min(given)) >= criterion.scale for criterion, given in scores.items()
    )


class Migration(migrations.Migration):
    dependencies = [("applications", "0033_led_by_in_lists")]

    operations = [
        migrations.AddField(
            model_name="application",
            name="reviews_assigned",
            field=models.PositiveSmallIntegerField(
                default=0, editable=False, help_text="not withdrawn; kept by reviewing.take_stock, as the next two"
            ),
        ),
        migrations.AddField(
            model_name="application",
            name="reviews_done",
            field=models.PositiveSmallIntegerField(default=0, editable=False, help_text="on the latest Version"),
        ),
        migrations.AddField(
            model_name="application",
            name="reviews_to_settle",
            field=models.BooleanField(
                default=False, editable=False, help_text="all that are assigned are done, differ, and are not settled"
            ),
        ),
        migrations.RunPython(take_stock, migrations.RunPython.noop),
    ]
