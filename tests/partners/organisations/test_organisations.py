"""Registering an organisation, its data, who signs for it, and what Fedasil verified."""

import pytest

from partners.models import JoinRequest, Municipality, Organisation
from partners.models.municipality import Region
from partners.organisations import services as organisations_services
from partners.organisations.municipal_names import usual_name
from partners.organisations.signing_rules import default_capacities
from portal.audit import log
from portal.models import Mail
from portal.workflow import Refused
from tests.clients import client_of
from tests.factories import GHENT, MembershipFactory, OrganisationFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.each_database("partners.models.organisation")]
NEW = "/nl/organisations/new/"
NUMBER = "BE 0207.451.227"


@pytest.fixture
def ghent():
    return Municipality.objects.get(refnis=GHENT)


# ── Registering ───────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("kind", [*Organisation.Kind.values, "informal"])
def test_each_kind_is_led_on_and_keeps_where_one_came_from(kind):
    client = client_of(UserFactory())
    response = client.get(NEW, {"go": "1", "kind": kind, "next": "/nl/applications/start/"})
    assert response.status_code == 302
    assert response["Location"].endswith("?next=%2Fnl%2Fapplications%2Fstart%2F")
    assert client.get(response["Location"]).status_code == 200


def test_no_kind_is_told_at_the_field():
    body = client_of(UserFactory()).get(NEW, {"go": "1"}).content.decode()
    assert 'href="#id_kind_0"' in body


def test_a_municipality_is_filled_in_from_the_list_and_confirmed(ghent):
    user = UserFactory()
    client = client_of(user)
    address = f"{NEW}municipality/?municipality={ghent.pk}&enterprise_number={NUMBER}&next=/nl/applications/start/"
    body = client.get(address).content.decode()
    for filled in ('value="Gemeente Gent"', "Oost-Vlaanderen", "Vlaanderen", "0207.451.227"):
        assert filled in body
    assert "letter_language" not in body
    sent = {"name": "Stad Gent", "municipality": ghent.pk, "enterprise_number": "0207.451.227"}
    response = client.post(address, sent)
    assert response["Location"] == "/nl/applications/start/"
    found = Organisation.objects.get()
    assert (found.name, found.enterprise_number, found.letter_language) == ("Stad Gent", "0207451227", "nl")
    assert found.capacities == ["mayor", "general_director"]
    assert found.rule_confirmed_at is None
    assert found.memberships.get().user == user


def test_in_brussels_it_chooses_its_language():
    brussels = Municipality.objects.filter(region=Region.BRUSSELS).first()
    client = client_of(UserFactory())
    address = f"{NEW}pcsw/?municipality={brussels.pk}&enterprise_number=0212.214.125"
    assert "letter_language" in client.get(address).content.decode()
    sent = {"name": "CPAS", "municipality": brussels.pk, "enterprise_number": "0212.214.125", "letter_language": "fr"}
    client.post(address, sent)
    assert Organisation.objects.get().capacities == ["chair", "secretary_general"]


def test_brussels_is_not_offered_german():
    """Where the seat is known it is not among the choices; where it is chosen on the same page, the field says so."""
    brussels = Municipality.objects.filter(region=Region.BRUSSELS).first()
    client = client_of(UserFactory())
    page = client.get(f"{NEW}pcsw/?municipality={brussels.pk}&enterprise_number=0212.214.125").content.decode()
    assert "Nederlands" in page
    assert "Deutsch" not in page.split('name="letter_language"', 1)[1].split("</form")[0]
    sent = {"name": "Huis", "municipality": brussels.pk, "enterprise_number": NUMBER, "letter_language": "de"}
    page = client.post(f"{NEW}non_profit/", sent).content.decode()
    assert "Kies in Brussel Nederlands of Frans." in page
    client.post(f"{NEW}non_profit/", {**sent, "letter_language": "fr"})
    assert Organisation.objects.get().letter_language == "fr"


