"""What an organisation may do that Fedasil has not verified, and whose an enterprise number is."""

from datetime import timedelta

import pytest

from applications.answers import saving
from applications.parties import services as parties_services
from partners.models import Claim, Municipality, Organisation
from partners.organisations import claims
from partners.organisations import services as organisations_services
from partners.people import services as people_services
from portal import clock
from portal.confirmations import services as confirmations_services
from portal.models import ConfirmationRequest, Mail, Notice
from portal.workflow import Refused
from tests.clients import client_of
from tests.factories import GHENT, MembershipFactory, OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db
NUMBER = "0207.451.227"


def invite(manager, address: str):
    sent = {"email": address, "roles": ["viewer"]}
    return client_of(manager.user).post(f"/en/organisations/{manager.organisation.uuid}/invite/", sent)


def verified(manager) -> None:
    organisations_services.verify(manager.organisation, UserFactory(groups=["Officers"]), Organisation.Check.values)


# ── Invitations ───────────────────────────────────────────────────────────────────────────────────────────────────────
def test_the_sixth_invitation_of_a_day_waits_until_tomorrow_or_until_fedasil_verifies():
    manager = MembershipFactory()
    application = saving.begin(manager.organisation, manager.user)
    for number in range(3):
        invite(manager, f"colleague{number}@town.example")
    for number in range(2):
        party = {"name": "Huis van hoop", "email": f"party{number}@town.example", "language": "nl"}
        parties_services.invite(application, manager.user, **party)
    answer = invite(manager, "sixth@town.example")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Fedasil has not verified" in page
    assert "You can send the next one on" in page
    assert 'value="sixth@town.example"' in page
    with pytest.raises(Refused):
        parties_services.invite(application, manager.user, name="Huis", email="x@town.example", language="nl")
    with clock.standing_at(clock.now() + timedelta(hours=25)):
        people_services.invite(manager.organisation, manager.user, email="next@day.example", language="nl", viewer=True)
    verified(manager)
    assert invite(manager, "verified@town.example").status_code == 302


def test_a_second_organisation_gives_nobody_five_more():
    manager = MembershipFactory()
    second = MembershipFactory(user=manager.user)
    for number in range(5):
        invite(manager, f"colleague{number}@town.example")
    assert invite(second, "sixth@town.example").status_code == 200
    assert invite(MembershipFactory(), "other@town.example").status_code == 302


def test_a_mail_to_a_stranger_names_the_sender_in_one_place_and_an_unknown_organisation_in_no_subject():
    manager = MembershipFactory(organisation=OrganisationFactory(name="Gemeente Antwerpen"))
    application = saving.begin(manager.organisation, manager.user)
    invite(manager, "stranger@town.example")
    parties_services.invite(application, manager.user, name="Huis van hoop", email="house@town.example", language="en")
    for mail in Mail.objects.all():
        assert "Antwerpen" not in mail.subject
        assert mail.text.count("Antwerpen") == 1
        assert manager.user.email in mail.text
        assert "Fedasil has not verified this organisation." in mail.text
    verified(manager)
    invite(manager, "second@town.example")
    mail = Mail.objects.get(to="second@town.example")
    assert mail.subject == "[Action needed] Gemeente Antwerpen invites you"


def test_the_word_of_who_asks_to_join_stands_on_the_page_and_in_no_mail():
    manager = MembershipFactory()
    address = f"/nl/organisations/{manager.organisation.uuid}/join/"
    client_of(UserFactory()).post(address, {"message": "Klik https://evil.example"})
    mail = Mail.objects.get(to=manager.user.email)
    assert "evil" not in mail.text + mail.html + mail.subject
    asked = manager.organisation.join_requests.get()
    assert "evil.example" in client_of(manager.user).get(f"/nl/organisations/requests/{asked.uuid}/").content.decode()


def test_who_is_registered_is_not_listed_to_who_is_not_verified():
    manager = MembershipFactory()
    application = saving.begin(manager.organisation, manager.user)
    for name in ("Huis van hoop", "Huis van moed"):
        MembershipFactory(organisation=OrganisationFactory(name=name))
    client, sent = client_of(manager.user), {"wanted": "huis van"}
    address = f"/nl/applications/{application.uuid}/sections/parties/invite-registered/"
    page = client.post(address, sent).content.decode()
    assert "Huis van moed" not in page
    verified(manager)
    page = client.post(address, sent).content.decode()
    assert "Huis van moed" in page


