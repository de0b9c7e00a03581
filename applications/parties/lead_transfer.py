"""The lead passes from one party to another, which has to want it."""

from typing import cast

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from partners.models import Organisation
from partners.people.person import Person
from portal import clock
from portal.models import User
from portal.workflow import Refused

from ..answers.saving import record_change
from ..communication.applicant_mails import send_mails
from ..models import Application, Party
from ..permissions import works_for
from .services import lock, lock_as_lead


@transaction.atomic
def offer(party: Party, actor: User) -> None:
    """Ask another party that takes part to lead."""
    locked = lock_as_lead(party.application, actor)
    if any(found.lead_offered_at for found in locked.joined_parties):
        raise Refused(_("Another party is already asked to lead. Take that back first."))
    fresh = next((found for found in locked.joined_parties if found.pk == party.pk and not found.is_lead), None)
    if fresh is None:
        raise Refused(_("Only a party that takes part can lead."))
    fresh.lead_offered_at = clock.now()
    fresh.save(update_fields=["lead_offered_at"])
    entry = record_change(locked, "lead_offered", actor, data={"party": party.pk}, reread=True)
    send_mails(locked, "lead_offered", entry.number, parties=[fresh], lead=locked.lead, party=fresh)


@transaction.atomic
def take_back(party: Party, actor: User) -> None:
    """The lead stays where it is, before the other party answered."""
    locked = lock_as_lead(party.application, actor)
    _close(locked, party)
    record_change(locked, "lead_offer_ended", actor, data={"party": party.pk}, reread=True)


@transaction.atomic
def refuse(party: Party, actor: User) -> None:
    """A party that was asked to lead does not want to."""
    locked = _lock_asked(party, actor)
    _close(locked, party)
    entry = record_change(locked, "lead_refused", actor, data={"party": party.pk}, reread=True)
    lead = next(found for found in locked.joined_parties if found.is_lead)
    send_mails(locked, "lead_refused", entry.number, parties=[lead], party=party)


@transaction.atomic
def take(party: Party, actor: User, *, seen: set[int] | None = None) -> None:
    """A party that was asked to lead does so from now on.

    A draft goes on in the language of the new lead's letters; what was submitted once keeps its language.
    """
    locked = _lock_asked(party, actor, seen)
    before = next(found for found in locked.joined_parties if found.is_lead)
    _close(locked, party)
    Party.objects.filter(pk=before.pk).update(is_lead=False)
    Party.objects.filter(pk=party.pk).update(is_lead=True, sees_all_answers=True)
    if locked.state == Application.State.DRAFT:
        # Who is asked to lead takes part, as an organisation.
        locked.language = cast(Organisation, party.organisation).letter_language
    if locked.led_by_id:
        locked.led_by = party.organisation
    data = {"party": party.pk, "before": before.pk}
    entry = record_change(locked, "lead_passed", actor, fields=["language", "led_by"], data=data, reread=True)
    fresh = Application.objects.get(pk=locked.pk)
    send_mails(fresh, "lead_passed", entry.number)


def _lock_asked(party: Party, actor: User, seen: set[int] | None = None) -> Application:
    locked = lock(party.application, seen)
    person = Person(actor)
    if not any(found.pk == party.pk and works_for(person, found) for found in locked.joined_parties):
        raise PermissionDenied
    return locked


def _close(locked: Application, party: Party) -> None:
    """End the question whether this party leads; Refused where it is not asked."""
    if not locked.parties.filter(pk=party.pk, lead_offered_at__isnull=False).update(lead_offered_at=None):
        raise Refused(_("This organisation is not, or no longer, asked to lead."))
