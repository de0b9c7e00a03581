"""A signing rule that changes: drafts follow it, with who signs told; what was submitted stays."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from applications.models import Application, Party
from applications.parties import services as parties_services
from applications.signing import coverage
from partners.models import Capacity
from partners.organisations import services as organisations_services
from portal.audit import log
from portal.models import Mail
from portal.workflow import Refused
from tests.factories import MembershipFactory, complete_application, sign, submitted_application
from tests.races import at_once

pytestmark = pytest.mark.django_db
FIRST, SECOND, CHAIR = Capacity.REPRESENTATIVE, Capacity.SECOND_REPRESENTATIVE, Capacity.CHAIR


@pytest.fixture
def lead():
    return MembershipFactory(capacity=FIRST)


def party_of(application) -> Party:
    return Application.objects.get(pk=application.pk).joined_parties[0]


def colleague(lead, capacity):
    return MembershipFactory(organisation=lead.organisation, manager=False, contributor=False, capacity=capacity)


def test_two_directors_set_after_joining_both_sign_a_draft_and_the_second_is_told(lead):
    second, application = colleague(lead, SECOND), complete_application(lead)
    sign(party_of(application), lead.user, FIRST)
    organisations_services.confirm_rule(lead.organisation, lead.user, FIRST, SECOND)
    party = party_of(application)
    assert party.capacities == [FIRST, SECOND]
    assert coverage.missing_capacities(party) == [SECOND], "the first signature stands"
    assert Mail.objects.get(to=second.user.email).key.count(":signature_asked:") == 1
    entry = log.entries_of(application).get(action="signing_rule_followed")
    assert (entry.actor, entry.data) == (lead.user, {"party": party.pk, "capacities": [FIRST, SECOND]})


def test_a_signature_in_a_capacity_that_is_taken_away_counts_no_longer_until_it_is_given_back(lead):
    application = complete_application(lead)
    director = colleague(lead, FIRST)
    sign(party_of(application), director.user, FIRST)
    organisations_services.confirm_rule(lead.organisation, lead.user, CHAIR)
    assert coverage.missing_capacities(party_of(application)) == [CHAIR]
    assert coverage.standing_signatures(party_of(application)) == []
    told = Mail.objects.get(to=director.user.email, key__contains=":signature_lapsed:")
    assert "Een organisatie wijzigde wie voor haar ondertekent" in told.text
    organisations_services.confirm_rule(lead.organisation, lead.user, FIRST)
    assert coverage.missing_capacities(party_of(application)) == []


def test_what_was_submitted_stays_as_it_was_signed(lead):
    application = submitted_application(lead)
    organisations_services.confirm_rule(lead.organisation, lead.user, FIRST, SECOND)
    assert party_of(application).capacities == [FIRST]


def test_the_page_says_beforehand_which_signatures_in_which_drafts(lead):
    application = complete_application(lead)
    client, page = Client(), f"/en/organisations/{lead.organisation.uuid}/signing-rule/"
    client.force_login(lead.user)

    def opened() -> tuple[str, str]:
        text = client.get(page).content.decode()
        return text.split('id="followers"')[1].split("</ul>")[0], text.split('name="seen" value="')[1].split('"')[0]

    said, seen = opened()
    assert str(application.uuid) in said
    assert str(lead.user) not in said
    # Signed after the page was opened: nothing is saved before that was said.
    sign(party_of(application), lead.user, FIRST)
    answer = client.post(page, {"signs_first": CHAIR, "seen": seen})
    assert (answer.status_code, party_of(application).capacities) == (409, [FIRST])
    assert str(lead.user) in answer.content.decode().split('id="followers"')[1].split("</ul>")[0]
    # What takes no signature away asks nothing.
    assert client.post(page, {"signs_first": FIRST, "signs_second": SECOND, "seen": seen}).status_code == 302
    assert client.post(page, {"signs_first": CHAIR, "seen": opened()[1]}).status_code == 302
    assert party_of(application).capacities == [CHAIR]


def test_only_who_manages_the_organisation_changes_it(lead):
    application, signatory = complete_application(lead), colleague(lead, FIRST)
    with pytest.raises(PermissionDenied):
        organisations_services.confirm_rule(lead.organisation, signatory.user, FIRST, SECOND)
    assert party_of(application).capacities == [FIRST]


def test_joining_and_a_new_rule_at_once_leave_the_new_rule(own_transactions):
    lead, partner = MembershipFactory(capacity=FIRST), MembershipFactory(capacity=FIRST)
    application = complete_application(lead)
    party = parties_services.invite_organisation(application, lead.user, partner.organisation)
    verbs = [
        lambda: parties_services.accept(party, partner.user, partner.organisation, stay=False, guidance=True),
        lambda: organisations_services.confirm_rule(partner.organisation, partner.user, FIRST, SECOND),
    ]
    results = at_once(2, lambda: verbs.pop()())
    assert not [result for result in results if isinstance(result, Refused)]
    if not verbs:
        assert Party.objects.get(pk=party.pk).capacities == [FIRST, SECOND]