# ── Whose number it is ────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def there():
    """A registered organisation with its manager."""
    return MembershipFactory(
        organisation=OrganisationFactory(name="Geheim huis", enterprise_number="0207451227"),
    )


def register(user, **more):
    sent = {"name": "Ons huis", "enterprise_number": NUMBER, "letter_language": "nl", **more}
    sent["municipality"] = Municipality.objects.get(refnis=GHENT).pk
    return client_of(user).post("/en/organisations/new/non_profit/", sent)


def test_a_stranger_is_not_told_who_registered_a_number(there):
    stranger = UserFactory()
    page = register(stranger).content.decode()
    at = f"/en/organisations/{there.organisation.uuid}"
    assert f"{at}/join/" in page
    assert f"{at}/claim/" in page
    pages = [page, *(client_of(stranger).get(f"{at}/{name}/").content.decode() for name in ("join", "claim"))]
    client_of(stranger).post(f"{at}/join/", {"message": "May I?"})
    people_services.answer(there.organisation.join_requests.get(), there.user, accepted=False)
    told = Mail.objects.filter(to=stranger.email).latest("pk")
    assert not [text for text in (*pages, told.subject, told.text) if "Geheim" in text or there.user.email in text]


def test_a_competing_claim_goes_to_fedasil_with_both_sides(there):
    officer, claimant = UserFactory(groups=["Officers"]), UserFactory(first_name="Claire", last_name="Mant")
    at = f"/en/organisations/{there.organisation.uuid}/claim/"
    client_of(claimant).post(at, {"message": "We are the house."})
    client_of(claimant).post(at, {"message": "Again."})
    claim = Claim.objects.get()
    assert Notice.objects.get(user=officer).kind == "organisation_claimed"
    desk, here = client_of(officer), f"/admin/organisations/{there.organisation.pk}/"
    for page in (here, f"{here}claims/{claim.pk}/"):
        body = desk.get(page).content.decode()
        for side in ("We are the house.", claimant.email, "Geheim huis", there.user.email):
            assert side in body
    assert desk.post(f"{here}claims/{claim.pk}/", {"granted": "no", "reason": "The bank says so."}).status_code == 302
    told = Mail.objects.get(to=claimant.email)
    assert "The bank says so." in told.text
    assert "Geheim" not in told.text + told.subject
    assert desk.post(f"{here}claims/{claim.pk}/", {"granted": "yes", "reason": "After all."}).status_code == 200


def test_a_granted_claim_invites_the_claimant_to_manage_once_a_second_officer_confirms(there):
    first, second = (UserFactory(groups=["Officers"]) for _number in range(2))
    claim = claims.claim(there.organisation, UserFactory(), "It is ours.")
    claims.answer(claim, first, granted=True, reason="Seen in the statutes.")
    claim.refresh_from_db()
    assert claim.state == "waiting"
    assert not there.organisation.invitations.exists()
    with pytest.raises(Refused):
        claims.answer(claim, second, granted=False, reason="No.")
    confirmations_services.confirm(ConfirmationRequest.objects.get(), second)
    claim.refresh_from_db()
    assert (claim.state, claim.answered_by) == ("granted", first)
    invitation = there.organisation.invitations.get()
    assert (invitation.email, invitation.manager, invitation.by_fedasil) == (claim.user.email, True, True)
    assert "Seen in the statutes." in Mail.objects.filter(to=there.user.email).latest("pk").text


@pytest.mark.parametrize("kind", ["municipality", "non_profit"])
def test_a_municipality_that_is_registered_is_offered_to_who_registers_it_again(kind):
    ghent = Municipality.objects.get(refnis=GHENT)
    there = OrganisationFactory(kind="municipality", municipality=ghent, name="Stad Gent")
    officer, client = UserFactory(groups=["Officers"]), client_of(UserFactory())
    sent = {"name": "Stad GENT", "enterprise_number": NUMBER, "municipality": ghent.pk, "letter_language": "nl"}
    address = f"/en/organisations/new/{kind}/?municipality={ghent.pk}&enterprise_number={NUMBER}"
    page = client.post(address, sent).content.decode()
    assert f"/en/organisations/{there.uuid}/join/" in page
    assert "Gemeente Gent" in page
    assert Organisation.objects.count() == 1
    client.post(address, {**sent, "another": "on"})
    assert Organisation.objects.count() == 2
    assert Notice.objects.get(user=officer).kind == "organisation_twice"
