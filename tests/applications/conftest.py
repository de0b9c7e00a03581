"""Who and what most tests of applications begin with. A module that needs someone else says so under the same name."""

import pytest

from applications.change_requests import services as change_requests_services
from partners.models import Capacity
from tests.applications.common import SOON
from tests.factories import MembershipFactory, UserFactory, application_in_review, complete_application


@pytest.fixture
def lead(db):
    return MembershipFactory(capacity=Capacity.REPRESENTATIVE)


@pytest.fixture
def application(lead):
    return complete_application(lead)


@pytest.fixture
def officer(db):
    return UserFactory(groups=["Officers"])


@pytest.fixture
def officers(db):
    return [UserFactory(groups=["Officers"]) for _number in range(3)]


@pytest.fixture
def in_review(lead, officer):
    return application_in_review(lead, officer)


@pytest.fixture
def asked(in_review, officer):
    """Two questions asked."""
    ask = {"5.2": "How many in the first month?", "3.6": "Which others?"}
    return change_requests_services.ask(in_review, officer, asked=ask, due_on=SOON)
