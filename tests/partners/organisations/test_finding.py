"""People write names, numbers and references in their own way, and find them in each list."""

import re

import pytest
from django.urls import reverse

from partners.models import Municipality, Organisation
from portal import clock
from tests.at_desk import client_at_desk
from tests.factories import InterestFactory, OrganisationFactory, UserFactory

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.each_database("partners.organisations.finding", "partners.desk.interest", "partners.desk.viewsets"),
]
NUMBER = "0910000055"
# What people type, and a word of the name that they mean.
TYPED = [
    ("braine-l'alleud", "Braine"),
    ("Braine l’Alleud", "Braine"),
    ("0910.000.055", "Braine"),
    ("0910000055", "Braine"),
    ("BE 0910.000.055", "Braine"),
    ("TVA BE 0910 000 055", "Braine"),
    ("000.055", "Braine"),
    ("l'etape", "Étape"),
    ("L’Étape", "Étape"),
    ("ASBL L'ÉTAPE", "Étape"),
    ("soeurs strasse", "Sœurs"),
    ("Lüttich", "Sœurs"),
    ("luttich", "Sœurs"),
    ("Liège", "Sœurs"),
    ("meulebeke", "Tieltse"),
    ("v.z.w. tieltse", "Tieltse"),
]


@pytest.fixture
def officer():
    return UserFactory(email="officer@fedasil.example", groups=["Officers"])


def place(name: str) -> Municipality:
    return Municipality.objects.current().get(name_nl=name)


@pytest.fixture
def towns():
    made = [
        OrganisationFactory(
            name="Commune de Braine-l’Alleud", enterprise_number=NUMBER, municipality=place("Eigenbrakel")
        ),
        OrganisationFactory(name="A.S.B.L. L'Étape", kind=Organisation.Kind.NON_PROFIT, municipality=place("Namen")),
        OrganisationFactory(name="Sœurs de la Straße", kind=Organisation.Kind.NON_PROFIT, municipality=place("Luik")),
        OrganisationFactory(name="vzw Tieltse buren", kind=Organisation.Kind.NON_PROFIT, municipality=place("Tielt")),
    ]
    for each in made:
        InterestFactory(
            name=each.name, municipality=each.municipality, follow_up_on=clock.today(), created_at=clock.now()
        )
    return made


def rows(client, name: str, text: str) -> str:
    return client.get(reverse(f"{name}:index_results"), {"q": text}).content.decode()


@pytest.mark.parametrize(("typed", "meant"), TYPED)
def test_an_organisation_and_its_interest_are_found(towns, officer, typed, meant):
    client = client_at_desk(officer)
    lists = ["desk_organisations"] if re.search(r"\d", typed) else ["desk_organisations", "desk_interests"]
    for name in lists:
        found = rows(client, name, typed)
        assert [each.name for each in towns if each.name.replace("'", "&#x27;") in found] == [
            each.name for each in towns if meant in each.name
        ], name


def test_a_text_without_a_word_finds_nothing(towns, officer):
    client = client_at_desk(officer)
    assert "Braine" not in rows(client, "desk_organisations", "’-.")
    assert "Braine" not in rows(client, "desk_interests", "’-.")
