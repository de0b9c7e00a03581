"""The life of an Application and of a Party, as tables. A state changes nowhere else."""

from datetime import timedelta

from django.utils.translation import gettext as _

from portal import clock
from portal.workflow import Refused, Transition, Workflow

from . import age, assigning, notices, outcomes, readiness, references, versions
from .estimates import estimate_for
from .models import Application, ChangeRequest, ChangeRequestItem, Party
from .notifications import tell, tell_of_request, tell_signatories
from .permissions import party_edits
from .questions import BY_NUMBER, SECTION_OF

S = Application.State
# A draft that nobody touches for so long ends.
DRAFT_LASTS = timedelta(days=365)


# ── Guards: what must hold ────────────────────────────────────────────────────────────────────────────────────────────
def nothing_is_waited_for(application, actor, **params):
    """Everyone answered and signed, the files are scanned, and a first submission comes while the intake is open."""
    if refusals := readiness.refusals(application):
        raise Refused(*refusals)


def request_names_questions(application, actor, *, asked, party=None, **params):
    """Something is asked, about questions that nobody asks about already, of a party that answers them."""
    if not asked or not set(asked) <= BY_NUMBER.keys():
        raise Refused(_("Choose at least one question that you ask to be changed."))
    if again := set(asked) & {item.question for item in open_items(application)}:
        raise Refused(_("These questions are asked already: %(list)s.") % {"list": ", ".join(sorted(again))})
    if party and (others := [number for number in asked if not party_edits(party, SECTION_OF[number])]):
        raise Refused(
            _("%(party)s does not answer these questions: %(list)s. Ask the lead, or all parties.")
            % {"party": party.name, "list": ", ".join(sorted(others))}
        )


def answers_what_is_asked(application, actor, *, items=None, **params):
    now_open = {item.pk for item in open_items(application)}
    if items is not None and not set(items) <= now_open:
        raise Refused(_("What Fedasil asks has changed meanwhile. Read it again before you send."))
    if items is not None and not items:
        raise Refused(_("Choose at least one answer to send."))


def nothing_is_asked(application, actor, **params):
    if open_items(application):
        raise Refused(_("Something that Fedasil asks is still open."))


def open_items(application) -> list[ChangeRequestItem]:
    """What Fedasil asks and nobody answered yet, read now."""
    return list(
        ChangeRequestItem.objects.filter(
            request__application=application, request__state=ChangeRequest.State.OPEN, answered_in=None
        )
    )


def does_not_lead(party, actor, **params):
    if party.is_lead:
        raise Refused(_("Who leads the application cannot leave it. Pass the lead on first."))


# ── What changes with the state, in the same UPDATE ───────────────────────────────────────────────────────────────────
def reference_time_and_lead(application, actor, **params) -> dict:
    reference = references.new_reference(clock.today().year)
    while Application.objects.filter(reference=reference).exists():
        reference = references.new_reference(clock.today().year)
    now = {"reference": reference, "submitted_at": clock.now(), "led_by": application.lead}
    return {**now, **age.starting(application)}


def clock_starts(application, actor, **params) -> dict:
    return age.starting(application)


def clock_stops(application, actor, **params) -> dict:
    return age.stopping(application)


def organisation_and_rule(party, actor, *, organisation, stay, guidance, **params) -> dict:
    """The organisation, its aims, and a copy of its signing rule as it is today."""
    return {
        "organisation": organisation,
        "stay": stay,
        "guidance": guidance,
        "signs_first": organisation.signs_first,
        "signs_second": organisation.signs_second,
    }


def no_offer_to_lead(party, actor, **params) -> dict:
    return {"lead_offered_at": None}


# ── Effects: what follows, in the same transaction ────────────────────────────────────────────────────────────────────
def receive(application, actor, **params):
    """A first submission makes a Version, and a mail to everyone who works on it or signed."""
    version = versions.freeze(application, actor, application.submitted_at)
    tell(application, "submitted", version.number, estimate=estimate_for(application))
    tell_signatories(application, "signed_is_submitted", version.number)
    assigning.by_rule(application)


