"""The life of an Application and of a Party, as tables. A state changes nowhere else."""

from datetime import timedelta

from django.utils.translation import gettext as _

from partners import partnerships
from portal import clock
from portal.workflow import Refused, Transition, Workflow

from . import intake, references, versions
from .estimates import estimate_for
from .models import Application, ChangeRequest, Decision, Party
from .notifications import tell
from .questions import BY_NUMBER, SECTIONS, missing
from .reviewing import standing
from .signing import missing_signatures

S = Application.State
# A draft that nobody touches for so long ends.
DRAFT_LASTS = timedelta(days=365)


# ── Guards: what must hold ────────────────────────────────────────────────────────────────────────────────────────────
def sections_are_complete(application, actor, **params):
    open_sections = [str(section.title) for section in SECTIONS if missing(application, section)]
    if open_sections:
        raise Refused(
            _("Not submitted: these sections are not complete: %(list)s.") % {"list": ", ".join(open_sections)}
        )


def intake_is_open(application, actor, **params):
    if closed := intake.not_open():
        raise Refused(closed.text)


def every_party_signed(application, actor, **params):
    waiting = missing_signatures(application)
    if waiting:
        names = ", ".join(f"{party.name} ({capacity.label})" for party, capacity in waiting)
        raise Refused(_("Not submitted: these signatures are missing: %(list)s.") % {"list": names})


def request_names_questions(application, actor, *, questions, **params):
    if not questions or not set(questions) <= BY_NUMBER.keys():
        raise Refused(_("Choose at least one question that you ask to be changed."))


def reviews_are_ready(application, actor, **params):
    now = standing(application)
    if not now.complete:
        raise Refused(
            _("A decision needs %(needed)d reviews on the latest version, all of them done; %(done)d are done.")
            % {"needed": max(now.needed, len(now.reviews)), "done": len(now.done)}
        )
    if not now.ready:
        raise Refused(_("The reviews differ. The reviewers settle that first."))


def reasons_are_given(application, actor, *, reasons, **params):
    if not reasons.strip():
        raise Refused(_("Give the reasons for the decision."))


def contact_is_named(application, actor, *, contact=None, **params):
    if contact is None:
        raise Refused(_("Name the contact person at Fedasil."))


# ── What changes with the state, in the same UPDATE ───────────────────────────────────────────────────────────────────
def reference_and_time(application, actor, **params) -> dict:
    reference = references.new_reference(clock.today().year)
    while Application.objects.filter(reference=reference).exists():
        reference = references.new_reference(clock.today().year)
    return {"reference": reference, "submitted_at": clock.now()}


def organisation_and_rule(party, actor, *, organisation, stay, guidance, **params) -> dict:
    """The organisation, its aims, and a copy of its signing rule as it is today."""
    return {
        "organisation": organisation,
        "stay": stay,
        "guidance": guidance,
        "signs_first": organisation.signs_first,
        "signs_second": organisation.signs_second,
    }


# ── Effects: what follows, in the same transaction ────────────────────────────────────────────────────────────────────
def receive(application, actor, **params):
    """A first submission makes a Version, and a mail to everyone who works on it."""
    version = versions.freeze(application, actor)
    tell(application, "submitted", version.number, estimate=estimate_for(application))


def receive_again(application, actor, **params):
    """Requested changes come back: the requests are answered, a new Version, and each review has to be confirmed."""
    application.change_requests.filter(state=ChangeRequest.State.OPEN).update(state=ChangeRequest.State.ANSWERED)
    version = versions.freeze(application, actor)
    tell(application, "changes_received", version.number)


def tell_review_began(application, actor, **params):
    tell(application, "in_review", 1)


def ask_for_changes(application, actor, *, questions, text, due_on, party=None, **params):
    request = ChangeRequest.objects.create(
        application=application,
        version=application.versions.last(),
        party=party,
        questions=sorted(questions),
        text=text,
        due_on=due_on,
        created_by=actor,
        created_at=clock.now(),
    )
    tell(application, "changes_requested", request.pk, request=request)


def start_partnership(application, actor, *, reasons, contact, **params):
    estimate = estimate_for(application)
    partnership = partnerships.start(
        [
            partnerships.PartyTerms(party.organisation, lead=party.is_lead, stay=party.stay, guidance=party.guidance)
            for party in application.joined_parties
        ],
        partnerships.Terms(
            origin=application.reference,
            household_sizes=application.household_sizes,
            straight_on_arrival=application.straight_on_arrival,
            years=application.years,
            planned_from=application.available_from,
            estimate=estimate.total,
        ),
        contact,
        actor,
    )
    _decide(application, actor, Decision.Outcome.APPROVE, reasons, partnership)
    tell(application, "approved", 1, partnership=partnership, estimate=estimate)


def close_declined(application, actor, *, reasons, **params):
    decision = _decide(application, actor, Decision.Outcome.DECLINE, reasons, None)
    tell(application, "declined", 1, decision=decision)


def _decide(application, actor, outcome, reasons, partnership) -> Decision:
    return Decision.objects.create(
        application=application,
        version=application.versions.last(),
        outcome=outcome,
        reasons=reasons,
        decider=actor,
        decided_at=clock.now(),
        partnership=partnership,
    )


def is_over(application, actor, **params):
    if application.changed_at + DRAFT_LASTS > clock.now():
        raise Refused(_("This draft was changed meanwhile."))


def tell_expired(application, actor, **params):
    tell(application, "expired", 1)


def tell_withdrawn(application, actor, **params):
    tell(application, "withdrawn", 1)


APPLICATION = Workflow(
    Application,
    [
        Transition(
            "submit",
            frozenset({S.DRAFT}),
            S.SUBMITTED,
            "applications.submit_application",
            guards=(intake_is_open, sections_are_complete, every_party_signed),
            sets=reference_and_time,
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
            frozenset({S.IN_REVIEW}),
            S.CHANGES_REQUESTED,
            "applications.handle_application",
            guards=(request_names_questions,),
            effects=(ask_for_changes,),
        ),
        Transition(
            "answer_changes",
            frozenset({S.CHANGES_REQUESTED}),
            S.IN_REVIEW,
            "applications.submit_application",
            guards=(sections_are_complete, every_party_signed),
            effects=(receive_again,),
        ),
        Transition(
            "approve",
            frozenset({S.IN_REVIEW}),
            S.APPROVED,
            "applications.decide_application",
            guards=(reviews_are_ready, reasons_are_given, contact_is_named),
            effects=(start_partnership,),
        ),
        Transition(
            "decline",
            frozenset({S.IN_REVIEW}),
            S.DECLINED,
            "applications.decide_application",
            guards=(reviews_are_ready, reasons_are_given),
            effects=(close_declined,),
        ),
        Transition(
            "withdraw",
            frozenset({S.DRAFT, S.SUBMITTED, S.IN_REVIEW, S.CHANGES_REQUESTED}),
            S.WITHDRAWN,
            "applications.withdraw_application",
            effects=(tell_withdrawn,),
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
    ],
)
