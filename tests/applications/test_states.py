"""What each state means, everywhere it is asked. A new state needs a row, and with it an answer to each question.

Empty answers are answers: they stand in the row too.
"""

from dataclasses import dataclass

import pytest
from django.urls import reverse

from applications.answers.saving import FOLLOWED
from applications.case.timeline import TEXTS
from applications.change_requests import services as change_requests_services
from applications.desk.dossier.relevant_events import STEPS
from applications.desk.inbox.awaiting import STATES as STATES_OF_TURN
from applications.desk.inbox.awaiting import Turn, turn_of
from applications.models import Application, Attachment, ChangeRequest, Decision, Party, Review
from applications.pages import my_page
from applications.parties import services as parties_services
from applications.questionnaire.file_requirements import provided
from applications.questionnaire.questions import SLOTS
from applications.review import services as review_services
from applications.review.status import review_status
from applications.signing.coverage import SIGNABLE
from applications.submission.next_steps import next_steps
from applications.submission.readiness import awaited
from applications.workflow import decision as decision_effects
from applications.workflow.submission import reference_time_and_lead
from applications.workflow.transitions import APPLICATION, PARTY, clock_starts, clock_stops
from portal import clock
from tests.applications.common import fresh
from tests.clients import client_of
from tests.factories import (
    MembershipFactory,
    UserFactory,
    application_in_review,
    complete_application,
    review_assigned,
    reviewed,
)

pytestmark = pytest.mark.django_db
LEAD, FEDASIL, NOBODY = "the lead", "Fedasil", ""


@pytest.fixture
def officer():
    return UserFactory(groups=["Officers"])


def leading_out_of(workflow, state: str) -> set[str]:
    return {transition.name for transition in workflow.table.values() if state in transition.sources}


# ── Applications ──────────────────────────────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True)
class Meaning:
    """Of a state of an application where all is signed, nobody reviews yet, and nothing is asked any more."""

    # Who takes the next step, and who is waited for on my page.
    next_step: str
    waits_for: str
    # Whose turn it is, and under which of them the desk lists it.
    turn: str
    listed: frozenset = frozenset()
    # Whether it can be signed, still gets files that may follow, is neither a draft nor at an end, and ages.
    signable: bool = False
    followed: bool = False
    undecided: bool = False
    clock_runs: bool = False
    leads_out: frozenset = frozenset()


S = Application.State
CORRECTIONS = frozenset({"correct_to_approve", "correct_to_decline"})
APPLICATIONS = {
    S.DRAFT: Meaning(
        LEAD,
        LEAD,
        Turn.APPLICANT,
        signable=True,
        leads_out=frozenset({"submit", "withdraw", "expire", "not_taken_over"}),
    ),
    S.SUBMITTED: Meaning(
        FEDASIL,
        FEDASIL,
        Turn.FEDASIL,
        frozenset({Turn.FEDASIL}),
        followed=True,
        undecided=True,
        clock_runs=True,
        leads_out=frozenset({"begin_review", "withdraw"}),
    ),
    S.IN_REVIEW: Meaning(
        FEDASIL,
        FEDASIL,
        Turn.FEDASIL,
        frozenset({Turn.FEDASIL, Turn.REVIEWERS, Turn.DECIDER}),
        followed=True,
        undecided=True,
        clock_runs=True,
        leads_out=frozenset({"request_changes", "approve", "decline", "withdraw"}),
    ),
    S.CHANGES_REQUESTED: Meaning(
        LEAD,
        LEAD,
        Turn.APPLICANT,
        frozenset({Turn.APPLICANT}),
        signable=True,
        followed=True,
        undecided=True,
        leads_out=frozenset({"request_changes", "answer_changes", "answer_some", "read_on", "withdraw"}),
    ),
    # What follows an approval is the partnership's: nobody acts on the application itself.
    S.APPROVED: Meaning(FEDASIL, NOBODY, NOBODY, followed=True, leads_out=CORRECTIONS | {"revoke"}),
    S.DECLINED: Meaning(NOBODY, NOBODY, NOBODY, leads_out=CORRECTIONS),
    S.WITHDRAWN: Meaning(NOBODY, NOBODY, NOBODY),
    S.EXPIRED: Meaning(NOBODY, NOBODY, NOBODY),
}


@pytest.mark.parametrize("state", S)
def test_each_state_of_an_application_has_its_answers(state, lead, officer):
    meaning = APPLICATIONS[state]
    application = application_in_review(lead, officer)
    Application.objects.filter(pk=application.pk).update(state=state)
    now = fresh(application)
    names = {LEAD: now.lead.name, FEDASIL: "Fedasil"}
    steps = next_steps(now)
    assert (steps[0].who if steps else NOBODY) == names.get(meaning.next_step, NOBODY)
    waits = my_page.waits_for(now)
    assert names[meaning.waits_for] in waits if meaning.waits_for else not waits
    assert turn_of(now) == meaning.turn
    assert {turn for turn, states in STATES_OF_TURN.items() if state in states} == meaning.listed
    assert (state in my_page.UNFINISHED, state in SIGNABLE) == (meaning.signable, meaning.signable)
    assert (state in FOLLOWED, state in Application.UNDECIDED) == (meaning.followed, meaning.undecided)
    assert leading_out_of(APPLICATION, state) == meaning.leads_out
    assert client_of(lead.user).get(reverse("applications:application", args=[now.uuid])).status_code == 200