def receive_again(application, actor, *, items=None, **params):
    """What was asked comes back, all or some of it: a new Version, and each review has to be confirmed."""
    version = versions.freeze(application, actor)
    answered = [item for item in open_items(application) if items is None or item.pk in items]
    ChangeRequestItem.objects.filter(pk__in=[item.pk for item in answered]).update(answered_in=version)
    done = application.change_requests.filter(state=ChangeRequest.State.OPEN).exclude(
        pk__in=[item.request_id for item in open_items(application)]
    )
    done.update(state=ChangeRequest.State.ANSWERED, closed_at=clock.now())
    tell(application, "changes_received", version.number)
    notices.tell_of_answers(application, version.number)


def tell_review_began(application, actor, **params):
    tell(application, "in_review", 1)


def ask_for_changes(application, actor, *, asked, due_on, text="", party=None, **params):
    request = ChangeRequest.objects.create(
        application=application,
        version=application.versions.last(),
        party=party,
        text=text,
        due_on=due_on,
        created_by=actor,
        created_at=clock.now(),
    )
    ChangeRequestItem.objects.bulk_create(
        ChangeRequestItem(request=request, question=number, text=asked[number])
        for number in BY_NUMBER
        if number in asked
    )
    tell_of_request(application, request)


def is_over(application, actor, **params):
    if application.changed_at + DRAFT_LASTS > clock.now():
        raise Refused(_("This draft was changed meanwhile."))


def tell_expired(application, actor, **params):
    tell(application, "expired", 1)


def end_withdrawn(application, actor, **params):
    """Nothing is asked any more, nothing waits to be released; everyone who works on it is told."""
    application.change_requests.filter(state=ChangeRequest.State.OPEN).update(
        state=ChangeRequest.State.CANCELLED, closed_at=clock.now()
    )
    outcomes.discard_prepared(application, actor)
    tell(application, "withdrawn", 1)
    notices.tell_of_withdrawal(application)


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
        # Some of what is asked is answered and sent; the rest stays open (applications/requests.py says which it is).
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
            guards=outcomes.FIRST,
            sets=clock_stops,
            effects=(outcomes.approve,),
        ),
        Transition(
            "decline",
            frozenset({S.IN_REVIEW}),
            S.DECLINED,
            "applications.decide_application",
            guards=outcomes.FIRST,
            sets=clock_stops,
            effects=(outcomes.decline,),
        ),
        # A decision is corrected by a new one only (applications/deciding.py), while no agreement is signed.
        Transition(
            "correct_to_approve",
            frozenset({S.APPROVED, S.DECLINED}),
            S.APPROVED,
            "applications.decide_application",
            guards=outcomes.LATER,
            effects=(outcomes.approve,),
        ),
        Transition(
            "correct_to_decline",
            frozenset({S.APPROVED, S.DECLINED}),
            S.DECLINED,
            "applications.decide_application",
            guards=outcomes.LATER,
            effects=(outcomes.decline,),
        ),
        Transition(
            "revoke",
            frozenset({S.APPROVED}),
            S.DECLINED,
            "applications.decide_application",
            guards=outcomes.LATER,
            effects=(outcomes.revoke,),
        ),
        Transition(
            "withdraw",
            frozenset({S.DRAFT, S.SUBMITTED, S.IN_REVIEW, S.CHANGES_REQUESTED}),
            S.WITHDRAWN,
            "applications.withdraw_application",
            sets=clock_stops,
            effects=(end_withdrawn,),
        ),
        # Twelve months without a change (applications/expiry.py).
        Transition("expire", frozenset({S.DRAFT}), S.EXPIRED, None, guards=(is_over,), effects=(tell_expired,)),
        # A draft that an officer opened, and that those for whom it was declined.
        Transition("not_taken_over", frozenset({S.DRAFT}), S.WITHDRAWN, None),
    ],
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
