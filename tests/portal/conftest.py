"""A small world with someone in every role, and one of each thing that stands in an address."""

from datetime import date, time, timedelta
from decimal import Decimal

import boto3
import environ
import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.usersessions.models import UserSession
from moto.server import ThreadedMotoServer
from wagtail.models import Page

from applications import advising, attachments, messaging, notes, parties, requests, versions
from applications.models import Application, Decision, Letter, PrivateMessage
from home import sessions
from home.content.source import fixed_id
from home.models import InformationPage, Session
from partners import leads, partnerships
from partners import people as organisation_people
from partners.models import Capacity, Organisation
from portal import absences, clock, confirmations, files
from portal.incoming import judge
from portal.models import Absence
from portal.settings.storages import private_storage
from tests.factories import (
    LeadFactory,
    MembershipFactory,
    OrganisationFactory,
    UserFactory,
    application_in_review,
    attach,
    complete_application,
    prepared,
    review_assigned,
    small_pdf,
)
from tests.passkeys import SoftPasskey

from .matrix import GROUPS


def decided_once_and_again(application, people):
    """A correction that waits to be released, and a letter about the first decision."""
    now = clock.now()
    Application.objects.filter(pk=application.pk).update(
        state="declined", reference="HV-2026-ALONE2", submitted_at=now, led_by=application.lead, running_since=None
    )
    application = Application.objects.get(pk=application.pk)
    first = Decision.objects.create(
        application=application,
        version=application.versions.get(),
        state="released",
        outcome="decline",
        reasons_nl="No.",
        prepared_by=people["officer"],
        prepared_at=now,
        decider=people["decider"],
        decided_at=now,
    )
    stored = files.store(b"%PDF-1.7", name="letter.pdf", content_type="application/pdf")
    letter = Letter.objects.create(decision=first, party=application.parties.get(), language="nl", stored=stored)
    return prepared(application, people["officer"], "decline"), letter


