import copy

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from partners.models import Municipality
from partners.organisations.municipality_field import MunicipalityField
from tests.factories import OrganisationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.each_database("partners.management.commands.load_municipalities")]


def test_all_565_with_their_language():
    assert Municipality.objects.current().count() == 565
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
    mergers.write_text(
        "refnis,name_nl,name_fr,province,merged_into,merged_on\n44999,Oudegem,Oudegem,40000,44021,2031-01-01\n"
    )
    call_command("load_municipalities", verbosity=0, mergers=mergers)
    town.refresh_from_db()
    assert (town.municipality.name, town.municipality.today) == ("Oudegem", ghent)
    assert "oudegem" in Municipality.objects.get(refnis="44021").plain_names


@pytest.mark.parametrize(
    ("former", "today", "language"),
    [("Meulebeke", "Tielt", "nl"), ("Gooik", "Pajottegem", "nl"), ("Looz", "Tongres-Looz", "fr")]
    + [("Bertogne", "Bastogne", "fr"), ("Kortessem", "Hasselt", "de")],
)
def test_a_former_municipality_is_chosen_by_its_name_and_stands_for_the_one_of_today(former, today, language):
    with override(language):
        field = copy.deepcopy(MunicipalityField())
        label = {"nl": f"{former}, nu deel van {today}", "fr": f"{former}, fait partie de {today}"}.get(
            language, f"{former}, heute Teil von {today}"
        )
        labels = {str(name): value for value, name in field.choices}
        assert field.clean(str(labels[label])).name == today
        # One that kept its name stands there once.
        assert today in labels
        assert f"{today}, nu deel van {today}" not in labels
        field.offer(kept=Municipality.objects.get(pk=str(labels[label])))
        assert field.clean(str(labels[label])).name == former


def test_one_that_vanishes_without_a_word_stops_the_loading():
    Municipality.objects.create(
        refnis="44999", name_nl="Oudegem", name_fr="Oudegem", province="40000", region="flanders", language="nl"
    )
    with pytest.raises(CommandError, match="Oudegem"):
        call_command("load_municipalities", verbosity=0)
