"""The support calculator: the fact sheet's cases, an address to share, and clear words for what cannot be."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from applications.models import Application
from partners.models import Rate
from portal import clock
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db
NO_BREAK_SPACE = "\u00a0"


def ask(language="nl", **numbers):
    defaults = {"household_sizes": "5", "straight_on_arrival": "True", "second_year": "True"}
    return Client().get(f"/{language}/calculator/", {**defaults, **numbers})


@pytest.mark.parametrize(
    ("language", "numbers", "total"),
    [
        ("nl", {}, "€\u00a022.000"),
        ("fr", {"straight_on_arrival": "False", "second_year": "False"}, "15\u00a0000\u00a0€"),
        ("de", {"household_sizes": "1", "second_year": "False"}, "5.000\u00a0€"),
        ("en", {"household_sizes": " 5 , 3 "}, "€35,800"),
    ],
)
def test_the_cases_of_the_fact_sheet(language, numbers, total):
    response = ask(language, **numbers)
    assert total in response.content.decode().replace("\u202f", NO_BREAK_SPACE)
    assert not response.cookies


@pytest.mark.parametrize(
    "typed", ["0", "letters", "10,000", "-3", "1e9", "5.5", "5, , 0", "", "1 " * 51, "99999999999", "<b>5</b>"]
)
def test_what_cannot_be_is_told_at_its_field_and_kept(typed):
    page = ask(household_sizes=typed).content.decode()
    assert 'id="id_household_sizes_error"' in page
    assert "estimate__total" not in page
    assert "<b>5</b>" not in page


def test_before_anything_is_asked_there_is_no_complaint():
    page = Client().get("/nl/calculator/").content.decode()
    assert "govuk-error" not in page
    assert "estimate__total" not in page


def test_the_switcher_keeps_the_numbers():
    assert "/fr/calculator/?household_sizes=5&amp;straight_on_arrival=True" in ask().content.decode()


def test_a_new_rate_counts_from_its_date_with_its_source():
    Rate.objects.create(
        code=Rate.Code.STAY_LUMP_SUM,
        amount=Decimal(3200),
        valid_from=date(2099, 1, 1),
        source="The decision of 2098",
        source_date=date(2098, 6, 1),
    )
    assert "€\u00a022.000" in ask().content.decode()
    with clock.standing_at(clock.now().replace(year=2099)):
        page = ask().content.decode()
    assert "€\u00a023.000" in page
    assert "The decision of 2098, 2098" in page


def test_an_application_begins_with_these_numbers():
    lead = MembershipFactory()
    client = Client()
    client.force_login(lead.user)
    start = "/nl/applications/start/?household_sizes=5%2C+3&straight_on_arrival=True&second_year=False"
    assert "rekenhulp" in client.get(start).content.decode()
    client.post(start, {"organisation": lead.organisation_id})
    application = Application.objects.get()
    assert application.household_sizes == [5, 3]
    assert (application.straight_on_arrival, application.second_year) == (True, False)


def test_numbers_that_cannot_be_are_left_out_of_a_new_application():
    lead = MembershipFactory()
    client = Client()
    client.force_login(lead.user)
    client.post("/nl/applications/start/?household_sizes=0", {"organisation": lead.organisation_id})
    assert Application.objects.get().household_sizes == []


class AnythingTyped(TestCase):
    @given(st.text(max_size=60), st.text(max_size=6), st.text(max_size=6))
    def test_anything_typed_gets_a_page(self, sizes, arrival, years):
        response = ask(household_sizes=sizes, straight_on_arrival=arrival, second_year=years)
        assert response.status_code == 200
