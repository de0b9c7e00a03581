"""When something around the portal fails, or two people act at once."""

import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from applications import signing
from applications.models import Application, Signature, Version
from applications.workflow import APPLICATION
from partners.models import Capacity
from portal import clock, log
from portal.models import Mail
from tests.factories import MembershipFactory, complete_application, mailed_code, sign
from tests.races import at_once


@pytest.fixture
def lead(db):
    return MembershipFactory(capacity=Capacity.REPRESENTATIVE)


def signed_application(lead):
    application = complete_application(lead)
    sign(application.joined_parties[0], lead.user, lead.capacity)
    return application


def test_mail_server_away_during_a_submit_the_mail_arrives_once_later(lead, smtp):
    smtp.stop()
    application = signed_application(lead)
    client = Client()
    client.force_login(lead.user)
    response = client.post(reverse("applications:submit", args=[application.uuid]), follow=True)
    application.refresh_from_db()
    assert application.reference in response.content.decode()
    call_command("run_due", verbosity=0)
    mail = Mail.objects.get(key__contains=":submitted:")
    assert (mail.state, mail.attempts) == (Mail.State.QUEUED, 1)
    smtp.start()
    with clock.standing_at(clock.now() + timedelta(minutes=2)):
        call_command("run_due", verbosity=0)
        call_command("run_due", verbosity=0)
    arrived = [message for message in smtp.messages if application.reference in message["subject"]]
    assert len(arrived) == 1
    assert re.search(r"€\s22\.000", arrived[0].get_body(("plain",)).get_content())


def test_submitted_at_once_it_is_submitted_once(own_transactions):
    lead = MembershipFactory(capacity=Capacity.REPRESENTATIVE)
    application = signed_application(lead)
    results = at_once(4, lambda: APPLICATION.fire("submit", Application.objects.get(pk=application.pk), lead.user))
    assert sum(isinstance(result, Application) for result in results) == 1
    assert Version.objects.count() == 1
    assert Mail.objects.filter(key__contains=":submitted:").count() == 1
    assert log.entries_of(application).filter(action="submit").count() == 1


def test_signed_at_once_with_one_code_it_is_signed_once(own_transactions):
    lead = MembershipFactory(capacity=Capacity.REPRESENTATIVE)
    application = complete_application(lead)
    party = application.joined_parties[0]
    signing.send_code(party, lead.user, lead.capacity)
    code = mailed_code(lead.user)
    results = at_once(4, lambda: signing.sign(party, lead.user, lead.capacity, code))
    assert sum(isinstance(result, Signature) for result in results) == 1
    assert Signature.objects.count() == 1
