"""A town and its OCMW: the other body of the lead's municipality joins by one button, or is invited, or registered."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from applications.answers import saving
from applications.models import Application, Party
from partners.models import Municipality, Organisation
from portal.models import LogEntry, Mail
from tests.clients import client_of
from tests.factories import GHENT, MembershipFactory, OrganisationFactory, complete_application

pytestmark = pytest.mark.django_db
Kind = Organisation.Kind


@pytest.fixture
def ghent() -> Municipality:
    return Municipality.objects.get(refnis=GHENT)


@pytest.fixture
def clerk(ghent):
    return MembershipFactory(organisation=OrganisationFactory(kind=Kind.MUNICIPALITY, municipality=ghent))


@pytest.fixture
def draft(clerk) -> Application:
    return saving.begin(clerk.organisation, clerk.user)


def pcsw(ghent, **more) -> Organisation:
    return OrganisationFactory(kind=Kind.PCSW, municipality=ghent, name="OCMW Gent", **more)


def page(clerk, draft) -> BeautifulSoup:
    answer = client_of(clerk.user).get(reverse("applications:parties", args=[draft.uuid]))
    return BeautifulSoup(answer.content, "html.parser")


def press(clerk, draft, **data):
    return client_of(clerk.user).post(reverse("applications:add_other_body", args=[draft.uuid]), data, follow=True)


def test_who_manages_both_adds_the_other_at_once(clerk, draft, ghent):
    organisation = pcsw(ghent)
    MembershipFactory(organisation=organisation, user=clerk.user)
    assert page(clerk, draft).find("button", string=lambda text: text and "OCMW Gent toevoegen" in text)
    # What is ticked on the same page is kept.
    lead_party = draft.parties.get()
    response = press(clerk, draft, with_aims="1", **{f"party-{lead_party.pk}-aims": "stay"})
    assert "OCMW Gent neemt nu deel." in response.content.decode()
    joined = Party.objects.get(application=draft, organisation=organisation)
    assert joined.state == Party.State.ACCEPTED
    assert joined.capacities == organisation.capacities
    assert draft.parties.get(is_lead=True).stay
    assert LogEntry.objects.filter(action="party_joined").count() == 1
    assert not page(clerk, draft).find(id="other-body")
    # Twice is once.
    press(clerk, draft)
    assert draft.parties.count() == 2


def test_others_who_manage_it_are_invited(clerk, draft, ghent):
    manager = MembershipFactory(organisation=pcsw(ghent))
    assert page(clerk, draft).find("button", string=lambda text: text and "OCMW Gent uitnodigen" in text)
    press(clerk, draft)
    assert draft.parties.get(is_lead=False).state == Party.State.INVITED
    assert Mail.objects.filter(to=manager.user.email, key__startswith="party-invitation:").count() == 1
    assert not page(clerk, draft).find(id="other-body")


def test_what_is_not_registered_is_registered_first_and_leads_back(clerk, draft, ghent):
    link = page(clerk, draft).find("a", href=lambda href: href and "/new/pcsw/" in href)
    assert "OCMW Gent" in link.text
    form = BeautifulSoup(client_of(clerk.user).get(link["href"]).content, "html.parser")
    assert form.find("option", selected=True)["value"] == str(ghent.pk)
    assert form.find("input", {"name": "next"})["value"] == reverse("applications:parties", args=[draft.uuid])


def test_an_ocmw_that_leads_is_offered_its_town(ghent, clerk):
    officer = MembershipFactory(organisation=pcsw(ghent))
    draft = saving.begin(officer.organisation, officer.user)
    assert clerk.organisation.name in page(officer, draft).find(id="other-body").text


def test_a_non_profit_has_no_other_body(lead):
    assert not page(lead, complete_application(lead)).find(id="other-body")


def test_where_two_are_registered_the_lead_says_which_one(clerk, draft, ghent):
    for _number in range(2):
        MembershipFactory(organisation=pcsw(ghent), user=clerk.user)
    assert not page(clerk, draft).find(id="other-body")
    press(clerk, draft)
    assert draft.parties.count() == 1


def test_a_body_that_left_can_be_added_again(clerk, draft, ghent):
    organisation = pcsw(ghent)
    MembershipFactory(organisation=organisation, user=clerk.user)
    press(clerk, draft)
    leave(draft, clerk)
    press(clerk, draft)
    states = list(draft.parties.filter(organisation=organisation).values_list("state", flat=True))
    assert states == [Party.State.LEFT, Party.State.ACCEPTED]


def leave(draft, clerk):
    party = draft.parties.get(is_lead=False)
    client_of(clerk.user).post(reverse("applications:leave", args=[party.uuid]), {"reason": ""})
    party.refresh_from_db()
    assert party.state == Party.State.LEFT
