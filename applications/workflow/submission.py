"""Guards and effects of submitting, expiring and withdrawing."""

from datetime import timedelta

from django.utils.translation import gettext as _

from portal import clock
from portal.workflow import Refused

from ..case import handling_time, references
from ..case.estimate import estimate_for
from ..communication import staff_notices
from ..communication.applicant_mails import mail_signatories, send_mails
from ..models import Application, ChangeRequest
from ..review import assignment
from ..submission import readiness
from ..versions import snapshots
from . import decision as decision_effects

# A draft that nobody touches for so long ends.
DRAFT_LASTS = timedelta(days=365)


# ── Guards: what must hold ────────────────────────────────────────────────────────────────────────────────────────────
def nothing_is_waited_for(application, actor, **params):
    """Everyone answered and signed, the files are scanned, and a first submission comes while the intake is open."""
    if refusals := readiness.refusals(application):
        raise Refused(*refusals)


# ── What changes with the state, in the same UPDATE ───────────────────────────────────────────────────────────────────
def reference_time_and_lead(application, actor, **params) -> dict:
    reference = references.new_reference(clock.today().year)
    while Application.objects.filter(reference=reference).exists():
        reference = references.new_reference(clock.today().year)
    now = {"reference": reference, "submitted_at": clock.now(), "led_by": application.lead}
    return {**now, **handling_time.started_clock(application)}


# ── Effects: what follows, in the same transaction ────────────────────────────────────────────────────────────────────
def receive(application, actor, **params):
    """A first submission makes a Version, and a mail to everyone who works on it or signed."""
    version = snapshots.freeze(application, actor, application.submitted_at)
    send_mails(application, "submitted", version.number, estimate=estimate_for(application))
    mail_signatories(application, "signed_is_submitted", version.number)
    assignment.by_rule(application)


def is_over(application, actor, **params):
    if application.changed_at + DRAFT_LASTS > clock.now():
        raise Refused(_("This draft was changed meanwhile."))


def tell_expired(application, actor, **params):
    send_mails(application, "expired", 1)


def end_withdrawn(application, actor, **params):
    """Nothing is asked any more, nothing waits to be released; everyone who works on it is told."""
    application.change_requests.filter(state=ChangeRequest.State.OPEN).update(
        state=ChangeRequest.State.CANCELLED, closed_at=clock.now()
    )
    decision_effects.discard_prepared(application, actor)
    send_mails(application, "withdrawn", 1)
    staff_notices.notify_of_withdrawal(application)