def test_what_comes_after_cannot_lead_away_from_the_portal(ghent):
    sent = {"name": "A", "municipality": ghent.pk, "enterprise_number": NUMBER, "letter_language": "nl"}
    response = client_of(UserFactory()).post(f"{NEW}non_profit/?next=https://evil.example/", sent)
    assert response["Location"].startswith("/nl/organisations/")


@pytest.mark.parametrize("number", ["0207451227", "BE 0207.451.227", "be0207 451 227", "207.451.227"])
def test_a_duplicate_is_offered_never_created(ghent, number):
    there = OrganisationFactory(enterprise_number="0207451227", kind=Organisation.Kind.MUNICIPALITY)
    client = client_of(UserFactory())
    join = f"/nl/organisations/{there.uuid}/join/"
    assert (
        join
        in client.get(f"{NEW}municipality/", {"municipality": ghent.pk, "enterprise_number": number}).content.decode()
    )
    sent = {"name": "Again", "municipality": ghent.pk, "enterprise_number": number, "letter_language": "nl"}
    body = client.post(f"{NEW}non_profit/", sent).content.decode()
    assert join in body
    assert 'value="Again"' in body
    assert Organisation.objects.count() == 1


def test_the_one_that_a_municipality_has_already_is_offered_too(ghent):
    there = OrganisationFactory(kind=Organisation.Kind.PCSW, municipality=ghent)
    body = client_of(UserFactory()).get(f"{NEW}pcsw/", {"municipality": ghent.pk, "enterprise_number": NUMBER})
    assert f"/nl/organisations/{there.uuid}/join/" in body.content.decode()


def test_a_kind_that_does_not_exist_has_no_page():
    assert client_of(UserFactory()).get(f"{NEW}party/").status_code == 404


@pytest.mark.parametrize(
    ("refnis", "kind", "name"),
    [
        ("44021", "municipality", "Gemeente Gent"),
        ("44021", "pcsw", "OCMW Gent"),
        ("62063", "pcsw", "CPAS de Liège"),
        ("81001", "municipality", "Commune d’Arlon"),
        ("63023", "municipality", "Gemeinde Eupen"),
        ("63023", "pcsw", "ÖSHZ Eupen"),
    ],
)
def test_usual_names_in_the_language_of_the_area(refnis, kind, name):
    assert usual_name(kind, Municipality.objects.get(refnis=refnis)) == name


@pytest.mark.parametrize(
    ("kind", "region", "capacities"),
    [
        ("municipality", "flanders", ("mayor", "general_director")),
        ("municipality", "wallonia", ("mayor", "general_director")),
        ("municipality", "brussels", ("mayor", "municipal_secretary")),
        ("pcsw", "flanders", ("chair", "general_director")),
        ("pcsw", "wallonia", ("chair", "general_director")),
        ("pcsw", "brussels", ("chair", "secretary_general")),
        ("non_profit", "wallonia", ("representative", "")),
        ("other_public", "brussels", ("representative", "")),
    ],
)
def test_default_rules_by_kind_and_region(kind, region, capacities):
    assert default_capacities(kind, region) == capacities


# ── Its data and its rule ─────────────────────────────────────────────────────────────────────────────────────────────
def test_saving_the_rule_confirms_it():
    manager = MembershipFactory(organisation__kind=Organisation.Kind.NON_PROFIT)
    town = manager.organisation
    client = client_of(manager.user)
    address = f"/nl/organisations/{town.uuid}/signing-rule/"
    assert "sample__mark" in client.get(address).content.decode()
    client.post(address, {"signs_first": "representative", "signs_second": "second_representative"})
    town.refresh_from_db()
    assert town.capacities == ["representative", "second_representative"]
    assert town.rule_confirmed_at
    assert "sample__mark" not in client.get(address).content.decode()
    refused = client.post(address, {"signs_first": "chair", "signs_second": "chair"})
    assert refused.status_code == 200
    town.refresh_from_db()
    assert town.signs_first == "representative"


