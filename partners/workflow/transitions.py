"""The lives of a Interest, a Partnership and a Placement, as tables. A state changes nowhere else."""

from portal.workflow import Transition, Workflow

from ..models import Interest, Partnership, Placement

S = Interest.State
OPEN = frozenset({S.NEW, S.FOLLOWED})

INTEREST = Workflow(
    Interest,
    [
        Transition(
            "follow_up",
            OPEN,
            S.FOLLOWED,
            "partners.handle_interest",
            sets=lambda lead, actor, *, owner, follow_up_on, **params: {"owner": owner, "follow_up_on": follow_up_on},
        ),
        Transition("open_draft", OPEN, S.DRAFT_OPENED, "partners.handle_interest"),
        Transition("close", OPEN, S.CLOSED, "partners.handle_interest"),
        Transition("reopen", frozenset({S.CLOSED, S.DRAFT_OPENED}), S.FOLLOWED, "partners.handle_interest"),
    ],
)


def cancel_planned(partnership, actor, **params):
    for placement in partnership.placements.filter(state=Placement.State.PLANNED):
        PLACEMENT.fire("cancel", placement, actor)


# Nothing leads to SIGNED, ACTIVE, ENDED and ENDED_EARLY yet: signing an agreement, and what follows, will.
PARTNERSHIP = Workflow(
    Partnership,
    [
        # What it was approved for is no longer approved, before its agreement was signed.
        Transition(
            "approval_revoked",
            frozenset({Partnership.State.AGREEMENT_DRAFTED}),
            Partnership.State.LAPSED,
            None,
            effects=(cancel_planned,),
        ),
    ],
)

# Nothing leads to ARRIVED, EXTENDED, ENDED and ENDED_EARLY yet: following the stay of a household will.
PLACEMENT = Workflow(
    Placement,
    [Transition("cancel", frozenset({Placement.State.PLANNED}), Placement.State.CANCELLED, None)],
)
