import pytest
from wagtail.users.models import UserProfile

from portal.models import User
from tests.factories import UserFactory


def person(*groups: str) -> User:
    """Whose admin speaks English."""
    user = UserFactory(groups=groups)
    UserProfile.objects.create(user=user, preferred_language="en")
    return user


@pytest.fixture
def editor() -> User:
    return person("Editors")


@pytest.fixture
def publisher() -> User:
    return person("Publishers")


@pytest.fixture
def german() -> User:
    """Translates into German only."""
    return person("Translators (German)")
