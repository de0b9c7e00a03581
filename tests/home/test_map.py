"""The map of partnerships: only those that agreed, in their province, as a drawing and as a list."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from partners.models import Municipality, Partnership
from partners.partnerships import services as partnerships_services
from portal import clock
from portal.audit import log
from tests.factories import OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db
PAGE = "/nl/het-verhaal-van-gent/onze-partners/"


@pytest.fixture
def officer():
    return UserFactory(groups=["Officers"])


def partnership(officer, refnis="44021", *, agreed=True, **organisation) -> Partnership:
    municipality = Municipality.objects.get(refnis=refnis)
    lead = partnerships_services.PartyTerms(
        OrganisationFactory(municipality=municipality, **organisation), lead=True, stay=True, guidance=True
    )
    terms = partnerships_services.Terms("", [5], True, 1, date(2027, 3, 1), Decimal(17000))
    made = partnerships_services.start([lead], terms, officer, officer)
    partnerships_services.set_public(made, officer, agreed=agreed)
    return made


def page() -> str:
    return Client().get(PAGE).content.decode()


def test_nobody_is_shown_who_did_not_agree(officer):
    partnership(officer, agreed=False, name="Quiet town")
    text = page()
    assert "Quiet town" not in text
    assert "<svg viewBox" not in text.partition("<main")[2].partition("map__area")[0]
    assert "Nog geen partner" in text


def test_those_who_agreed_stand_in_their_province_on_both(officer):
    partnership(officer, name="Town in the east")
    partnership(officer, name="Another in the east")
    partnership(officer, refnis="21004", name="Town in Brussels")
    text = page()
    assert "Oost-Vlaanderen (2)" in text
    assert "Brussel (1)" in text
    assert "3 partnerschappen" in text
    assert text.count("map__point") == 2
    assert "Town in the east" in text
    assert "CC BY 4.0" in text
    # When a partnership began in this portal says nothing of when they began to work together.
    assert str(clock.today().year) not in text.partition("map__places")[2].partition("</div>")[0]


def test_taken_off_again_and_both_are_in_the_log(officer):
    made = partnership(officer, name="Town in the east")
    partnerships_services.set_public(made, officer, agreed=False)
    partnerships_services.set_public(made, officer, agreed=False)
    assert "Town in the east" not in page()
    assert [entry.action for entry in log.entries_of(made)] == ["started", "shown", "hidden"]


def test_a_lapsed_one_is_not_shown(officer):
    made = partnership(officer, name="Never signed")
    Partnership.objects.filter(pk=made.pk).update(state=Partnership.State.LAPSED)
    assert "Never signed" not in page()


def test_it_stands_where_its_municipality_is_today(officer):
    made = partnership(officer, refnis="21004", name="A town that merged")
    old = Municipality.objects.get(refnis="21004")
    Municipality.objects.filter(pk=old.pk).update(
        merged_into=Municipality.objects.get(refnis="44021"), merged_on=date(2031, 1, 1)
    )
    assert made.parties.get().organisation.municipality == old
    text = page()
    assert "Oost-Vlaanderen (1)" in text
    assert "<strong>Gent</strong>" in text


def test_queries_do_not_grow_with_the_partnerships(officer, django_assert_num_queries, django_assert_max_num_queries):
    for number in range(10):
        partnership(officer, name=f"Town {number}")
    page()
    with django_assert_max_num_queries(10) as few:
        page()
    for number in range(30):
        partnership(officer, refnis="62063", name=f"Ville {number}")
    with django_assert_num_queries(len(few)):
        assert "Luik (30)" in page()


def test_an_officer_sets_it_at_the_desk(officer):
    made = partnership(officer, agreed=False)
    client = Client()
    client.force_login(officer)
    client.post(f"/admin/partnerships/{made.pk}/consent/", {"agreed": "yes"})
    made.refresh_from_db()
    assert made.is_public
    assert 'value="no"' in client.get(f"/admin/partnerships/{made.pk}/").content.decode()