@pytest.fixture
def world(db):
    lead = OrganisationFactory(kind=Organisation.Kind.MUNICIPALITY)
    manager = MembershipFactory(organisation=lead)
    partner = MembershipFactory()
    people = {
        "stranger": MembershipFactory(capacity=Capacity.REPRESENTATIVE).user,
        "manager": manager.user,
        "contributor": MembershipFactory(organisation=lead, manager=False).user,
        "viewer": MembershipFactory(organisation=lead, manager=False, contributor=False, viewer=True).user,
        "signatory": MembershipFactory(
            organisation=lead, manager=False, contributor=False, capacity=Capacity.MAYOR
        ).user,
        "partner": partner.user,
        "invited": UserFactory(),
        "colleague": UserFactory(),
        **{role: UserFactory(groups=[group]) for role, group in GROUPS.items()},
    }
    draft = complete_application(manager)
    invited = parties.invite(draft, manager.user, name="Partner", email=partner.user.email, language="nl")
    parties.accept(invited, partner.user, partner.organisation, stay=False, guidance=True)
    draft.refresh_from_db()
    attachment = attach(draft.joined_parties[0], "decision")
    attachments.draw_previews(attachment, attachment.stored.read())
    draft.refresh_from_db()
    waiting = parties.invite(draft, manager.user, name="Other", email=people["invited"].email, language="nl")
    colleague = people["colleague"].email
    invitation = organisation_people.invite(lead, manager.user, email=colleague, language="nl", viewer=True)
    asking = organisation_people.ask_to_join(lead, people["stranger"])
    of_viewer = lead.memberships.get(user=people["viewer"])
    absence = organisation_people.set_absence(of_viewer, clock.today(), clock.today(), None)
    of_signatory = lead.memberships.get(user=people["signatory"])
    organisation_people.keep_paper(of_signatory, manager.user, judge(small_pdf(), "decision.pdf"))
    of_signatory.refresh_from_db()
    organisation_people.settle_paper(of_signatory, "")
    # What no other party has to answer for: its papers can be had.
    alone_in_it = complete_application(manager)
    versions.freeze(alone_in_it, manager.user)
    alone = MembershipFactory(capacity=Capacity.REPRESENTATIVE)
    in_review = application_in_review(alone, people["officer"])
    review = review_assigned(in_review, people["officer"])
    note = notes.write(in_review, people["officer"], "5.2", "Few hours.")
    advice = advising.ask(
        in_review, people["officer"], of=people["editor"], sections=["stay"], question="Enough?", due_on=clock.today()
    )
    among_us = PrivateMessage.objects.create(
        application=in_review, author=people["officer"], text="Among us.", sent_at=clock.now()
    )
    # One that its parties have again after Fedasil read it.
    asked = complete_application(manager)
    joins = parties.invite(asked, manager.user, name="Partner", email=partner.user.email, language="nl")
    parties.accept(joins, partner.user, partner.organisation, stay=False, guidance=True)
    Application.objects.filter(pk=asked.pk).update(
        state="in_review",
        reference="HV-2026-ASKED2",
        submitted_at=clock.now(),
        led_by=manager.organisation,
        running_since=clock.now(),
    )
    asked = Application.objects.get(pk=asked.pk)
    versions.freeze(asked, manager.user)
    requests.ask(asked, people["officer"], asked={"5.2": "How many?"}, due_on=clock.today())
    decision, letter = decided_once_and_again(alone_in_it, people)
    message = messaging.send(asked, manager.user, "A question.", party=asked.joined_parties[0])
    terms = partnerships.Terms("HV", [3], False, 1, date(2027, 3, 1), Decimal(9000))
    lead_terms = partnerships.PartyTerms(lead, lead=True, stay=True, guidance=True)
    partnership = partnerships.start([lead_terms], terms, people["officer"], people["decider"])
    session = sessions.plan(
        Session(name="Webinar", date=clock.today() + timedelta(days=9), start_time=time(14), seats=9), people["officer"]
    )
    registration = sessions.register(
        session, name="Visitor", email="visitor@town.example", organisation="", needs="", language="nl"
    )
    interest = leads.express(LeadFactory.build())
    later = clock.today() + timedelta(days=60)
    away = Absence(user=people["officer"], first_day=later, last_day=later, deputy=people["decider"])
    absences.keep(away, people["officer"])
    editor_to_be = {"groups": ["Editors"]}
    confirmation = confirmations.ask(
        "account_groups", people["stranger"], editor_to_be, UserFactory(groups=["Administrators"]), reason="New."
    )
    own_confirmation = confirmations.ask(
        "account_groups", people["invited"], editor_to_be, people["administrator"], reason="New."
    )
    passkey = SoftPasskey().kept_by(manager.user)
    RecoveryCodes.activate(manager.user)
    browser = UserSession.objects.create(
        user=manager.user, session_key="elsewhere", ip="192.0.2.1", user_agent="Firefox"
    )
    return people, {
        "sample": {"key": fixed_id("council-note")},
        "printable": {"key": InformationPage.objects.first().translation_key},
        "interest": {"pk": interest.pk},
        "session": {"uuid": session.uuid, "pk": session.pk},
        "registration": {"uuid": registration.uuid},
        "home": {"language": "nl", "key": Page.objects.get(url_path="/nl/").translation_key},
        "draft": {"uuid": draft.uuid, "code": "guidance"},
        "draft_alone": {"uuid": draft.uuid},
        "attachment": {"uuid": attachment.uuid},
        "preview": {"uuid": attachment.uuid, "page": 1},
        "draft_answers": {"uuid": draft.uuid, "form": "docx"},
        "lead_party": {"uuid": draft.parties.get(is_lead=True).uuid},
        "partners_party": {"uuid": invited.uuid},
        "lead_receipt": {"uuid": alone_in_it.uuid, "number": 1},
        "lead_council": {"uuid": alone_in_it.parties.get().uuid, "body": "college", "form": "docx"},
        "invited_party": {"uuid": waiting.uuid},
        "lead": {"uuid": lead.uuid, "pk": lead.pk},
        "kind": {"kind": "non_profit"},
        "viewer_membership": {"uuid": of_viewer.uuid},
        "signatory_membership": {"uuid": of_signatory.uuid},
        "absence": {"pk": absence.pk},
        "join_request": {"uuid": asking.uuid},
        "invitation": {"uuid": invitation.uuid},
        "in_review": {"pk": in_review.pk},
        "in_review_question": {"pk": in_review.pk, "number": "5.2"},
        "officers_note": {"pk": note.pk},
        "private_message": {"pk": among_us.pk},
        "advice": {"pk": advice.pk},
        "asked": {"uuid": asked.uuid, "pk": asked.pk},
        "change_request": {"pk": asked.change_requests.get().pk},
        "decision": {"pk": decision.pk},
        "letter": {"uuid": letter.uuid},
        "letter_at_desk": {"pk": decision.pk, "party_pk": letter.party_id},
        "message_of_lead": {"uuid": asked.uuid, "pk": message.pk},
        "review": {"pk": in_review.pk, "review_pk": review.pk},
        "confirmation": {"pk": confirmation.pk},
        "own_confirmation": {"pk": own_confirmation.pk},
        "partnership": {"pk": partnership.pk},
        "officers_notice": {"pk": people["officer"].notices.first().pk},
        "officers_absence": {"pk": away.pk},
        "managers_passkey": {"pk": passkey.pk},
        "managers_session": {"pk": browser.pk},
    }


# ── Where private files lie ──────────────────────────────────────────────────────────────────────────────────────────
@pytest.fixture(scope="session")
def service():
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(service, settings, monkeypatch, tmp_path):
    """Private files in a bucket, by the settings that docs/operator.md names."""
    for name, value in {
        "FILES_S3_BUCKET": "portal",
        "FILES_S3_ENDPOINT": service,
        "FILES_S3_REGION": "eu-west-1",
        "FILES_S3_KEY": "key",
        "FILES_S3_SECRET": "secret",
    }.items():
        monkeypatch.setenv(name, value)
    env = environ.Env()
    settings.STORAGES = {
        **settings.STORAGES,
        "private": private_storage(env, "files", tmp_path),
        "quarantine": private_storage(env, "quarantine", tmp_path),
    }
    access = {"aws_access_key_id": "key", "aws_secret_access_key": "secret", "region_name": "eu-west-1"}
    found = boto3.resource("s3", endpoint_url=service, **access).Bucket("portal")
    found.create(CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    yield found
    found.objects.all().delete()
    found.delete()


@pytest.fixture
def folder(settings, tmp_path):
    """Private files in folders."""
    env = environ.Env()
    settings.STORAGES = {
        **settings.STORAGES,
        "private": private_storage(env, "files", tmp_path),
        "quarantine": private_storage(env, "quarantine", tmp_path),
    }
    return tmp_path
