"""What signatories are told: that it is their turn, that a signature no longer counts and why; then that all signed.

Whatever changes signed content calls `tell_after` at its end, in its transaction. Which mails are due depends on the
application as it is then, not on what was done. The key of a mail holds the person, the party and the last signature
before it, so many edits in a row cause one mail, until someone signs again.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypedDict

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery, prefetch_related_objects
from django.utils.functional import Promise

from partners.models import Membership, MembershipAbsence
from portal import clock
from portal.mail import outbox
from portal.models import LogEntry, Mail, User

from ..case.intake import CurrentIntake
from ..case.timeline import TEXTS, about
from ..communication.applicant_mails import send_mails
from ..models import Application, Party, Signature
from ..signing import coverage
from . import readiness

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class Away(TypedDict):
        absence: int | None

    # A membership with the key of its absence today, where a deputy stands in.
    Signatory = WithAnnotations[Membership, Away]


ASKED, AGAIN, LAPSED, DEPUTY = "signature_asked", "signature_again", "signature_lapsed", "signature_deputy"


@dataclass(frozen=True)
class Letter:
    """A mail that is due: once for each key, and not where a mail with one of the keys in `unless` was sent already."""

    template: str
    turn: str
    person: User
    unless: tuple[str, ...] = ()
    context: dict = field(default_factory=dict)

    def keys(self, application: Application) -> list[str]:
        """Its own key, then those of the mails that make it unnecessary."""
        names = (self.template, *self.unless)
        return [f"application:{application.uuid}:{name}:{self.turn}:{self.person.pk}" for name in names]


@dataclass(frozen=True)
class Cause:
    """What was changed, as the timeline says it, in the language of whoever reads it."""

    text: Promise
    entry: LogEntry
    names: dict[int, str]

    @property
    def about(self) -> str:
        return about(self.entry.data, self.names)


def read(application: Application) -> Application:
    """The application read anew, with all that a signature covers."""
    return Application.objects.prefetch_related("parties__organisation").get(pk=application.pk)


def tell_after(
    application: Application,
    entry: LogEntry | None = None,
    actor: User | None = None,
    *,
    not_needed: Iterable[Signature] = (),
) -> None:
    """Mail what follows from a change that is done: to signatories, and to the lead once all signed.

    Call it under the row lock, with the application as it is now. `entry` tells what was changed. `not_needed`:
    signatures in capacities in which nobody signs any more. The actor is told nothing: the pages say it.
    """
    if application.state not in coverage.SIGNABLE:
        return
    prefetch_related_objects([application], "parties__organisation")
    signatures = Prefetch("signatures", Signature.objects.select_related("user"))
    prefetch_related_objects(application.joined_parties, signatures)
    cause = None
    if entry:
        cause = Cause(TEXTS[entry.action], entry, {party.pk: party.name for party in application.parties.all()})
    letters = [
        Letter(LAPSED, f"{found.party_id}:{found.pk}", found.user, context=_context(found.party, found, cause))
        for found in not_needed
    ]
    _queue(application, [letter for letter in [*letters, *_letters(application, cause)] if letter.person != actor])
    tell_when_all_signed(application, actor)


def _letters(application: Application, cause: Cause | None) -> Iterable[Letter]:
    """Of each party that can sign now or signed before: who signs, and whose signature no longer counts."""
    ready = {party: coverage.is_complete(party) for party in application.joined_parties}
    missing = {
        party: coverage.missing_capacities(party)
        for party in application.joined_parties
        if ready[party] or party.signatures.all()
    }
    if not any(missing.values()):
        return
    holders = list(_signatories(missing))
    for party, capacities in missing.items():
        last = {signature.capacity: signature for signature in party.signatures.all()}
        for capacity in capacities:
            signature = last.get(capacity)
            sign = [
                found
                for found in holders
                if (found.organisation_id, found.capacity) == (party.organisation_id, capacity)
            ]
            if signature:
                yield _of_lapsed(party, signature, ready[party], sign, cause)
            if ready[party]:
                yield from _of_turn(party, f"{party.pk}:{signature.pk if signature else 0}", sign)


def _signatories(missing: Iterable[Party]) -> "QuerySet[Signatory]":
    """The people with a capacity in these parties today, each with the deputy during an absence."""
    away = MembershipAbsence.objects.on(clock.today()).filter(membership=OuterRef("pk"), deputy__user__is_active=True)
    return (
        Membership.objects.filter(
            organisation__in=[party.organisation_id for party in missing],
            organisation__signatories_asked_at__isnull=True,
            user__is_active=True,
        )
        .exclude(capacity="")
        .annotate(absence=Subquery(away.values("pk")[:1]))
        .select_related("user")
        .order_by("pk")
    )


def _of_lapsed(party: Party, signature: Signature, ready: bool, sign: "list[Signatory]", cause: Cause | None) -> Letter:
    """The mail that a signature no longer counts. It also asks to sign again, where that is possible at once."""
    turn, again = f"{party.pk}:{signature.pk}", any(found.user_id == signature.user_id for found in sign)
    context = _context(party, signature, cause, again)
    if ready and again:
        return Letter(AGAIN, turn, signature.user, (LAPSED, ASKED), context)
    return Letter(LAPSED, turn, signature.user, (AGAIN,), context)


def _of_turn(party: Party, turn: str, sign: "list[Signatory]") -> Iterable[Letter]:
    """The mail that it is someone's turn to sign. Deputies get it too: they cannot sign, but can see to it."""
    for found in sign:
        yield Letter(ASKED, turn, found.user, (AGAIN,), {"party": party})
        if found.absence:
            absence = MembershipAbsence.objects.select_related("deputy__user").get(pk=found.absence)
            if absence.deputy:
                context = {"party": party, "absence": absence, "absent": found.user}
                yield Letter(DEPUTY, f"{turn}:{absence.pk}", absence.deputy.user, (), context)


def _context(party: Party, signature: Signature, cause: Cause | None, again: bool = False) -> dict:
    return {"party": party, "signature": signature, "cause": cause, "again": again}


def _queue(application: Application, letters: list[Letter]) -> None:
    """Queue the mails that were not queued before, to people who can still sign in."""
    letters = [letter for letter in letters if letter.person.is_active]
    if not letters:
        return
    keys = [key for letter in letters for key in letter.keys(application)]
    queued = set(Mail.objects.filter(key__in=keys).values_list("key", flat=True))
    for letter in letters:
        own, *others = letter.keys(application)
        if own in queued or queued & set(others):
            continue
        queued.add(own)
        outbox.queue(
            key=own,
            to=letter.person.email,
            language=letter.person.language,
            template=f"applications/{letter.template}",
            context={"application": application, "person": letter.person, **letter.context},
            about=application,
        )


def tell_when_all_signed(application: Application, actor: User | None = None) -> None:
    """Once all signed, tell the lead's people that they can submit, or send it again, or that the intake is closed."""
    if application.state not in coverage.SIGNABLE or not readiness.is_ready_but_for_intake(application):
        return
    last = max(found.pk for party in application.joined_parties for found in coverage.standing_signatures(party))
    lead = next(party for party in application.joined_parties if party.is_lead)
    event = "all_signed_closed" if CurrentIntake().closed_for(application) else "all_signed"
    send_mails(application, event, f"signature:{last}", parties=[lead], but=actor)
