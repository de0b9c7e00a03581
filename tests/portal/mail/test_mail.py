"""The outbox against a real SMTP server on loopback."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import translation
from django_tasks_db.models import DBTaskResult
from wagtail.admin.mail import send_mail
from wagtail.tasks import update_reference_index_task

from applications.parties import signatures
from partners.models import Capacity
from portal import clock
from portal.mail import outbox
from portal.mail.rendering import Words
from portal.models import Mail
from portal.settings import base
from tests.factories import MembershipFactory, UserFactory, complete_application, mailed_code
from tests.portal.accounts.signing_in import ask_for_code, code_for

pytestmark = [pytest.mark.django_db, pytest.mark.each_database("portal.mail.outbox")]


def queue(key="one", **kwargs):
    written = Words("Eén onderwerp", "Tekst\n", "<p>Tekst</p>")
    return outbox.queue_words(written, key=key, to="person@town.example", language="nl", **kwargs)


def mailed_to_sign_in(client):
    user = UserFactory()
    ask_for_code(client, user.email)
    return Mail.objects.get(to=user.email), code_for(user.email)


def mailed_to_sign(client):
    lead = MembershipFactory(capacity=Capacity.REPRESENTATIVE)
    application = complete_application(lead)
    signatures.send_code(application.joined_parties[0], lead.user, lead.capacity)
    return Mail.objects.get(key__startswith="signature-code"), mailed_code(lead.user)


def test_a_mail_goes_out_once_with_its_headers(smtp):
    row = queue()
    assert queue().pk == row.pk
    outbox.deliver(row.pk)
    outbox.deliver(row.pk)
    (message,) = smtp.messages
    assert message["subject"] == "Eén onderwerp"
    assert message["to"] == "person@town.example"
    assert message["message-id"] == f"<{row.uuid}@fedasil.be>"
    assert message["auto-submitted"] == "auto-generated"
    assert message["content-language"] == "nl"
    row.refresh_from_db()
    assert (row.state, row.attempts, row.last_error) == (Mail.State.SENT, 1, "")


def test_server_away_the_mail_arrives_once_later(smtp):
    smtp.stop()
    row = queue()
    outbox.deliver(row.pk)
    row.refresh_from_db()
    assert row.state == Mail.State.QUEUED
    assert row.last_error
    smtp.start()
    call_command("run_due")
    assert smtp.messages == []  # not yet: the next try is later
    with clock.standing_at(clock.now() + timedelta(minutes=1)):
        call_command("run_due")
        call_command("run_due")
    assert len(smtp.messages) == 1
    row.refresh_from_db()
    assert (row.state, row.attempts) == (Mail.State.SENT, 2)


def test_the_text_of_a_code_is_emptied_once_sent(smtp):
    row = queue(sensitive=True)
    outbox.deliver(row.pk)
    row.refresh_from_db()
    assert (row.text, row.html) == ("", "")
    assert "Tekst" in smtp.messages[0].get_body(("plain",)).get_content()


def test_a_sender_that_vanished_is_followed_by_another(smtp):
    row = queue()
    Mail.objects.filter(pk=row.pk).update(state=Mail.State.SENDING, next_try=clock.now() + outbox.LEASE)
    assert outbox.deliver_due() == 0
    with clock.standing_at(clock.now() + outbox.LEASE + timedelta(seconds=1)):
        assert outbox.deliver_due() == 1
    assert len(smtp.messages) == 1


def test_a_code_that_has_expired_is_dropped_and_emptied(smtp, caplog):
    smtp.stop()
    row = queue(sensitive=True, expires_at=clock.now() + timedelta(minutes=10))
    outbox.deliver(row.pk)
    smtp.start()
    with clock.standing_at(clock.now() + timedelta(hours=2)):
        call_command("run_due")
        outbox.deliver(row.pk)
    assert smtp.messages == []
    row.refresh_from_db()
    assert (row.state, row.text, row.html) == (Mail.State.EXPIRED, "", "")
    assert row.key in caplog.text


@pytest.mark.parametrize("ask", [mailed_to_sign_in, mailed_to_sign])
def test_a_code_works_no_longer_than_its_mail_and_stands_in_no_subject(client, ask):
    row, code = ask(client)
    assert code not in row.subject
    assert code in row.text
    assert timedelta(minutes=9) < row.expires_at - row.queued_at <= timedelta(minutes=20)


@pytest.mark.parametrize("state", ["sent", "failed", "bounced", "expired"])
def test_a_code_stands_in_the_outbox_no_longer_than_it_waits(state):
    row = queue(sensitive=True)
    with pytest.raises(IntegrityError, match="mail_code_emptied"), transaction.atomic():
        Mail.objects.filter(pk=row.pk).update(state=state, sent_at=clock.now())


def test_what_wagtail_sends_waits_in_the_outbox_like_the_rest(smtp, settings):
    settings.EMAIL_BACKEND = base.EMAIL_BACKEND
    with translation.override("de"):
        send_mail("Ein Kommentar", "Text", ["Editor <editor@fedasil.example>"], html_message="<p>Text</p>")
    row = Mail.objects.get(to="editor@fedasil.example")
    assert (row.subject, row.text, row.html, row.language) == ("Ein Kommentar", "Text", "<p>Text</p>", "de")
    assert not smtp.messages
    outbox.deliver(row.pk)
    assert len(smtp.messages) == 1


def test_a_mail_goes_before_the_work_that_was_queued_earlier():
    DBTaskResult.objects.all().delete()
    update_reference_index_task.enqueue("home", "homepage", "1")
    queue()
    assert DBTaskResult.objects.ready().first().task_path == "portal.mail.outbox.deliver_mail"


def test_a_mail_that_is_gone_when_its_turn_comes_is_no_failure(smtp):
    row = queue()
    Mail.objects.filter(pk=row.pk).delete()
    assert outbox.deliver_mail.call(row.pk) == "deleted"
    assert smtp.messages == []
