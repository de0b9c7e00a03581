import pytest
from django.core.management import call_command


@pytest.fixture
def municipalities_and_rates(db):
    from datetime import date

    from partners.models import Rate

    call_command("load_municipalities", verbosity=0)
    for code, amount in (("stay_lump_sum", 3000), ("second_year", 600), ("direct_head", 2000), ("direct_member", 500)):
        Rate.objects.create(code=code, amount=amount, valid_from=date(2023, 1, 1), source="x", source_date=date(2023, 3, 1))
