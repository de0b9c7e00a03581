"""Mails that do not arrive: refused by the server, or returned later by a delivery status notification."""

from io import BytesIO, StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from applications.models import Contact
from applications.parties import services as parties_services
from partners.models import Capacity
from partners.people import services as people_services
from portal import clock
from portal.audit import log
from portal.mail import outbox
from portal.models import Mail
from tests.factories import MembershipFactory, UserFactory, complete_application, submitted_application

pytestmark = pytest.mark.django_db
GONE = "gone@town.example"


def notification(
    row: Mail, *, envelope: str = "", action: str = "failed", status: str = "5.1.1", returned=True
) -> bytes:
    """What a mail server sends back (RFC 3464)."""
    original = f"Message-ID: <{row.uuid}@fedasil.be>\nSubject: x\n" if returned else "Subject: x\n"
    lines = f"""From: MAILER-DAEMON@mx.town.example
To: {envelope or "resettlement@fedasil.be"}
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="part"

--part
Content-Type: text/plain; charset=us-ascii

I could not deliver your message.

--part
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.town.example
Arrival-Date: Mon, 2 Mar 2026 09:00:00 +0100

Final-Recipient: rfc822; {row.to}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 <{row.to}>:
    Recipient address rejected: User unknown

--part
Content-Type: text/rfc822-headers

{original}
--part--
"""
    return lines.replace("\n", "\r\n").encode()


def take(raw: bytes) -> str:
    said = StringIO()
    call_command("take_bounce", stdin=BytesIO(raw), stdout=said)
    return said.getvalue()


def state(row: Mail) -> str:
    row.refresh_from_db()
    return row.state


@pytest.fixture
def lead():
    return MembershipFactory(capacity=Capacity.REPRESENTATIVE)


@pytest.fixture
def colleague(lead):
    return MembershipFactory(organisation=lead.organisation, user__email=GONE)


@pytest.fixture
def lost(lead, colleague, smtp):
    """A mail about an application, to a colleague, that went out."""
    application = submitted_application(lead)
    outbox.deliver_due()
    row = Mail.objects.get(to=GONE, key__contains=":submitted:")
    assert row.state == Mail.State.SENT
    return application, row


# ── Refused at once ───────────────────────────────────────────────────────────────────────────────────────────────────
def test_an_address_that_the_server_refuses_fails_at_once_and_is_passed_on(lead, colleague, smtp):
    smtp.refused = {GONE}
    submitted_application(lead)
    outbox.deliver_due()
    row = Mail.objects.get(to=GONE, key__contains=":submitted:")
    assert (row.state, row.attempts) == (Mail.State.FAILED, 1)
    assert "550" in row.last_error
    notice = Mail.objects.get(key__startswith=f"undelivered:{row.uuid}:")
    assert notice.to == lead.user.email
    outbox.deliver_due()
    assert any(GONE in message.get_body(("plain",)).get_content() for message in smtp.messages)


# ── Returned later ────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_notification_finds_its_mail_by_the_returned_message_id(lost):
    _application, row = lost
    assert str(row.uuid) in take(notification(row))
    assert state(row) == Mail.State.BOUNCED
    assert row.last_error.startswith("5.1.1 smtp; 550 5.1.1")


def test_a_notification_finds_its_mail_by_the_envelope(lost, smtp, settings):
    _application, row = lost
    settings.BOUNCE_EMAIL = "bounce@portal.example"
    second = outbox.queue(key="k", to=GONE, language="nl", template="partners/interest_due", context={"lead": row})
    outbox.deliver(second.pk)
    envelope = f"bounce+{second.uuid}@portal.example"
    assert smtp.senders[-1] == envelope
    assert smtp.messages[-1]["from"] == "Fedasil <resettlement@fedasil.be>"
    take(notification(second, envelope=envelope, returned=False))
    assert (state(second), state(row)) == (Mail.State.BOUNCED, Mail.State.SENT)


@pytest.mark.parametrize(("action", "status"), [("delayed", "4.4.1"), ("delivered", "2.0.0"), ("failed", "4.2.2")])
def test_what_is_no_failure_changes_nothing(lost, action, status):
    _application, row = lost
    assert "no failure" in take(notification(row, action=action, status=status))
    assert state(row) == Mail.State.SENT


@pytest.mark.parametrize(
    "raw",
    [b"", b"Subject: hello\r\n\r\nI am on holiday.", b"\xff\xfe\x00", b"Content-Type: multipart/report\r\n\r\n--"],
)
def test_anything_else_is_left_alone(raw):
    assert "no failure" in take(raw)


def test_a_notification_about_a_mail_of_another_is_left_alone(lost):
    _application, row = lost
    assert "no failure" in take(notification(Mail(to="x@town.example")))
    assert state(row) == Mail.State.SENT


