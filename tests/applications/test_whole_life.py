"""Parties, edits, signatures, change requests and submissions in any order: what Fedasil gets is what was signed."""

from contextlib import suppress
from datetime import date

from django.core.exceptions import PermissionDenied
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from hypothesis.stateful import run_state_machine_as_test as run

from applications.answers import saving
from applications.change_requests import services as change_requests_services
from applications.models import Application, Party, Signature
from applications.parties import departures, lead_transfer, signatures
from applications.parties import services as parties_services
from applications.questionnaire.questions import BY_CODE
from applications.signing import coverage
from applications.workflow.transitions import APPLICATION
from partners.models import Capacity, Organisation
from portal.workflow import Refused
from tests.factories import (
    MembershipFactory,
    OrganisationFactory,
    UserFactory,
    attach_what_is_needed,
    complete_application,
    mailed_code,
)

# One free text a section, with the number of its question; section 2 changes by who takes part.
TEXTS = {
    "who": ("contact_name", "1.1"),
    "offer": ("guide_languages", "3.6"),
    "stay": ("next_home", "4.2"),
    "guidance": ("experience", "5.3"),
    "cooperation": ("consultations", "6.3"),
    "declaration": ("remarks", "8.1"),
}
ORGANISATIONS = st.integers(0, 2)
CODES = st.sampled_from(sorted(TEXTS))


class Life(RuleBasedStateMachine):
    @initialize()
    def begin(self):
        town = OrganisationFactory(kind=Organisation.Kind.MUNICIPALITY)
        mayor = MembershipFactory(organisation=town, capacity=Capacity.MAYOR)
        director = MembershipFactory(organisation=town, capacity=Capacity.GENERAL_DIRECTOR)
        others = [MembershipFactory(capacity=Capacity.REPRESENTATIVE) for _number in range(2)]
        self.workers = [mayor, *others]
        self.signatories = [mayor, director, *others]
        self.officer = UserFactory(groups=["Officers"])
        self.id = complete_application(mayor, support_division="Even shares.").pk
        # Signature: what its party's content was when it was given, by this test's own reading.
        self.read = {}

    @property
    def application(self) -> Application:
        return Application.objects.get(pk=self.id)

    def party_of(self, number: int) -> Party | None:
        organisation = self.workers[number].organisation
        return next((one for one in self.application.parties_in_order if one.organisation == organisation), None)

    def lead_user(self):
        lead = self.application.lead
        return next(found.user for found in self.workers if found.organisation == lead)

    @staticmethod
    def try_it(verb) -> None:
        with suppress(Refused, PermissionDenied):
            verb()

    @staticmethod
    def content(application: Application, party: Party) -> list:
        """What this party answers for: every common text, those of its aims, and who takes part with what."""
        covered = ["who", "offer", "cooperation", "declaration"]
        covered += [aim for aim in ("stay", "guidance") if getattr(party, aim)]
        joined = [(one.organisation_id, one.is_lead, one.stay, one.guidance) for one in application.joined_parties]
        return [joined, *[(code, getattr(application, TEXTS[code][0])) for code in sorted(covered)]]

    @rule(actor=ORGANISATIONS, code=CODES, text=st.sampled_from(["One.", "Two."]))
    def edit(self, actor, code, text):
        user = self.workers[actor].user
        self.try_it(lambda: saving.save_section(self.application, BY_CODE[code], user, {TEXTS[code][0]: text}))

    @rule(number=ORGANISATIONS, stay=st.booleans(), guidance=st.booleans())
    def invite_and_join(self, number, stay, guidance):
        found = self.workers[number]

        def verb():
            party = parties_services.invite_organisation(self.application, self.lead_user(), found.organisation)
            parties_services.accept(party, found.user, found.organisation, stay=stay, guidance=guidance)
            # A non-profit organisation gives its papers at once: from then on only answers change.
            attach_what_is_needed(self.application)

        self.try_it(verb)

    @rule(number=ORGANISATIONS, stay=st.booleans(), guidance=st.booleans())
    def set_aims(self, number, stay, guidance):
        party = self.party_of(number)
        if party and party.state == Party.State.ACCEPTED:
            user = self.lead_user()
            self.try_it(
                lambda: parties_services.set_all_aims(
                    self.application, user, {party: {"stay": stay, "guidance": guidance}}
                )
            )

    @rule(number=ORGANISATIONS, actor=ORGANISATIONS, removed=st.booleans())
    def end(self, number, actor, removed):
        if party := self.party_of(number):
            user = self.workers[actor].user
            self.try_it(lambda: departures.remove(party, user) if removed else departures.leave(party, user))

    @rule(number=ORGANISATIONS)
    def pass_the_lead_on(self, number):
        party = self.party_of(number)

        def verb():
            lead_transfer.offer(party, self.lead_user())
            lead_transfer.take(party, self.workers[number].user)

        if party:
            self.try_it(verb)

    def sign_as(self, number: int) -> None:
        found = self.signatories[number]
        application = self.application
        party = next((one for one in application.joined_parties if one.organisation == found.organisation), None)

        def verb():
            signatures.send_code(party, found.user, found.capacity)
            given = signatures.sign(party, found.user, found.capacity, mailed_code(found.user))
            self.read[given.pk] = self.content(application, party)

        if party:
            self.try_it(verb)

    @rule(number=st.integers(0, 3))
    def sign(self, number):
        self.sign_as(number)

    @rule()
    def everyone_signs(self):
        for number in range(4):
            self.sign_as(number)

    @rule(actor=ORGANISATIONS)
    def submit(self, actor):
        user = self.workers[actor].user
        if self.application.state == "changes_requested":
            self.try_it(lambda: change_requests_services.send(self.application, user))
        else:
            self.try_it(lambda: APPLICATION.fire("submit", self.application, user))

    @rule(numbers=st.sets(st.sampled_from(["2.1", *[number for _field, number in TEXTS.values()]]), min_size=1))
    @precondition(lambda self: self.application.state in ("submitted", "in_review"))
    def request_changes(self, numbers):
        if self.application.state == "submitted":
            APPLICATION.fire("begin_review", self.application, self.officer)
        asked = dict.fromkeys(numbers, "Please look again.")
        change_requests_services.ask(self.application, self.officer, asked=asked, due_on=date(2099, 1, 1))

    @invariant()
    def a_signature_stands_exactly_as_long_as_what_it_covers(self):
        application = self.application
        for party in application.joined_parties:
            standing = {signature.pk for signature in coverage.standing_signatures(party)}
            same = {
                found.pk for found in party.signatures.all() if self.read[found.pk] == self.content(application, party)
            }
            assert standing == same

    @invariant()
    def nothing_is_with_fedasil_that_a_required_signatory_did_not_sign(self):
        application = self.application
        if application.state not in ("submitted", "in_review"):
            return
        latest = application.versions.last()
        assert {one.is_lead for one in application.joined_parties} >= {True}
        for party in application.joined_parties:
            for capacity in party.capacities:
                signed = Signature.objects.filter(party=party, capacity=capacity, signed_at__lte=latest.submitted_at)
                assert any(self.read[found.pk] == self.content(application, party) for found in signed)
        assert any(party.stay for party in application.joined_parties)
        assert any(party.guidance for party in application.joined_parties)


class TestLife(TestCase):
    def test_fedasil_gets_what_every_required_signatory_signed(self):
        everything = settings.get_current_profile_name() == "all"
        run(
            Life,
            settings=settings(
                max_examples=100 if everything else 15,
                stateful_step_count=30 if everything else 14,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
