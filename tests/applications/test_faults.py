"""When something around the portal fails, or two people act at once."""

import re
from datetime import timedelta

from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from applications.answers import saving
from applications.models import Application, Signature, Version
from applications.parties import services as parties_services
from applications.parties import signatures
from applications.questionnaire.questions import BY_CODE
from applications.signing import coverage
from applications.workflow.transitions import APPLICATION
from partners.models import Capacity
from portal import clock
from portal.audit import log
from portal.models import Mail
from tests.factories import MembershipFactory, attach_what_is_needed, complete_application, mailed_code, sign
from tests.races import at_once


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
    arrived = [message for message in arrived if message["to"] != settings.TEAM_EMAIL]
    assert len(arrived) == 1
    assert re.search(r"€\s22\.000", arrived[0].get_body(("plain",)).get_content())


def test_fifty_submit_at_once_and_it_is_submitted_once(own_transactions):
    lead = MembershipFactory(capacity=Capacity.REPRESENTATIVE)
    partner = MembershipFactory(capacity=Capacity.REPRESENTATIVE)
    application = complete_application(lead, support_division="Even shares.")
    joined = parties_services.invite_organisation(application, lead.user, partner.organisation)
    parties_services.accept(joined, partner.user, partner.organisation, stay=False, guidance=True)
    attach_what_is_needed(Application.objects.get(pk=application.pk))
    for party in Application.objects.get(pk=application.pk).joined_parties:
        person = lead if party.is_lead else partner
        sign(party, person.user, person.capacity)
    address = reverse("applications:submit", args=[application.uuid])

    def press():
        client = Client()
        client.force_login(lead.user)
        return client.post(address, {"what": "submit"})

    answers = at_once(50, press)
    assert {answer.status_code for answer in answers} == {302}
    assert {answer["Location"] for answer in answers} == {reverse("applications:submitted", args=[application.uuid])}
    assert Version.objects.count() == 1
    assert log.entries_of(application).filter(action="submit").count() == 1
    application.refresh_from_db()
    mails = list(Mail.objects.filter(key__contains=":submitted:"))
    assert sorted(mail.to for mail in mails) == sorted([lead.user.email, partner.user.email])
    assert all(application.reference in mail.subject for mail in mails)


def test_an_edit_and_a_submission_at_once_never_send_what_was_not_signed(own_transactions):
    lead = MembershipFactory(capacity=Capacity.REPRESENTATIVE)
    for _round in range(5):
        application = signed_application(lead)
        signed_hash = Signature.objects.latest("pk").content_hash
        turns = iter([True, False] * 4)

        def act(application=application, turns=turns):
            fresh = Application.objects.get(pk=application.pk)
            if next(turns):
                return APPLICATION.fire("submit", fresh, lead.user)
            return saving.save_section(fresh, BY_CODE["who"], lead.user, {"contact_name": "Someone else"})

        at_once(8, act)
        now = Application.objects.get(pk=application.pk)
        same = coverage.content_hash(now.joined_parties[0]) == signed_hash
        assert (now.state, same) in {("submitted", True), ("draft", False)}


def test_signed_at_once_with_one_code_it_is_signed_once(own_transactions):
    lead = MembershipFactory(capacity=Capacity.REPRESENTATIVE)
    application = complete_application(lead)
    party = application.joined_parties[0]
    signatures.send_code(party, lead.user, lead.capacity)
    code = mailed_code(lead.user)
    results = at_once(4, lambda: signatures.sign(party, lead.user, lead.capacity, code))
    assert sum(isinstance(result, Signature) for result in results) == 1
    assert Signature.objects.count() == 1
