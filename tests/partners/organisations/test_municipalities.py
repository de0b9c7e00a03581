import pytest
from django.core.management import CommandError, call_command

from partners.models import Municipality
from tests.factories import OrganisationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.each_database("partners.management.commands.load_municipalities")]


def test_all_565_with_their_language():
    assert Municipality.objects.count() == 565
    assert Municipality.objects.filter(region="brussels", language="", province="04000").count() == 19
    assert Municipality.objects.filter(language="de").count() == 9
    assert set(Municipality.objects.filter(region="flanders").values_list("language", flat=True)) == {"nl"}
    assert set(Municipality.objects.filter(region="wallonia").values_list("language", flat=True)) == {"fr", "de"}


def test_loading_again_changes_nothing():
    before = list(Municipality.objects.order_by("pk").values())
    call_command("load_municipalities", verbosity=0)
    assert list(Municipality.objects.order_by("pk").values()) == before


def test_a_merger_keeps_what_was_and_says_where_it_went(tmp_path):
    ghent = Municipality.objects.get(refnis="44021")
    old = Municipality.objects.create(
        refnis="44999", name_nl="Oudegem", name_fr="Oudegem", province="40000", region="flanders", language="nl"
    )
    town = OrganisationFactory(municipality=old)
    mergers = tmp_path / "mergers.csv"
    mergers.write_text("refnis,merged_into,merged_on\n44999,44021,2031-01-01\n00000,44021,2031-01-01\n")
    call_command("load_municipalities", verbosity=0, mergers=mergers)
    town.refresh_from_db()
    assert (town.municipality.name, town.municipality.today) == ("Oudegem", ghent)
    assert old not in Municipality.objects.offered()
    assert old in Municipality.objects.offered(old.pk)


def test_one_that_vanishes_without_a_word_stops_the_loading():
    Municipality.objects.create(
        refnis="44999", name_nl="Oudegem", name_fr="Oudegem", province="40000", region="flanders", language="nl"
    )
    with pytest.raises(CommandError, match="Oudegem"):
        call_command("load_municipalities", verbosity=0)
