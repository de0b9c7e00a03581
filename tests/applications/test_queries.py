"""How many queries a page takes is known, and does not grow with the data."""

import pytest
from django.core.cache import caches
from django.urls import reverse

from applications.models import Application
from applications.parties import services as parties_services
from partners.models import Capacity
from tests.at_desk import client_at_desk
from tests.factories import (
    MembershipFactory,
    UserFactory,
    application_in_review,
    attach_what_is_needed,
    complete_application,
    review_assigned,
    sign,
)

pytestmark = pytest.mark.django_db


def add_party(application: Application, lead) -> None:
    partner = MembershipFactory(capacity=Capacity.REPRESENTATIVE)
    party = parties_services.invite(application, lead.user, name="P", email=partner.user.email, language="nl")
    party = parties_services.accept(party, partner.user, partner.organisation, stay=False, guidance=True)
    application.support_division = "Even shares."
    application.save()
    attach_what_is_needed(application)
    fresh = Application.objects.get(pk=application.pk)
    sign(next(found for found in fresh.joined_parties if found.pk == party.pk), partner.user, partner.capacity)


@pytest.fixture
def kept_frame(settings):
    """Frame and menu around a page are kept for a minute, as on the real site; other tests see each change at once."""
    settings.CACHES = {**settings.CACHES, "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    yield
    caches["default"].clear()


@pytest.fixture
def never_more(django_assert_max_num_queries, kept_frame):
    """Asserts that `url` takes at most `limit` queries, and after `grow` no more than before."""

    def check(user, url, limit, grow):
        client = client_at_desk(user)
        assert client.get(url).status_code == 200
        with django_assert_max_num_queries(limit) as before:
            client.get(url)
        grow()
        with django_assert_max_num_queries(len(before)):
            client.get(url)

    return check


def test_my_applications(lead, never_more):
    complete_application(lead)
    never_more(
        lead.user, reverse("applications:list"), 17, lambda: [complete_application(lead) for _number in range(5)]
    )


@pytest.mark.parametrize(
    ("name", "limit"),
    [("application", 17), ("summary", 14), ("submit", 15), ("parties", 11)],
)
def test_an_application_with_more_parties(lead, never_more, name, limit):
    application = complete_application(lead)
    add_party(application, lead)
    never_more(
        lead.user,
        reverse(f"applications:{name}", args=[application.uuid]),
        limit,
        lambda: [add_party(application, lead) for _number in range(3)],
    )


def test_a_section_over_which_signatures_stand(lead, never_more):
    application = complete_application(lead)
    add_party(application, lead)
    url = reverse("applications:section", args=[application.uuid, "guidance"])
    never_more(lead.user, url, 10, lambda: [add_party(application, lead) for _number in range(3)])


def test_signing(lead, never_more):
    application = complete_application(lead)
    add_party(application, lead)
    url = reverse("applications:sign", args=[application.parties.get(is_lead=True).uuid])
    never_more(lead.user, url, 16, lambda: [add_party(application, lead) for _number in range(3)])


def test_an_organisation_with_more_people(lead, never_more):
    url = reverse("partners:organisation", args=[lead.organisation.uuid])
    never_more(
        lead.user,
        url,
        12,
        lambda: [MembershipFactory(organisation=lead.organisation) for _number in range(5)],
    )


def test_the_list_of_the_desk(lead, officer, never_more):
    application_in_review(lead, officer)
    url = reverse("desk_applications:index")
    never_more(officer, url, 15, lambda: [application_in_review(lead, officer) for _number in range(4)])


def test_the_list_of_partnerships(lead, officer, never_more):
    never_more(officer, reverse("desk_partnerships:index"), 40, lambda: None)


def test_a_dossier_with_more_of_everything(lead, officer, never_more):
    application = application_in_review(lead, officer)
    url = reverse("desk_applications:inspect", args=[application.pk])

    def grow():
        for _number in range(3):
            review_assigned(application, UserFactory(groups=["Officers"]))

    grow()
    never_more(officer, url, 40, grow)
