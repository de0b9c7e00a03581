"""The checklists that are valid on a day, and those that ship."""

import tomllib
from datetime import date
from pathlib import Path

from django.db import transaction

from ..models import ChecklistItem, ChecklistTemplate, Phase

SHIPPED = Path(__file__).resolve().parent / "shipped.toml"


def valid_on(day: date) -> dict[str, ChecklistTemplate]:
    """By phase, the published list that counts on this day, with its items; two queries."""
    rows = ChecklistTemplate.objects.filter(live=True, valid_from__lte=day).order_by("valid_from")
    latest = {row.phase: row for row in rows.prefetch_related("items")}
    return {phase: latest[phase] for phase in Phase.values if phase in latest}


@transaction.atomic
def load_shipped() -> None:
    """Bring in the lists that ship, marked as samples; one that is there stays as it is. Safe to run again."""
    for row in tomllib.loads(SHIPPED.read_text(encoding="utf-8"))["checklist"]:
        checklist, is_new = ChecklistTemplate.objects.get_or_create(phase=row["phase"], valid_from=row["valid_from"])
        if is_new:
            for order, item in enumerate(row["item"]):
                ChecklistItem.objects.create(checklist=checklist, sort_order=order, **item)
