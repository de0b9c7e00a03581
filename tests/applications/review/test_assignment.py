"""Who looks after a dossier."""

import pytest

from applications.models import Application
from applications.review import assignment
from applications.review import services as review_services
from partners.models import Capacity
from portal.audit import log
from portal.workflow import Refused
from tests.factories import MembershipFactory, UserFactory, application_in_review

pytestmark = [pytest.mark.django_db, pytest.mark.each_database("applications.review.assignment")]


@pytest.fixture
def officers(db):
    return [UserFactory(groups=["Officers"]) for _number in range(2)]


@pytest.fixture
def dossier(officers):
    return application_in_review(MembershipFactory(capacity=Capacity.REPRESENTATIVE), officers[0])


def actions(dossier):
    return [entry.action for entry in log.entries_of(dossier)]


def test_a_dossier_is_given_from_one_officer_to_the_next(dossier, officers):
    for officer in officers:
        assignment.assign_to(dossier, officers[0], officer)
        assert Application.objects.get().assignee == officer
    assignment.assign_to(dossier, officers[0], officers[1])
    assert actions(dossier).count("assigned") == 2


def test_nobody_else_looks_after_a_dossier(dossier, officers):
    with pytest.raises(Refused):
        assignment.assign_to(dossier, officers[0], UserFactory(groups=["Deciders"]))


def test_who_withdraws_for_a_conflict_of_interest_looks_after_it_no_more(dossier, officers):
    assignment.assign_to(dossier, officers[0], officers[1])
    review_services.recuse(dossier, officers[1], reason="family")
    assert Application.objects.get().assignee is None
    assert "unassigned" in actions(dossier)
    with pytest.raises(Refused):
        assignment.assign_to(dossier, officers[0], officers[1])
