"""Fedasil gives someone the management of an organisation: one officer asks, another confirms."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from partners.models import Invitation
from partners.organisations import history
from partners.people import services as people_services
from portal.audit import log
from portal.confirmations import services as confirmations_services
from portal.models import ConfirmationRequest, LogEntry, Mail
from portal.workflow import Refused
from tests.at_desk import client_at_desk
from tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk():
    return MembershipFactory(user__language="en")


@pytest.fixture
def officers():
    return [UserFactory(groups=["Officers"], language="en") for _number in range(2)]


def ask_for(organisation, officer, email="New.Clerk@town.example"):
    address = reverse("desk_organisations:restore_access", args=[organisation.pk])
    client_at_desk(officer).post(address, {"email": email, "language": "fr", "reason": "The clerk has retired."})
    return ConfirmationRequest.objects.get()


def answer(step, officer, asked, **data):
    return client_at_desk(officer).post(reverse(f"desk_confirmations:{step}", args=[asked.pk]), data)


def test_access_is_given_when_another_officer_confirms(clerk, officers):
    first, second = officers
    asked = ask_for(clerk.organisation, first)
    assert not Invitation.objects.exists()
    told = Mail.objects.get(to=clerk.user.email)
    assert "new.clerk@town.example" in told.text
    assert "The clerk has retired." in told.text
    assert Mail.objects.filter(to=second.email, key__contains=":needed:").exists()
    answer("confirm", first, asked)
    assert not Invitation.objects.exists(), "confirmed by who asked for it"

    page = client_at_desk(second).get(reverse("desk_confirmations:inspect", args=[asked.pk])).content.decode()
    assert "new.clerk@town.example" in page
    answer("confirm", second, asked)
    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.manager, invitation.invited_by) == ("new.clerk@town.example", True, first)
    assert Mail.objects.get(to=invitation.email).language == "fr"
    mails = Mail.objects.filter(to=clerk.user.email)
    assert mails.count() == 2
    assert mails.filter(key__contains=":access_restored:").count() == 1
    assert log.entries_of(clerk.organisation).last().actor == second
    assert len(history.events_of(clerk.organisation)) == 3
    assert invitation.email not in str(list(LogEntry.objects.values_list("data", flat=True)))


def test_who_works_there_is_told_of_a_refusal_too(clerk, officers):
    first, second = officers
    answer("refuse", second, ask_for(clerk.organisation, first), reason="I called: the clerk is there.")
    assert not Invitation.objects.exists()
    assert "I called: the clerk is there." in Mail.objects.filter(to=clerk.user.email).latest("pk").text


def test_an_officer_does_not_confirm_the_own_access(clerk, officers):
    first, second = officers
    asked = ask_for(clerk.organisation, first, email=second.email)
    with pytest.raises(PermissionDenied):
        confirmations_services.confirm(asked, second)


def test_who_is_invited_already_is_not_asked_for(clerk, officers):
    people_services.restore_access(
        clerk.organisation, officers[0], email="new.clerk@town.example", language="fr", reason="So."
    )
    after = {"email": "new.clerk@town.example", "language": "fr"}
    with pytest.raises(Refused):
        confirmations_services.ask("organisation_access", clerk.organisation, after, officers[0], reason="Again.")


def test_officers_read_only_what_they_may_answer(clerk, officers):
    administrator = UserFactory(groups=["Administrators"])
    other = confirmations_services.ask(
        "account_groups", clerk.user, {"groups": ["Editors"]}, administrator, reason="New."
    )
    first, second = officers
    confirmations_services.ask(
        "organisation_access", clerk.organisation, {"email": "a@b.example", "language": "nl"}, first, reason="Gone."
    )
    client = client_at_desk(second)
    shown = client.get(reverse("desk_confirmations:index")).content.decode()
    assert str(clerk.organisation) in shown
    assert clerk.user.email not in shown
    assert client.get(reverse("desk_confirmations:inspect", args=[other.pk])).status_code == 404