def test_what_fedasil_verified_is_verified_anew_when_it_changes():
    officer = UserFactory(groups=["Officers"])
    manager = MembershipFactory()
    town = manager.organisation
    with pytest.raises(Refused):
        organisations_services.verify(town, officer, ["number", "name"])
    desk = client_of(officer)
    desk.post(f"/admin/organisations/{town.pk}/verify/", {"checks": Organisation.Check.values, "note": "By telephone."})
    town.refresh_from_db()
    assert (town.verified_by, len(town.checks)) == (officer, 4)
    assert Mail.objects.filter(to=manager.user.email, key__contains=":verified:").exists()
    assert "By telephone." in desk.get(f"/admin/organisations/{town.pk}/").content.decode()
    address = f"/nl/organisations/{town.uuid}/change/"
    data = {"name": town.name, "municipality": town.municipality_id, "letter_language": "fr"}
    client_of(manager.user).post(address, data)
    town.refresh_from_db()
    assert (town.letter_language, bool(town.verified_at)) == ("fr", True)
    client_of(manager.user).post(address, {**data, "name": "Another name"})
    town.refresh_from_db()
    assert (town.name, town.verified_at, town.checks) == ("Another name", None, [])


def test_nobody_can_give_a_local_authority_another_language_or_seat():
    manager = MembershipFactory(organisation__kind=Organisation.Kind.MUNICIPALITY)
    elsewhere = Municipality.objects.get(refnis="62063")
    sent = {"name": "Town", "municipality": elsewhere.pk, "letter_language": "fr"}
    client_of(manager.user).post(f"/nl/organisations/{manager.organisation.uuid}/change/", sent)
    found = Organisation.objects.get()
    assert (found.name, found.letter_language, found.municipality.refnis) == ("Town", "nl", GHENT)


# ── Asking to join ────────────────────────────────────────────────────────────────────────────────────────────────────
def test_someone_asks_to_join_and_is_let_in_with_roles():
    manager, newcomer = MembershipFactory(), UserFactory()
    town = manager.organisation
    client = client_of(newcomer)
    address = f"/nl/organisations/{town.uuid}/join/"
    client.post(address, {"message": "I work for the housing service."})
    client.post(address, {"message": "Again."})
    request = JoinRequest.objects.get()
    asked = Mail.objects.get(to=manager.user.email)
    assert newcomer.email in asked.text
    assert client.get(f"/nl/organisations/{town.uuid}/").status_code == 404

    answer = f"/nl/organisations/requests/{request.uuid}/"
    at_desk = client_of(manager.user)
    assert 'href="#id_roles_0"' in at_desk.post(answer, {"answer": "yes"}).content.decode()
    at_desk.post(answer, {"answer": "yes", "roles": ["contributor"]})
    assert town.memberships.get(user=newcomer).contributor
    assert Mail.objects.filter(to=newcomer.email, key__contains=":join_answer:").count() == 1
    at_desk.post(answer, {"answer": "no"})
    assert town.memberships.filter(user=newcomer).exists()
    assert client.get(address)["Location"] == f"/nl/organisations/{town.uuid}/"


def test_who_is_not_let_in_stays_out_and_may_ask_again():
    manager, stranger = MembershipFactory(), UserFactory()
    client = client_of(stranger)
    address = f"/nl/organisations/{manager.organisation.uuid}/join/"
    client.post(address)
    request = JoinRequest.objects.get()
    client_of(manager.user).post(f"/nl/organisations/requests/{request.uuid}/", {"answer": "no"})
    request.refresh_from_db()
    assert request.state == "declined"
    assert not manager.organisation.memberships.filter(user=stranger).exists()
    client.post(address, {"message": "I do work there."})
    assert JoinRequest.objects.filter(state="waiting").count() == 1


def test_every_step_has_words_at_the_desk():
    manager = MembershipFactory()
    entries = [log.record(manager.organisation, action) for action in ("registered", "changed")]
    body = client_of(UserFactory(groups=["Officers"])).get(f"/admin/organisations/{manager.organisation.pk}/")
    assert body.content.decode().count("<li>") >= len(entries)
