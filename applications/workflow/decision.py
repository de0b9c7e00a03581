"""What a released decision demands and what follows from it: the guards and effects of the table of Application.

They get the prepared `decision`, its letters with their PDFs as they were `printed`, and the `mails` by language. Both
were rendered before the application was locked: under the lock nothing is.
"""

from datetime import date
from typing import cast

from django.utils.translation import gettext as _

from partners.models import Partnership
from partners.partnerships import services as partnerships_services
from portal import clock
from portal.audit import log
from portal.files import store
from portal.models import User
from portal.workflow import NotAllowed, Refused, locked

from ..case.estimate import complete_estimate
from ..communication.applicant_mails import send_mails
from ..models import Application, Decision, Letter
from ..papers import letters
from ..review.status import review_status

Outcome, State = Decision.Outcome, Decision.State
WRITTEN = (
    "outcome",
    "reasons_nl",
    "reasons_fr",
    "reasons_de",
    "contact_id",
    "corrects_id",
    "version_id",
    "basis",
)


# ── Guards ────────────────────────────────────────────────────────────────────────────────────────────────────────────
def reviews_are_ready(application, actor=None, **params):
    now = review_status(application)
    if not now.complete:
        raise Refused(
            _("A decision needs %(needed)d reviews on the latest version, all of them done; %(done)d are done.")
            % {"needed": max(now.needed, len(now.reviews)), "done": len(now.done)}
        )
    if not now.ready:
        raise Refused(_("The reviews differ. The reviewers settle that first."))


def agreement_is_not_signed(application, actor=None, **params):
    found = in_force(application)
    if found and found.partnership_id and locked(Partnership.objects.filter(pk=found.partnership_id)).is_signed:
        raise Refused(_("The agreement of this partnership is signed. The decision can no longer be corrected."))


def still_prepared(application, actor, *, decision, **params):
    found = Decision.objects.filter(pk=decision.pk, state=State.PREPARED).first()
    if found is None:
        raise NotAllowed(_("This decision was released or discarded meanwhile."))
    if any(getattr(found, name) != getattr(decision, name) for name in WRITTEN):
        raise Refused(_("The letters changed after you looked at them. Look at them again."))


def made_on_what_there_is(application, actor, *, decision, **params):
    """The version and the reviews are those on which it was prepared."""
    now = review_status(application)
    if decision.version_id != now.latest.pk:
        raise Refused(_("A new version came in after this decision was prepared. Change it, or discard it."))
    if decision.basis != now.fingerprint:
        raise Refused(_("The reviews changed after this decision was prepared. Change it, or discard it."))


def corrects_what_is_in_force(application, actor, *, decision, **params):
    found = in_force(application)
    if found is None or decision.corrects_id != found.pk:
        raise Refused(_("Another decision is in force by now. Discard this one."))


def letters_are_as_printed(application, actor, *, decision, printed=None, **params):
    """They would say the same now as when they were printed; without `printed`, only whether there are letters."""
    now = Decision.objects.select_related("contact", "partnership", "corrects__partnership").get(pk=decision.pk)
    now.application = application
    written = letters.written(now)
    if printed is not None and written != [letter for letter, _pdf in printed]:
        raise Refused(_("The letters changed after you looked at them. Look at them again."))


FIRST = (still_prepared, reviews_are_ready, made_on_what_there_is, letters_are_as_printed)
LATER = (still_prepared, agreement_is_not_signed, corrects_what_is_in_force, letters_are_as_printed)


# ── Effects ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def approve(application, actor, *, decision, **params):
    """A partnership begins; where the decision corrects an approval, its partnership goes on."""
    before = decision.corrects and decision.corrects.partnership
    if before and before.state == Partnership.State.AGREEMENT_DRAFTED:
        partnerships_services.set_contact(before, decision.contact, actor)
        partnership = before
    else:
        partnership = start_partnership(application, decision.contact, actor)
    _put_in_force(application, actor, decision, partnership, **params)


def decline(application, actor, *, decision, **params):
    before = decision.corrects and decision.corrects.partnership
    if before and before.state == Partnership.State.AGREEMENT_DRAFTED:
        partnerships_services.end_unsigned(before, actor)
    _put_in_force(application, actor, decision, None, **params)


revoke = decline


def start_partnership(application: Application, contact: User, actor: User) -> Partnership:
    return partnerships_services.start(
        [
            partnerships_services.PartyTerms(
                party.organisation, lead=party.is_lead, stay=party.stay, guidance=party.guidance
            )
            for party in application.joined_parties
        ],
        # What was submitted has a reference, and each question of its offer is answered.
        partnerships_services.Terms(
            origin=cast(str, application.reference),
            household_sizes=application.household_sizes,
            straight_on_arrival=cast(bool, application.straight_on_arrival),
            years=application.years,
            planned_from=cast(date, application.available_from),
            estimate=complete_estimate(application).total,
        ),
        contact,
        actor,
    )


def _put_in_force(application, actor, decision, partnership, *, printed, mails, **params):
    """Released in place of the one that it corrects; its letters are kept as they were printed, and a mail tells."""
    Decision.objects.filter(pk=decision.corrects_id, state=State.RELEASED).update(state=State.REPLACED)
    changed = Decision.objects.filter(pk=decision.pk, state=State.PREPARED).update(
        state=State.RELEASED, decider=actor, decided_at=clock.now(), partnership=partnership
    )
    if not changed:
        raise NotAllowed(_("This decision was released or discarded meanwhile."))
    decision.refresh_from_db()
    for letter, content in printed:
        file = store.store(content, name=f"{letter.name}.pdf", content_type="application/pdf")
        Letter.objects.create(decision=decision, party=letter.party, language=letter.language, stored=file)
    send_mails(application, letters.EVENTS[decision.outcome], decision.pk, written=mails)


# ── What there is ─────────────────────────────────────────────────────────────────────────────────────────────────────
def in_force(application: Application) -> Decision | None:
    """The decision that holds now."""
    return (
        Decision.objects.filter(application=application, state=State.RELEASED)
        .select_related("partnership", "contact")
        .first()
    )


def discard_prepared(application: Application, actor: User | None) -> None:
    """What was prepared and not released is never released; call it under the application's row lock."""
    for found in Decision.objects.filter(application=application, state=State.PREPARED):
        Decision.objects.filter(pk=found.pk).update(state=State.DISCARDED)
        log.record(application, "decision_discarded", actor=actor, data={"decision": found.pk})
