"""The lives of a notice of the partner finder and of a conversation in it, as tables."""

from portal import clock
from portal.workflow import Transition, Workflow

from ..models import FinderConversation, FinderNotice

N = FinderNotice.State
SHOWN = frozenset({N.OPEN})
OWN = "partners.keep_finder_notice"
DESK = "partners.handle_finder"


def now_ended(notice, actor, **params):
    return {"ended_at": clock.now()}


def values(notice, actor, *, values, **params):
    return values


NOTICE = Workflow(
    FinderNotice,
    [
        Transition("change", SHOWN, N.OPEN, OWN, sets=values),
        Transition("renew", SHOWN, N.OPEN, OWN, sets=values),
        Transition("take_down", SHOWN, N.TAKEN_DOWN, OWN, sets=now_ended),
        Transition("remove", SHOWN, N.REMOVED, DESK, sets=now_ended),
        Transition("remind", SHOWN, N.OPEN, None, sets=lambda notice, actor, **params: {"reminded_at": clock.now()}),
        Transition("lapse", SHOWN, N.LAPSED, None, sets=now_ended),
    ],
    related=("organisation",),
)

C = FinderConversation.State
ASKED = frozenset({C.INTRODUCED})
ACTIVE = frozenset({C.OPEN, C.SHARED})
SIDE = "partners.converse"


def agreed(conversation, actor, *, own, **params):
    return {f"{conversation.side(own)}_agreed_at": clock.now(), "last_at": clock.now()}


def shared(conversation, actor, *, own, reach, **params):
    return {f"{conversation.side(own)}_reach": reach, "last_at": clock.now()}


def ended(conversation, actor, *, own, **params):
    """What was given to be shared goes with the conversation."""
    return {"ended_by": own, "first_reach": "", "second_reach": "", "last_at": clock.now()}


def reported(conversation, actor, *, own, report, **params):
    return {"reported_by": own, "report": report, "last_at": clock.now()}


def released(conversation, actor, **params):
    return {"reported_by": None, "report": "", "last_at": clock.now()}


CONVERSATION = Workflow(
    FinderConversation,
    [
        Transition("agree", ASKED, C.INTRODUCED, SIDE, sets=agreed),
        Transition("agree_both", ASKED, C.OPEN, SIDE, sets=agreed),
        Transition("decline", ASKED, C.DECLINED, SIDE, sets=ended),
        Transition("share", frozenset({C.OPEN}), C.OPEN, SIDE, sets=shared),
        Transition("share_both", frozenset({C.OPEN}), C.SHARED, SIDE, sets=shared),
        Transition("close", ACTIVE, C.CLOSED, SIDE, sets=ended),
        Transition("report", ACTIVE, C.REPORTED, SIDE, sets=reported),
        Transition("release", frozenset({C.REPORTED}), C.OPEN, DESK, sets=released),
        Transition(
            "block",
            ACTIVE | ASKED | {C.REPORTED},
            C.BLOCKED,
            DESK,
            sets=lambda conversation, actor, **params: {"first_reach": "", "second_reach": "", "last_at": clock.now()},
        ),
    ],
    related=("first", "second"),
)
