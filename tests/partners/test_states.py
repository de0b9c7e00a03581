"""What each state of a partnership, a placement and an interest means. A new state needs a row, and so its answers."""

from datetime import timedelta
from decimal import Decimal

import pytest

from partners.models import FinderConversation, FinderNotice, Interest, Partnership, Placement
from partners.partnerships import services as partnerships_services
from partners.workflow.finder import CONVERSATION, NOTICE
from partners.workflow.transitions import INTEREST, PARTNERSHIP, PLACEMENT
from portal import clock
from tests.factories import OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db

P = Partnership.State
# Whether its agreement is (or was) signed, whether it may stand on the public map, and what leads out of the state.
PARTNERSHIPS = {
    P.AGREEMENT_DRAFTED: (False, True, {"approval_revoked"}),
    P.SIGNED: (True, True, set()),
    P.ACTIVE: (True, True, set()),
    P.ENDED: (True, True, set()),
    P.ENDED_EARLY: (True, True, set()),
    P.LAPSED: (False, False, set()),
}
# What leads out of each state.
PLACEMENTS = {
    Placement.State.PLANNED: {"cancel"},
    Placement.State.ARRIVED: set(),
    Placement.State.EXTENDED: set(),
    Placement.State.ENDED: set(),
    Placement.State.ENDED_EARLY: set(),
    Placement.State.CANCELLED: set(),
}
INTERESTS = {
    Interest.State.NEW: {"follow_up", "open_draft", "close"},
    Interest.State.FOLLOWED: {"follow_up", "open_draft", "close"},
    Interest.State.DRAFT_OPENED: {"reopen"},
    Interest.State.CLOSED: {"reopen"},
}
NOTICES = {
    FinderNotice.State.OPEN: {"change", "renew", "take_down", "remove", "remind", "lapse"},
    FinderNotice.State.TAKEN_DOWN: set(),
    FinderNotice.State.LAPSED: set(),
    FinderNotice.State.REMOVED: set(),
}
TALK = FinderConversation.State
CONVERSATIONS = {
    TALK.INTRODUCED: {"agree", "agree_both", "decline", "block"},
    TALK.OPEN: {"share", "share_both", "close", "report", "block"},
    TALK.SHARED: {"close", "report", "block"},
    TALK.DECLINED: set(),
    TALK.CLOSED: set(),
    TALK.REPORTED: {"release", "block"},
    TALK.BLOCKED: set(),
}


def leading_out_of(workflow, state: str) -> set[str]:
    return {transition.name for transition in workflow.table.values() if state in transition.sources}


@pytest.mark.parametrize("state", P)
def test_each_state_of_a_partnership_has_its_answers(state):
    signed, may_be_public, leads_out = PARTNERSHIPS[state]
    officer = UserFactory(groups=["Officers"])
    terms = partnerships_services.Terms(
        origin="",
        household_sizes=[4],
        straight_on_arrival=True,
        years=1,
        planned_from=clock.today() + timedelta(days=30),
        estimate=Decimal(21000),
    )
    lead = partnerships_services.PartyTerms(OrganisationFactory(), lead=True, stay=True, guidance=True)
    partnership = partnerships_services.start([lead], terms, officer, officer)
    partnerships_services.set_public(partnership, officer, agreed=True)
    Partnership.objects.filter(pk=partnership.pk).update(state=state)
    partnership.refresh_from_db()
    assert (partnership.is_signed, partnerships_services.public_parties().exists()) == (signed, may_be_public)
    assert leading_out_of(PARTNERSHIP, state) == leads_out


@pytest.mark.parametrize(
    ("model", "workflow", "expected"), [(Placement, PLACEMENT, PLACEMENTS), (Interest, INTEREST, INTERESTS)]
)
def test_what_leads_out_of_each_state_is_said(model, workflow, expected):
    assert {state: leading_out_of(workflow, state) for state in model.State} == expected


@pytest.mark.parametrize("state", FinderNotice.State)
def test_what_leads_out_of_each_state_of_a_notice(state):
    assert leading_out_of(NOTICE, state) == NOTICES[state]


@pytest.mark.parametrize("state", TALK)
def test_what_leads_out_of_each_state_of_a_conversation(state):
    assert leading_out_of(CONVERSATION, state) == CONVERSATIONS[state]
