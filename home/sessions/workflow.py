"""The life of a Session and of a Registration, as tables. A state changes nowhere else."""

from portal.workflow import Transition, Workflow

from ..models import Registration, Session
from .mails import tell_cancelled, tell_left, tell_moved_up


def end_approval(session, actor, **params):
    """Nothing waits for approval in a session that does not take place."""
    if waiting := session.current_workflow_state:
        waiting.cancel(user=actor)


SESSION = Workflow(
    Session,
    [
        Transition(
            "cancel",
            frozenset({Session.State.PLANNED}),
            Session.State.CANCELLED,
            "home.organise_session",
            sets=lambda session, actor, **params: {"sequence": session.sequence + 1},
            effects=(tell_cancelled, end_approval),
        ),
    ],
)

# The system and the person behind a mailed address act here: no account, so no permission.
REGISTRATION = Workflow(
    Registration,
    [
        Transition(
            "move_up",
            frozenset({Registration.State.WAITING}),
            Registration.State.SEATED,
            None,
            effects=(tell_moved_up,),
        ),
        Transition(
            "cancel",
            frozenset({Registration.State.SEATED, Registration.State.WAITING}),
            Registration.State.CANCELLED,
            None,
            effects=(tell_left,),
        ),
    ],
)
