"""The tables of transitions of an Application and of a Party. Their state changes nowhere else."""

from portal.workflow import Transition, Workflow

from ..case import handling_time
from ..communication.applicant_mails import send_mails
from ..models import Application, Party
from . import decision as decision_effects
from .change_requests import (
    answers_what_is_asked,
    ask_for_changes,
    nothing_is_asked,
    receive_again,
    request_names_questions,
)
from .parties import does_not_lead, no_offer_to_lead, organisation_and_rule
from .submission import end_withdrawn, is_over, nothing_is_waited_for, receive, reference_time_and_lead, tell_expired

S = Application.State


def clock_starts(application, actor, **params) -> dict:
    return handling_time.started_clock(application)


def clock_stops(application, actor, **params) -> dict:
    return handling_time.stopped_clock(application)


def tell_review_began(application, actor, **params):
    send_mails(application, "in_review", 1)


APPLICATION = Workflow(
    Application,
    [
        Transition(
            "submit",
            frozenset({S.DRAFT}),
            S.SUBMITTED,
            "applications.submit_application",
            guards=(nothing_is_waited_for,),
            sets=reference_time_and_lead,
            effects=(receive,),
        ),
        Transition(
            "begin_review",
            frozenset({S.SUBMITTED}),
            S.IN_REVIEW,
            "applications.handle_application",
            effects=(tell_review_began,),
        ),
        Transition(
            "request_changes",
            frozenset({S.IN_REVIEW, S.CHANGES_REQUESTED}),
            S.CHANGES_REQUESTED,
            "applications.handle_application",
            guards=(request_names_questions,),
            sets=clock_stops,
            effects=(ask_for_changes,),
        ),
        Transition(
            "answer_changes",
            frozenset({S.CHANGES_REQUESTED}),
            S.IN_REVIEW,
            "applications.submit_application",
            guards=(answers_what_is_asked, nothing_is_waited_for),
            sets=clock_starts,
            effects=(receive_again,),
        ),
        # Some of what is asked is answered and sent; the rest stays open (applications/change_requests/services.py says
        # which it is).
        Transition(
            "answer_some",
            frozenset({S.CHANGES_REQUESTED}),
            S.CHANGES_REQUESTED,
            "applications.submit_application",
            guards=(answers_what_is_asked, nothing_is_waited_for),
            effects=(receive_again,),
        ),
        # The last open request was cancelled.
        Transition(
            "read_on",
            frozenset({S.CHANGES_REQUESTED}),
            S.IN_REVIEW,
            "applications.handle_application",
            guards=(nothing_is_asked,),
            sets=clock_starts,
        ),
        Transition(
            "approve",
            frozenset({S.IN_REVIEW}),
            S.APPROVED,
            "applications.decide_application",
            guards=decision_effects.FIRST,
            sets=clock_stops,
            effects=(decision_effects.approve,),
        ),
        Transition(
            "decline",
            frozenset({S.IN_REVIEW}),
            S.DECLINED,
            "applications.decide_application",
            guards=decision_effects.FIRST,
            sets=clock_stops,
            effects=(decision_effects.decline,),
        ),
        # A decision is corrected by a new one only (applications/decision/services.py), while no agreement is signed.
        Transition(
            "correct_to_approve",
            frozenset({S.APPROVED, S.DECLINED}),
            S.APPROVED,
            "applications.decide_application",
            guards=decision_effects.LATER,
            effects=(decision_effects.approve,),
        ),
        Transition(
            "correct_to_decline",
            frozenset({S.APPROVED, S.DECLINED}),
            S.DECLINED,
            "applications.decide_application",
            guards=decision_effects.LATER,
            effects=(decision_effects.decline,),
        ),
        Transition(
            "revoke",
            frozenset({S.APPROVED}),
            S.DECLINED,
            "applications.decide_application",
            guards=decision_effects.LATER,
            effects=(decision_effects.revoke,),
        ),
        Transition(
            "withdraw",
            frozenset({S.DRAFT, S.SUBMITTED, S.IN_REVIEW, S.CHANGES_REQUESTED}),
            S.WITHDRAWN,
            "applications.withdraw_application",
            sets=clock_stops,
            effects=(end_withdrawn,),
        ),
        # Twelve months without a change (applications/drafts/expiry.py).
        Transition("expire", frozenset({S.DRAFT}), S.EXPIRED, None, guards=(is_over,), effects=(tell_expired,)),
        # A draft that an officer opened, and that those for whom it was declined.
        Transition("not_taken_over", frozenset({S.DRAFT}), S.WITHDRAWN, None),
    ],
    related=("parties__organisation",),
)


P = Party.State
PARTY = Workflow(
    Party,
    [
        Transition("accept", frozenset({P.INVITED}), P.ACCEPTED, None, sets=organisation_and_rule),
        Transition("decline", frozenset({P.INVITED}), P.DECLINED, None),
        Transition("withdraw", frozenset({P.INVITED}), P.WITHDRAWN, None, guards=(does_not_lead,)),
        Transition("leave", frozenset({P.ACCEPTED}), P.LEFT, None, guards=(does_not_lead,), sets=no_offer_to_lead),
        Transition("remove", frozenset({P.ACCEPTED}), P.REMOVED, None, guards=(does_not_lead,), sets=no_offer_to_lead),
    ],
)
