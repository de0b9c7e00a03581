"""A small world with someone in every role, and one of each thing that stands in an address."""

from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from wagtail.models import Page

from applications import parties
from home import sessions
from home.content.source import fixed_id
from home.models import InformationPage, Session
from partners import leads, organisations, partnerships
from partners.models import Capacity, Organisation
from portal import clock
from tests.factories import (
    LeadFactory,
    MembershipFactory,
    OrganisationFactory,
    UserFactory,
    application_in_review,
    complete_application,
)

from .matrix import GROUPS


@pytest.fixture
def world(db):
    lead = OrganisationFactory(kind=Organisation.Kind.MUNICIPALITY)
    manager = MembershipFactory(organisation=lead)
    partner = MembershipFactory()
    people = {
        "stranger": MembershipFactory(capacity=Capacity.REPRESENTATIVE).user,
        "manager": manager.user,
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
    waiting = parties.invite(draft, manager.user, name="Other", email=people["invited"].email, language="nl")
    colleague = people["colleague"].email
    invitation = organisations.invite(lead, manager.user, email=colleague, language="nl", viewer=True)
    alone = MembershipFactory(capacity=Capacity.REPRESENTATIVE)
    in_review = application_in_review(alone, people["officer"])
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
    return people, {
        "sample": {"key": fixed_id("council-note")},
        "printable": {"key": InformationPage.objects.first().translation_key},
        "interest": {"pk": interest.pk},
        "session": {"uuid": session.uuid, "pk": session.pk},
        "registration": {"uuid": registration.uuid},
        "home": {"language": "nl", "key": Page.objects.get(url_path="/nl/").translation_key},
        "draft": {"uuid": draft.uuid, "code": "guidance"},
        "lead_party": {"uuid": draft.parties.get(is_lead=True).uuid},
        "invited_party": {"uuid": waiting.uuid},
        "lead": {"uuid": lead.uuid},
        "invitation": {"uuid": invitation.uuid},
        "in_review": {"pk": in_review.pk},
        "partnership": {"pk": partnership.pk},
    }
