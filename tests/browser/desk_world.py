"""One of everything that the desk shows, put into the running site's database, and the sessions of those who look."""

import json
from datetime import timedelta
from decimal import Decimal

from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse

from applications.change_requests import services as change_requests_services
from applications.communication import messages
from applications.internal import advice, discussion, notes
from applications.models import Application, CouncilText, CriteriaSet
from applications.review import visits
from applications.versions import snapshots
from partners.interest import services as interest_services
from partners.models import Capacity, Rate
from partners.partnerships import services as partnerships_services
from partners.support import rates
from portal import clock
from portal.confirmations import services as confirmations_services
from portal.slow_work import others_may_wait
from tests.factories import (
    InterestFactory,
    MembershipFactory,
    UserFactory,
    application_in_review,
    review_assigned,
    reviewed,
    submitted_application,
)


def session_of(user) -> str:
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def visited(application: Application, officer) -> None:
    checks = {"registration": "yes", "occupancy": "yes", "safety": "yes", "rent": "unsure"}
    day = clock.today() - timedelta(days=1)
    visits.record(application, officer, kind="home", held_on=day, dwelling=1, report="A bright home.", **checks)


@others_may_wait()
@transaction.atomic
def make() -> str:
    """JSON: the addresses to open, each with who opens it, and the session of each."""
    lead = MembershipFactory(capacity=Capacity.REPRESENTATIVE)
    people = {
        "officer": UserFactory(groups=["Officers"], first_name="Ann", language="en"),
        "second": UserFactory(groups=["Officers"], first_name="Bert", language="en"),
        "decider": UserFactory(groups=["Deciders"], language="en"),
        "editor": UserFactory(groups=["Editors"], language="en"),
        "administrator": UserFactory(groups=["Administrators"], language="en"),
    }
    officer, second = people["officer"], people["second"]

    blind = application_in_review(lead, officer)
    for reviewer in (officer, second):
        review_assigned(blind, reviewer)
    asked = advice.ask(
        blind, officer, of=people["editor"], sections=["stay", "attachments"], question="Enough?", due_on=clock.today()
    )

    done = application_in_review(lead, officer)
    Application.objects.filter(pk=done.pk).update(experience="Ten years, with two teams.", assignee=officer)
    snapshots.freeze(Application.objects.get(pk=done.pk), lead.user)
    for reviewer in (officer, second):
        review_assigned(done, reviewer)
    reviewed(done, officer)
    reviewed(done, second, "decline")
    message = messages.send(done, lead.user, "When do we hear from you?", party=done.joined_parties[0])
    note = notes.write(done, officer, "5.2", "Eight hours are few for five persons.")
    discussion.send(done, second, "We could ask for a second guide.")
    advice.ask(done, officer, of=people["editor"], sections=["guidance"], question="Enough?", due_on=clock.today())
    visited(done, officer)

    open_request = application_in_review(lead, officer)
    change_requests_services.ask(open_request, officer, asked={"5.2": "How many hours?"}, due_on=clock.today())
    messages.send(open_request, officer, "We asked for a change.")
    request = open_request.change_requests.get()

    interest = interest_services.express(InterestFactory.build())
    terms = partnerships_services.Terms("HV", [3], False, 1, clock.today(), Decimal(9000))
    shares = partnerships_services.PartyTerms(lead.organisation, lead=True, stay=True, guidance=True)
    partnership = partnerships_services.start([shares], terms, officer, people["decider"])
    submitted_application(lead)
    values = {"code": "stay_lump_sum", "amount": "3100.00", "source": "A decision"}
    rate = confirmations_services.ask(
        "backdated_rate",
        None,
        {**values, "valid_from": clock.today().isoformat(), "source_date": clock.today().isoformat()},
        UserFactory(groups=["Administrators"]),
        reason="The decision came late.",
    )
    later = clock.today() + timedelta(days=30)
    rates.add(Rate(**values, valid_from=later, source_date=clock.today()), people["administrator"])

    def dossier(name: str, application: Application) -> str:
        return reverse(f"desk_applications:{name}", args=[application.pk])

    pages = [
        ("officer", reverse("desk_applications:index")),
        ("officer", dossier("inspect", blind)),
        ("officer", dossier("inspect", done)),
        ("officer", dossier("inspect", open_request)),
        ("officer", dossier("assign", blind)),
        ("officer", dossier("review", blind)),
        ("officer", dossier("settle", done)),
        ("officer", dossier("visit", done)),
        ("officer", dossier("request_changes", done)),
        ("officer", reverse("desk_applications:cancel_request", args=[request.pk])),
        ("officer", reverse("desk_applications:extend_request", args=[request.pk])),
        ("officer", dossier("messages", done)),
        ("officer", dossier("recuse", done)),
        ("officer", dossier("private", done)),
        ("officer", dossier("private", blind)),
        ("officer", reverse("desk_applications:write_note", args=[done.pk, "5.3"])),
        ("officer", reverse("desk_applications:change_note", args=[note.pk])),
        ("officer", dossier("ask_advice", done)),
        ("officer", dossier("differences", done)),
        ("editor", reverse("desk_applications:advice_list")),
        ("editor", reverse("desk_applications:advice", args=[asked.pk])),
        ("decider", dossier("inspect", done)),
        ("decider", dossier("prepare_decision", done)),
        ("officer", reverse("desk_interests:index")),
        ("officer", reverse("desk_interests:add")),
        ("officer", reverse("desk_interests:inspect", args=[interest.pk])),
        ("officer", reverse("desk_interests:follow_up", args=[interest.pk])),
        ("officer", reverse("desk_interests:close", args=[interest.pk])),
        ("officer", reverse("desk_organisations:index")),
        ("officer", reverse("desk_organisations:inspect", args=[lead.organisation.pk])),
        ("officer", reverse("desk_organisations:verify", args=[lead.organisation.pk])),
        ("officer", reverse("desk_organisations:restore_access", args=[lead.organisation.pk])),
        ("officer", reverse("desk_partnerships:index")),
        ("officer", reverse("desk_partnerships:inspect", args=[partnership.pk])),
        ("administrator", reverse("desk_criteria:index")),
        ("administrator", reverse("desk_criteria:copy", args=[CriteriaSet.objects.first().pk])),
        ("administrator", reverse("desk_council_texts:index")),
        ("administrator", reverse("desk_council_texts:edit", args=[CouncilText.objects.first().pk])),
        ("administrator", reverse("desk_intake:add")),
        ("administrator", reverse("desk_review_rules:add")),
        ("administrator", reverse("desk_decision_powers:add")),
        ("administrator", reverse("desk_rates:index")),
        ("administrator", reverse("desk_rates:add")),
        ("administrator", reverse("desk_confirmations:inspect", args=[rate.pk])),
        ("administrator", reverse("desk_log")),
    ]
    return json.dumps(
        {"pages": pages, "sessions": {name: session_of(user) for name, user in people.items()}, "message": message.pk}
    )
