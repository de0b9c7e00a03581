"""Codes to sign: how many are mailed, and that one that was mailed just now still works."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localtime

from applications.models import Signature
from partners.models import Capacity
from portal import clock
from portal.formats import time_of_day
from portal.models import Mail
from tests.factories import MembershipFactory, complete_application, mailed_code

pytestmark = pytest.mark.django_db


@pytest.fixture
def signatory():
    """Someone who may sign, as a client, with the party."""
    lead = MembershipFactory(capacity=Capacity.REPRESENTATIVE)
    party = complete_application(lead).joined_parties[0]
    client = Client()
    client.force_login(lead.user)
    return client, lead.user, party


def mail_code(client, party):
    return client.post(reverse("applications:mail_signing_code", args=[party.uuid]), follow=True)


def sign(client, party, code: str):
    return client.post(reverse("applications:sign_by_code", args=[party.uuid]), {"code": code})


def codes_to(user) -> int:
    return Mail.objects.filter(to=user.email, key__startswith="signature-code:").count()


def test_a_second_press_sends_no_second_code_and_says_which_one_works(signatory):
    client, user, party = signatory
    now = clock.now()
    for seconds in (0, 50, 100):
        with clock.standing_at(now + timedelta(seconds=seconds)):
            page = mail_code(client, party).content.decode()
            assert time_of_day(localtime(now)) in page
    assert codes_to(user) == 1
    with clock.standing_at(now + timedelta(minutes=3)):
        mail_code(client, party)
        assert codes_to(user) == 2
        sign(client, party, mailed_code(user))
    assert Signature.objects.filter(user=user).exists()


def test_codes_to_sign_are_not_mailed_without_end(signatory):
    client, user, party = signatory
    start = clock.now()
    for press in range(25):
        with clock.standing_at(start + timedelta(minutes=2.1 * press)):
            last = mail_code(client, party)
    assert codes_to(user) == 20
    assert last.status_code == 409
    assert codes_to(user) == Mail.objects.filter(to=user.email).count()
    with clock.standing_at(start + timedelta(minutes=2.1 * 19 + 1)):
        sign(client, party, mailed_code(user))
    assert Signature.objects.filter(user=user).exists(), "a refused request leaves the last code as it was"