def test_the_clock_starts_and_stops_where_the_application_changes_hands():
    for transition in APPLICATION.table.values():
        runs = APPLICATIONS[S(transition.target)].clock_runs
        before = {APPLICATIONS[S(source)].clock_runs for source in transition.sources}
        if before != {runs}:
            turned = {clock_starts, reference_time_and_lead} if runs else {clock_stops}
            assert transition.sets in turned, transition.name


# Of drafts, which nobody at the desk has open.
OF_DRAFTS = {"submit", "expire", "not_taken_over"}


def test_each_transition_has_a_line_in_the_timeline_and_counts_as_news_at_the_desk():
    assert not APPLICATION.table.keys() - TEXTS.keys()
    assert APPLICATION.table.keys() - STEPS == OF_DRAFTS


# ── Parties ───────────────────────────────────────────────────────────────────────────────────────────────────────────
P = Party.State
FORM, LED_ON, OVER = "the form", "led on", "nothing to answer"
# Whether it is invited or takes part, takes part, what its invitation shows, and what leads out of the state.
PARTIES = {
    P.INVITED: (True, False, FORM, {"accept", "decline", "withdraw"}),
    P.ACCEPTED: (True, True, LED_ON, {"leave", "remove"}),
    P.DECLINED: (False, False, OVER, set()),
    P.WITHDRAWN: (False, False, OVER, set()),
    P.LEFT: (False, False, OVER, set()),
    P.REMOVED: (False, False, OVER, set()),
}


@pytest.mark.parametrize("state", P)
def test_each_state_of_a_party_has_its_answers(state, lead):
    present, joined, shown, leads_out = PARTIES[state]
    application, partner = complete_application(lead), MembershipFactory()
    party = parties_services.invite(application, lead.user, name="P", email=partner.user.email, language="nl")
    Party.objects.filter(pk=party.pk).update(state=state, organisation=partner.organisation, signs_first="chair")
    party = Party.objects.get(pk=party.pk)
    now = fresh(application)
    assert (party.is_present, party in now.parties_in_order, party in now.joined_parties) == (present, present, joined)
    page = client_of(partner.user).get(reverse("applications:invitation", args=[party.uuid]))
    said = LED_ON if page.status_code == 302 else FORM if "form" in page.context else OVER
    assert said == shown
    assert leading_out_of(PARTY, state) == leads_out


# ── What belongs to an application ────────────────────────────────────────────────────────────────────────────────────
# Whether a review counts among those that are needed, and as done.
REVIEWS = {
    Review.State.ASSIGNED: (True, False),
    Review.State.DONE: (True, True),
    Review.State.WITHDRAWN: (False, False),
}


@pytest.mark.parametrize("state", Review.State)
def test_each_state_of_a_review_has_its_answers(state, lead, officer):
    application = application_in_review(lead, officer)
    review = (reviewed if state == Review.State.DONE else review_assigned)(application, officer)
    if state == Review.State.WITHDRAWN:
        review_services.take_back(application, officer, review)
    status = review_status(application)
    assert application.reviews.get().state == state
    assert (bool(status.reviews), bool(status.done)) == REVIEWS[state]


# Whether something is still asked, on every page.
REQUESTS = {ChangeRequest.State.OPEN: True, ChangeRequest.State.ANSWERED: False, ChangeRequest.State.CANCELLED: False}


@pytest.mark.parametrize("state", ChangeRequest.State)
def test_each_state_of_a_change_request_has_its_answers(state, lead, officer):
    application = application_in_review(lead, officer)
    change_requests_services.ask(application, officer, asked={"5.2": "How many?"}, due_on=clock.today())
    ChangeRequest.objects.update(state=state)
    now = fresh(application)
    asked = [awaited(now), my_page.open_requests(now, now.joined_parties[0]), ChangeRequest.objects.get().open_items]
    assert [bool(found) for found in asked] == [REQUESTS[state]] * 3


# Whether a file is waited for, and answers its question.
FILES = {
    Attachment.State.WAITING: (True, True),
    Attachment.State.CLEAN: (False, True),
    Attachment.State.REFUSED: (False, False),
}


@pytest.mark.parametrize("state", Attachment.State)
def test_each_state_of_a_file_has_its_answers(state, lead):
    waits, answers = FILES[state]
    application = complete_application(lead)
    file = application.attachments.filter(kind="statutes")
    file.update(state=state, **({} if answers else {"stored": None}))
    assert file.get().is_waiting is waits
    assert bool(provided(fresh(application), SLOTS["statutes"])) is answers


# Whether a decision can still be changed, and is in force.
DECISIONS = {
    Decision.State.PREPARED: (True, False),
    Decision.State.RELEASED: (False, True),
    Decision.State.REPLACED: (False, False),
    Decision.State.DISCARDED: (False, False),
}


@pytest.mark.parametrize("state", Decision.State)
def test_each_state_of_a_decision_has_its_answers(state, lead, officer):
    application = application_in_review(lead, officer)
    decided = {"decider": officer, "decided_at": clock.now()}
    decision = Decision.objects.create(
        application=application,
        state=state,
        version=application.versions.last(),
        outcome=Decision.Outcome.DECLINE,
        reasons_nl="Niet nu.",
        prepared_by=officer,
        prepared_at=clock.now(),
        **(decided if state in (Decision.State.RELEASED, Decision.State.REPLACED) else {}),
    )
    assert (decision.is_prepared, decision_effects.in_force(application) == decision) == DECISIONS[state]