def test_the_same_notification_twice_is_passed_on_once(lost):
    application, row = lost
    for _time in range(2):
        take(notification(row))
    assert Mail.objects.filter(key__startswith="undelivered:").count() == 1
    assert log.entries_of(application).filter(action="mail_undelivered").count() == 1


def test_a_maildir_is_read_once(lost, tmp_path):
    _application, row = lost
    for name in ("new", "cur", "tmp"):
        (tmp_path / name).mkdir()
    (tmp_path / "new" / "1.host").write_bytes(notification(row))
    (tmp_path / "new" / "2.host").write_bytes(b"Subject: hello\r\n\r\nhello")
    call_command("take_bounce", maildir=tmp_path, stdout=StringIO())
    assert state(row) == Mail.State.BOUNCED
    assert list((tmp_path / "new").iterdir()) == []
    assert len(list((tmp_path / "cur").iterdir())) == 2
    with pytest.raises(CommandError):
        call_command("take_bounce", maildir=tmp_path / "cur")


# ── Shown, and passed on ──────────────────────────────────────────────────────────────────────────────────────────────
def shown(user, application) -> bool:
    client = Client()
    client.force_login(user)
    return GONE in client.get(reverse("applications:application", args=[application.uuid])).content.decode()


def test_the_dossier_shows_it_until_a_later_mail_arrives(lost, lead):
    application, row = lost
    officer = Client()
    officer.force_login(UserFactory(groups=["Officers"]))
    at_desk = reverse("desk_applications:inspect", args=[application.pk])
    assert not shown(lead.user, application)
    take(notification(row))
    assert shown(lead.user, application)
    assert "550 5.1.1" in officer.get(at_desk).content.decode()
    later = outbox.queue(
        key="later",
        to=GONE,
        language="nl",
        template="applications/in_review",
        context={"application": application},
        about=application,
    )
    outbox.deliver(later.pk)
    assert not shown(lead.user, application)


def test_an_invitation_that_did_not_arrive_is_told_to_the_lead_and_shown_to_it_alone(lead, smtp):
    application = complete_application(lead)
    partner = MembershipFactory()
    joined = parties_services.invite(application, lead.user, name="P", email=partner.user.email, language="nl")
    parties_services.accept(joined, partner.user, partner.organisation, stay=False, guidance=True)
    parties_services.invite(application, lead.user, name="Other", email=GONE, language="nl")
    outbox.deliver_due()
    take(notification(Mail.objects.get(to=GONE)))
    notices = Mail.objects.filter(key__startswith="undelivered:")
    assert [notice.to for notice in notices] == [lead.user.email]
    assert "invitations" not in notices[0].text, "an invitation is personal"
    assert shown(lead.user, application)
    assert not shown(partner.user, application)


def test_the_deputies_get_it_in_their_language(lost, lead):
    application, row = lost
    Contact.objects.create(application=application, role="deputy", name="D", email="Deputy@town.example")
    absent = lead.organisation.memberships.get(user__email=GONE)
    deputy = MembershipFactory(
        organisation=lead.organisation, manager=False, contributor=False, viewer=True, user__language="fr"
    )
    people_services.set_absence(absent, clock.today(), clock.today(), deputy)
    take(notification(row))
    told = dict(Mail.objects.filter(key__startswith="undelivered:").values_list("to", "language"))
    assert told == {lead.user.email: "nl", deputy.user.email: "fr", "deputy@town.example": "nl"}


def test_a_notice_that_bounces_goes_no_further(lost):
    _application, row = lost
    take(notification(row))
    notice = Mail.objects.get(key__startswith=f"undelivered:{row.uuid}:")
    take(notification(notice))
    assert state(notice) == Mail.State.BOUNCED
    assert Mail.objects.filter(key__startswith="undelivered:").count() == 1


def test_a_code_is_passed_on_to_nobody(lead, colleague, smtp):
    row = outbox.queue(
        key="code",
        to=GONE,
        language="nl",
        template="account/login_code",
        context={"code": "ABC", "ends_at": clock.now()},
        sensitive=True,
        about=lead.organisation,
    )
    take(notification(row))
    assert (state(row), row.text, row.html) == (Mail.State.BOUNCED, "", "")
    assert not Mail.objects.exclude(pk=row.pk).exists()


def test_a_lost_invitation_of_a_colleague_is_told_to_the_managers(lead, smtp):
    people_services.invite(lead.organisation, lead.user, email=GONE, language="nl", viewer=True)
    outbox.deliver_due()
    take(notification(Mail.objects.get(to=GONE)))
    notice = Mail.objects.get(to=lead.user.email, key__contains=":undelivered:")
    take(notification(notice))
    assert Mail.objects.filter(key__contains=":undelivered:").count() == 1
