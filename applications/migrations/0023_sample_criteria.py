import tomllib
from datetime import date
from pathlib import Path

from django.db import migrations
from django.db.models import F

from portal.groups import give, permission
from portal.permissions import ADMINISTRATORS

SHIPPED = Path(__file__).resolve().parent.parent / "criteria.toml"
FROM_THE_BEGINNING = date(2026, 1, 1)


def ship(apps, schema_editor):
    """The criteria as shipped, and every review from before as one that was done with them."""
    CriteriaSet, Criterion, Review = (
        apps.get_model("applications", name) for name in ("CriteriaSet", "Criterion", "Review")
    )
    criteria = CriteriaSet.objects.create(valid_from=FROM_THE_BEGINNING, sample=True)
    for order, row in enumerate(tomllib.loads(SHIPPED.read_text(encoding="utf-8"))["criterion"]):
        texts = {f"{part}_{language}": text for part in ("label", "guidance") for language, text in row[part].items()}
        Criterion.objects.create(
            criteria=criteria, sort_order=order, aim=row["aim"], weight=row["weight"], scale=4, **texts
        )
    Review.objects.update(
        criteria=criteria, assigned_by=F("reviewer"), assigned_at=F("recorded_at"), state="done"
    )
    for verb in ("add", "change", "view"):
        give(apps, ADMINISTRATORS, permission(apps, "applications", "criteriaset", f"{verb}_criteriaset"))


def take_back(apps, schema_editor):
    """What was shipped goes again, or it would stand in the way of the next time."""
    CriteriaSet, Review = (apps.get_model("applications", name) for name in ("CriteriaSet", "Review"))
    shipped = CriteriaSet.objects.filter(valid_from=FROM_THE_BEGINNING)
    Review.objects.filter(criteria__in=shipped).update(criteria=None)
    shipped.delete()


class Migration(migrations.Migration):
    dependencies = [("applications", "0022_reviews")]
    operations = [migrations.RunPython(ship, take_back)]
