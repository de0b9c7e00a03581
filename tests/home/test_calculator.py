"""The support calculator: the fact sheet's cases, an address to share, and clear words for what cannot be."""

import re
from datetime import date
from decimal import Decimal
from html import unescape

import pytest
from django.conf import settings
from django.core.cache import cache
from django.http import QueryDict
from django.test import Client
from django.utils import translation
from django.utils.formats import date_format
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from applications.models import Application
from home.calculation import Calculation
from home.calculator import CalculatorForm, rows_in
from partners.models import Rate
from partners.support.estimate import Household, estimate_for
from portal import clock
from tests.factories import MembershipFactory
from tests.readers import poppler

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
    assert 'id="id_size_1_error"' in page
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


def calculate(**given):
    """The page of the calculator, by the names of its fields."""
    return Client().get("/en/calculator/", given).content.decode()


MIXED = {"size_1": "4", "arrival_1": "direct", "size_2": "3", "arrival_2": "later", "years": "2"}


def test_four_straight_on_arrival_and_three_after_a_stay_for_two_years_is_one_calculation():
    page = calculate(**MIXED)
    # 7 × 3,000 + 7 × 600 + 2,000 + 3 × 500
    assert "<title>€28,700 – " in page
    for understood in (
        "1 household of 4 persons, straight on arrival",
        "1 household of 3 persons, after a stay in the reception network",
        "two years",
    ):
        assert f"<li>{understood}</li>" in page
    assert page.count("Our reading of the brochure") == 1
    assert page.count("2023") >= 4


def test_what_rests_on_our_reading_says_so_and_nothing_else():
    assert "Our reading" not in calculate(size_1="4", arrival_1="later", years="2")
    assert calculate(size_1="1", arrival_1="direct", years="1").count("Our reading") == 1


def test_the_result_is_where_the_form_leads_and_can_have_the_focus():
    page = calculate(**MIXED)
    assert 'action="/en/calculator/#estimate"' in page
    assert re.search(r'<section id="estimate"[^>]* tabindex="-1"', page)
    # Where something is wrong, the summary of errors is first, and the page has no such place.
    assert 'id="estimate"' not in calculate(**{**MIXED, "arrival_2": ""})


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"size_2": ""}, "size_2"),
        ({"arrival_2": ""}, "arrival_2"),
        ({"years": "3"}, "years"),
        ({"size_2": "x"}, "size_2"),
    ],
)
def test_an_error_stands_at_its_field_and_nothing_typed_is_lost(given, field):
    page = calculate(**{**MIXED, **given})
    assert re.findall(r'id="id_(\w+)_error"', page) == [field]
    for name, value in {**MIXED, **given}.items():
        if name.startswith("size"):
            assert (f'name="{name}" value="{value}"' if value else f'name="{name}"') in page
        elif value in ("direct", "later"):
            assert re.search(rf'name="{name}" value="{value}"[^>]* checked', page), name


def test_a_row_more_and_a_row_less_keep_what_was_typed_without_judging_it():
    page = calculate(**{**MIXED, "size_2": "x", "years": ""}, add="1")
    assert "govuk-error" not in page
    assert 'name="size_2" value="x"' in page
    assert 'name="size_3"' in page
    page = calculate(**MIXED, remove="2")
    assert 'name="size_1" value="4"' in page
    assert 'name="size_2"' not in page
    assert 'name="size_11"' not in calculate(size_10="1", add="1")


def test_one_large_household_is_offered_as_several():
    page = calculate(size_1="12", arrival_1="direct", years="1")
    assert "1 household of 12 persons" in page
    address = unescape(re.search(r'href="([^"]+)">3 households of 4 persons<', page)[1])
    assert "<li>3 households of 4 persons, straight on arrival</li>" in Client().get(address).content.decode()
    assert "Did you mean several?" not in calculate(size_1="4, 4, 4", arrival_1="direct", years="1")


def test_two_calculations_stand_side_by_side():
    page = calculate(**MIXED)
    address = unescape(re.search(r'href="([^"]+)">all after a stay<', page)[1])
    both = Client().get(address).content.decode()
    assert [amount.strip() for amount in re.findall(r'estimate__total">([^<]+)<', both)] == ["€28,700", "€25,200"]
    assert "This calculation gives €3,500 more." in both
    # What one changes now is still compared with the same.
    assert '<input type="hidden" name="with" value="4l-3l.2">' in both
    assert "Compared with" not in calculate(**MIXED, **{"with": "4d-3l.9"})


def test_an_application_begins_with_what_it_can_know():
    """It asks once how they come: where some come another way, that answer is left open."""
    lead = MembershipFactory()
    client = Client()
    client.force_login(lead.user)
    start = unescape(re.search(r'href="(/en/applications/start/[^"]+)"', calculate(**MIXED))[1])
    client.post(start, {"organisation": lead.organisation_id})
    application = Application.objects.get()
    assert (application.household_sizes, application.second_year) == ([4, 3], True)
    assert application.straight_on_arrival is None


