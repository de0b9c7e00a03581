"""Changes that give or take power: one person asks, another one confirms or refuses; what nobody confirms expires.

The kinds of such changes are in portal/confirmations/kinds.py. Whoever runs the server can carry one out without a
second person (`confirm_on_server`, `make_administrator`): with a reason, in the log, and told to all administrators.
"""

from datetime import timedelta

import rules
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils.translation import gettext as _

from .. import clock
from ..audit import log
from ..models import ConfirmationRequest, User
from ..permissions import is_administrator
from ..workflow import Refused, Transition, Workflow
from .kinds import KINDS, Kind
from .mails import tell

# How long a request waits for somebody to confirm it.
EXPIRES_AFTER = timedelta(days=7)
S = ConfirmationRequest.State
OPEN = frozenset({S.OPEN})


# ── Who may ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def may_ask(user: User, kind: Kind) -> bool:
    """Whether this person may ask for such changes, and answer the requests of others for them."""
    return user.is_active and rules.has_perm(kind.permission, user)


def readable_by(user: User) -> models.QuerySet[ConfirmationRequest]:
    """Administrators read all requests; others those that they could ask for themselves."""
    found = ConfirmationRequest.objects.all()
    return found if is_administrator(user) else found.filter(kind__in=kinds_of(user))


def kinds_of(user: User) -> list[str]:
    return [kind.code for kind in KINDS.values() if may_ask(user, kind)]


@rules.predicate
def reads_requests(user) -> bool:
    return is_administrator(user) or bool(kinds_of(user))


@rules.predicate
def answers_such(user, request) -> bool:
    return may_ask(user, KINDS[request.kind])


@rules.predicate
def requested_it(user, request) -> bool:
    return user.pk == request.requested_by_id


@rules.predicate
def is_concerned(user, request) -> bool:
    """Its own account or powers would change."""
    return user.pk == request.person_id


rules.add_perm("portal.read_requests", reads_requests)
rules.add_perm("portal.confirm_request", answers_such & ~requested_it & ~is_concerned)
rules.add_perm("portal.refuse_request", answers_such & ~requested_it)
rules.add_perm("portal.withdraw_request", requested_it)


# ── Guards and effects ────────────────────────────────────────────────────────────────────────────────────────────────
def is_in_time(request, actor, **params):
    if request.expires_at <= clock.now():
        raise Refused(_("This request has expired. Ask for the change again."))


def requester_still_may(request, actor, **params):
    if request.requested_by is None or not may_ask(request.requested_by, KINDS[request.kind]):
        raise Refused(_("The person who asked for this may no longer do so. Refuse it, and ask for it yourself."))


def is_still_right(request, actor, **params):
    """What the reader of the request sees as its beginning is what is there now."""
    kind = KINDS[request.kind]
    if kind.current(request.subject) != request.before:
        raise Refused(_("What this request changes has changed meanwhile. Refuse it, and ask for it again."))
    kind.validate(request.subject, request.after)


def has_reason(request, actor, *, reason: str, **params):
    if not reason.strip():
        raise Refused(_("Give a reason."))


def settle(request, actor, *, reason: str = "", **params) -> dict:
    return {"settled_by": actor, "settled_at": clock.now(), "answer": reason.strip()}


def make_the_change(request, actor, **params):
    KINDS[request.kind].apply(request)
    if request.subject:
        log.record(request.subject, request.kind, actor=actor, data=for_log(request))


def telling(step: str):
    def tell_of_it(request, actor, **params):
        tell(request, step, actor)

    return tell_of_it


CONFIRMATION = Workflow(
    ConfirmationRequest,
    [
        Transition(
            "confirm",
            OPEN,
            S.CONFIRMED,
            "portal.confirm_request",
            guards=(is_in_time, requester_still_may, is_still_right),
            sets=settle,
            effects=(make_the_change, telling("confirm")),
        ),
        Transition(
            "refuse",
            OPEN,
            S.REFUSED,
            "portal.refuse_request",
            guards=(has_reason,),
            sets=settle,
            effects=(telling("refuse"),),
        ),
        Transition(
            "withdraw", OPEN, S.WITHDRAWN, "portal.withdraw_request", sets=settle, effects=(telling("withdraw"),)
        ),
        Transition("expire", OPEN, S.EXPIRED, None, sets=settle, effects=(telling("expire"),)),
        # By whoever runs the server; no page leads here.
        Transition(
            "carry_out",
            OPEN,
            S.SERVER,
            None,
            guards=(has_reason, is_still_right),
            sets=settle,
            effects=(make_the_change, telling("carry_out")),
        ),
    ],
)


