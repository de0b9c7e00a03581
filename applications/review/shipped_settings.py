"""Dated settings as shipped: samples that work from the first day, until Fedasil sets its own."""

import tomllib
from datetime import date
from pathlib import Path

from django.db import transaction

from ..models import CriteriaSet, Criterion, HandlingTerm

CRITERIA = Path(__file__).resolve().parent / "criteria.toml"
VALID_FROM = date(2026, 1, 1)
HANDLING_DAYS = 60


@transaction.atomic
def load_shipped_settings() -> None:
    """Load the review criteria and the handling time where there are none yet. Safe to run again."""
    if not CriteriaSet.objects.exists():
        load_criteria()
    if not HandlingTerm.objects.exists():
        HandlingTerm.objects.create(valid_from=VALID_FROM, days=HANDLING_DAYS, sample=True)


def load_criteria() -> None:
    criteria = CriteriaSet.objects.create(valid_from=VALID_FROM, sample=True)
    rows = tomllib.loads(CRITERIA.read_text(encoding="utf-8"))["criterion"]
    Criterion.objects.bulk_create(
        Criterion(
            criteria=criteria,
            sort_order=order,
            aim=row["aim"],
            weight=row["weight"],
            scale=4,
            **{f"{part}_{language}": text for part in ("label", "guidance") for language, text in row[part].items()},
        )
        for order, row in enumerate(rows)
    )
