"""The life of a Lead, as a table. A state changes nowhere else."""

from portal.workflow import Transition, Workflow

from .models import Lead

S = Lead.State
OPEN = frozenset({S.NEW, S.FOLLOWED})

LEAD = Workflow(
    Lead,
    [
        Transition(
            "follow_up",
            OPEN,
            S.FOLLOWED,
            "partners.handle_lead",
            sets=lambda lead, actor, *, owner, follow_up_on, **params: {"owner": owner, "follow_up_on": follow_up_on},
        ),
        Transition("open_draft", OPEN, S.DRAFT_OPENED, "partners.handle_lead"),
        Transition("close", OPEN, S.CLOSED, "partners.handle_lead"),
        Transition("reopen", frozenset({S.CLOSED, S.DRAFT_OPENED}), S.FOLLOWED, "partners.handle_lead"),
    ],
)