households = st.lists(st.builds(Household, st.integers(1, 20), st.booleans()), min_size=1, max_size=50)


@given(st.builds(Calculation, households.map(tuple), st.sampled_from([1, 2])))
def test_a_calculation_in_an_address_is_the_same(calculation):
    assert Calculation.from_key(calculation.key) == calculation
    asked = QueryDict(calculation.query)
    form = CalculatorForm(asked, rows=rows_in(asked))
    assert form.is_valid()
    # Those that come the same way stand together.
    assert sorted(form.calculation.households, key=repr) == sorted(calculation.households, key=repr)
    assert form.calculation.years == calculation.years


@given(households, st.sampled_from([1, 2]))
def test_the_ways_add_up(some, years):
    """Households that come both ways receive what those of each way receive alone."""
    rates = {code: Decimal(amount) for code, amount in zip(Rate.Code, (3000, 600, 2000, 500), strict=True)}
    parts = [[one for one in some if one.straight_on_arrival == way] for way in (True, False)]
    together = estimate_for(some, years=years, rates=rates).total
    assert together == sum(estimate_for(part, years=years, rates=rates).total for part in parts if part)


class AnythingTyped(TestCase):
    @given(st.text(max_size=60), st.text(max_size=6), st.text(max_size=6), st.text(max_size=12))
    def test_anything_typed_gets_a_page(self, sizes, arrival, years, other):
        response = ask(household_sizes=sizes, straight_on_arrival=arrival, second_year=years, **{"with": other})
        assert response.status_code == 200
        assert (
            Client().get("/nl/calculator/", {"size_1": sizes, "arrival_1": arrival, "remove": years}).status_code == 200
        )


# ── As a PDF ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def read(content: bytes) -> str:
    """The text of a PDF without its spaces: lines break anywhere."""
    return "".join(poppler("pdftotext", content).split())


@pytest.mark.parametrize(
    ("language", "total", "understood", "caveat"),
    [
        ("nl", "€ 28.700", "1 gezin van 3 personen, na een verblijf in het opvangnetwerk", "Een raming, geen belofte"),
        ("fr", "28 700 €", "1 ménage de 3 personnes, après un séjour", "Une estimation, pas une promesse"),
        ("de", "28.700 €", "1 Haushalt mit 3 Personen, nach einem Aufenthalt", "Eine Schätzung, keine Zusage"),
        ("en", "€28,700", "1 household of 3 persons, after a stay in the reception network", "not a promise"),
    ],
)
def test_a_calculation_is_a_tagged_pdf_with_what_was_understood(language, total, understood, caveat):
    page = Client().get(f"/{language}/calculator/", MIXED).content.decode()
    (address,) = re.findall(rf'href="(/{language}/calculator/[^"]+\.pdf)"', page)
    response = Client().get(address)
    assert response["Content-Type"] == "application/pdf"
    # No copy is kept for an outage: there are endlessly many.
    assert "private" in response["Cache-Control"]
    assert "Tagged:          yes" in poppler("pdfinfo", response.content)
    text = read(response.content)
    for said in (total, understood, caveat, "2023", f"{settings.SITE_URL}/{language}/calculator/?size_1=4"):
        assert "".join(said.split()) in text
    with translation.override(language):
        assert "".join(date_format(clock.today()).split()) in text


def test_two_calculations_that_are_compared_stand_in_one_pdf():
    page = calculate(**MIXED, **{"with": "5d.1"})
    (address,) = re.findall(r'href="(/en/calculator/[^"]+\.pdf[^"]*)"', page)
    text = read(Client().get(unescape(address)).content)
    assert "€28,700" in text
    assert "€19,000" in text
    assert "Thiscalculationgives€9,700more." in text
    assert "with=5d.1" in text


@pytest.mark.parametrize("key", ["4x.2", "4d", "0d.1", "100d.1", "4d.3", "-".join(["1d"] * 51) + ".1"])
def test_what_is_no_calculation_has_no_pdf(key):
    assert Client().get(f"/en/calculator/{key}.pdf").status_code == 404


def test_one_network_makes_so_many_pdfs_an_hour(settings, monkeypatch):
    monkeypatch.setattr("home.calculation_pdf.pdf", lambda html: b"%PDF")
    settings.CACHES = {**settings.CACHES, "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.ACCOUNT_RATE_LIMITS = {"calculation_pdf": "2/h/ip"}
    cache.clear()
    assert [Client().get("/en/calculator/4d.1.pdf").status_code for _number in range(3)] == [200, 200, 429]