# ── Asking ────────────────────────────────────────────────────────────────────────────────────────────────────────────
@transaction.atomic
def ask(code: str, subject: models.Model | None, after: dict, actor: User, *, reason: str) -> ConfirmationRequest:
    """Request a change of the kind `code`. Raises PermissionDenied, or Refused where it cannot be made.

    Only one request for a kind and a subject is open at a time.
    """
    kind = KINDS[code]
    if not may_ask(actor, kind):
        raise PermissionDenied
    request = _write(kind, _locked(subject), after, actor, reason)
    tell(request, "ask", actor)
    return request


def _write(
    kind: Kind, subject: models.Model | None, after: dict, actor: User | None, reason: str
) -> ConfirmationRequest:
    if not reason.strip():
        raise Refused(_("Give a reason."))
    after, before = kind.validate(subject, after), kind.current(subject)
    if after == before:
        raise Refused(_("Nothing would change."))
    about = {
        "kind": kind.code,
        "subject_type": ContentType.objects.get_for_model(subject) if subject else None,
        "subject_id": subject.pk if subject else None,
    }
    if subject and ConfirmationRequest.objects.filter(state=S.OPEN, **about).exists():
        raise Refused(
            _("This was requested already and is still to be confirmed. Withdraw or refuse that request first.")
        )
    now = clock.now()
    request = ConfirmationRequest.objects.create(
        **about,
        person=kind.person(subject, after),
        before=before,
        after=after,
        reason=reason.strip(),
        requested_by=actor,
        requested_at=now,
        expires_at=now + EXPIRES_AFTER,
    )
    log.record(request, "ask", actor=actor, to_state=S.OPEN, data=for_log(request), note=request.reason)
    return request


def _locked(subject: models.Model | None) -> models.Model | None:
    """The subject as it is now, under its lock: always taken before that of the request."""
    if subject is None:
        return None
    return type(subject)._default_manager.select_for_update(no_key=True).get(pk=subject.pk)


def for_log(request: ConfirmationRequest) -> dict:
    kind = KINDS[request.kind]
    return {
        "request": request.pk,
        "kind": request.kind,
        "person": request.person_id,
        "from": kind.for_log(request.before),
        "to": kind.for_log(request.after),
    }


# ── Answering ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def confirm(request: ConfirmationRequest, actor: User) -> ConfirmationRequest:
    """Confirm what another person asked for, and make the change."""
    return _fire("confirm", request, actor)


def refuse(request: ConfirmationRequest, actor: User, *, reason: str) -> ConfirmationRequest:
    return _fire("refuse", request, actor, reason=reason)


def withdraw(request: ConfirmationRequest, actor: User) -> ConfirmationRequest:
    return _fire("withdraw", request, actor)


@transaction.atomic
def _fire(step: str, request: ConfirmationRequest, actor: User | None, reason: str = "") -> ConfirmationRequest:
    _locked(request.subject)
    return CONFIRMATION.fire(step, request, actor, data=for_log(request), note=reason.strip(), reason=reason)


def expire_due() -> int:
    """Close what nobody confirmed in time (a job of `run_due`); answers how many."""
    due = list(ConfirmationRequest.objects.filter(state=S.OPEN, expires_at__lte=clock.now()).order_by("pk"))
    return sum(_expire(request) for request in due)


def _expire(request: ConfirmationRequest) -> bool:
    try:
        _fire("expire", request, None)
    except Refused:
        return False  # settled meanwhile
    return True


# ── On the server ─────────────────────────────────────────────────────────────────────────────────────────────────────
def carry_out(request: ConfirmationRequest, *, reason: str) -> ConfirmationRequest:
    """Make a requested change without a second person: in an emergency, by whoever runs the server."""
    return _fire("carry_out", request, None, reason=reason)


@transaction.atomic
def carry_out_unasked(code: str, subject: models.Model | None, after: dict, *, reason: str) -> ConfirmationRequest:
    """The same for a change that nobody requested."""
    return carry_out(_write(KINDS[code], _locked(subject), after, None, reason), reason=reason)
