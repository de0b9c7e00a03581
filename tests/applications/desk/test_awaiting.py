"""Whose turn it is, as lists read it: the same as the reviews themselves say, whatever happens in whatever order."""

from contextlib import suppress

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from applications.change_requests import services as change_requests_services
from applications.desk.inbox.awaiting import Turn, turn_in_database, turn_of
from applications.models import Application, Recusal, ReviewRule
from applications.review import services as review_services
from applications.review.status import review_status
from applications.versions import snapshots
from partners.models import Capacity
from portal import clock
from portal.workflow import Refused
from tests.factories import (
    MembershipFactory,
    UserFactory,
    application_in_review,
    review_assigned,
    reviewed,
    submitted_application,
)


def turn(application: Application) -> str:
    return Application.objects.annotate(turn=turn_in_database()).get(pk=application.pk).turn


@pytest.mark.django_db
@pytest.mark.parametrize("state", Application.State.values)
def test_in_each_state_a_list_says_what_the_application_says(state):
    application = application_in_review(
        MembershipFactory(capacity=Capacity.REPRESENTATIVE), UserFactory(groups=["Officers"])
    )
    Application.objects.filter(pk=application.pk).update(state=state)
    application.refresh_from_db()
    assert turn(application) == turn_of(application)
    assert bool(turn_of(application)) is (state not in ("approved", "declined", "withdrawn", "expired"))


@pytest.mark.each_database("applications.desk.inbox.awaiting")
@pytest.mark.django_db
def test_from_the_submission_to_the_decision():
    lead = MembershipFactory(capacity=Capacity.REPRESENTATIVE)
    officers = [UserFactory(groups=["Officers"]) for _number in range(2)]
    assert turn(submitted_application(lead)) == Turn.FEDASIL
    application = application_in_review(lead, officers[0])
    assert turn(application) == Turn.FEDASIL
    reviewed(application, officers[0])
    assert turn(application) == Turn.FEDASIL
    review_assigned(application, officers[1])
    assert turn(application) == Turn.REVIEWERS
    reviewed(application, officers[1], advice="decline")
    assert turn(application) == Turn.REVIEWERS
    review_services.settle(application, officers[1], advice="approve", reasons="We agreed.")
    assert turn(application) == Turn.DECIDER
    ReviewRule.objects.create(valid_from=clock.today(), reviews=3)
    assert turn(application) == Turn.FEDASIL, "a third is missing from today on"
    change_requests_services.ask(application, officers[0], asked={"5.2": "How many?"}, due_on=clock.today())
    assert turn(application) == Turn.APPLICANT


class Reviews(RuleBasedStateMachine):
    """Officers review one application, in any order; now and then a new Version comes in."""

    @initialize()
    def begin(self):
        self.officers = [UserFactory(groups=["Officers"]) for _number in range(4)]
        lead = MembershipFactory(capacity=Capacity.REPRESENTATIVE)
        self.application = application_in_review(lead, self.officers[0])

    officer = st.integers(0, 3)

    def try_it(self, verb) -> None:
        with suppress(Refused, PermissionDenied):
            verb()

    @rule(actor=officer, reviewer=officer)
    def assign(self, actor, reviewer):
        self.try_it(lambda: review_services.assign(self.application, self.officers[actor], self.officers[reviewer]))

    @rule(actor=officer, score=st.integers(0, 4), advice=st.sampled_from(["approve", "decline"]), done=st.booleans())
    def review(self, actor, score, advice, done):
        self.try_it(lambda: reviewed(self.application, self.officers[actor], advice, score, done=done))

    @rule(actor=officer, reviewer=officer)
    def take_back(self, actor, reviewer):
        if review := self.application.reviews.filter(reviewer=self.officers[reviewer]).first():
            self.try_it(lambda: review_services.take_back(self.application, self.officers[actor], review))

    @rule(actor=officer)
    def settle(self, actor):
        self.try_it(
            lambda: review_services.settle(
                self.application, self.officers[actor], advice="approve", reasons="As agreed."
            )
        )

    @rule(actor=officer)
    def recuse(self, actor):
        self.try_it(lambda: review_services.recuse(self.application, self.officers[actor], reason=Recusal.Reason.WORK))

    @rule()
    def a_new_version_comes_in(self):
        snapshots.freeze(Application.objects.get(pk=self.application.pk), self.application.created_by)

    @invariant()
    def a_list_says_what_the_reviews_say(self):
        now = review_status(self.application)
        row = Application.objects.annotate(turn=turn_in_database()).get(pk=self.application.pk)
        assert row.turn == turn_of(row, now)
        assert (row.reviews_assigned, row.reviews_done) == (len(now.reviews), len(now.done))
        assert row.reviews_to_settle == (now.all_done and now.to_settle)


@pytest.mark.each_database("applications.desk.inbox.awaiting")
class TestReviews(TestCase):
    def test_a_list_says_what_the_reviews_say_whatever_happens(self):
        run_state_machine_as_test(
            Reviews,
            settings=settings(
                max_examples=10, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
            ),
        )
