"""Who takes part: invited by mail, accepting with aims, or not."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from partners.models import Organisation
from partners.permissions import membership
from portal import log, mail
from portal.models import User
from portal.workflow import Refused

from .editing import open_questions, touch
from .models import Application, Party
from .permissions import works_for_lead
from .questions import BY_CODE
from .workflow import APPLICATION, PARTY


def _lock_for_parties(application: Application, actor: User) -> Application:
    """The locked application, once it is sure that the actor may change its parties now."""
    locked = Application.objects.select_for_update().get(pk=application.pk)
    if not works_for_lead(actor, locked):
        raise PermissionDenied
    if not open_questions(locked, BY_CODE["parties"]):
        raise Refused(_("The parties cannot be changed now."))
    return locked


@transaction.atomic
def invite(application: Application, actor: User, *, name: str, email: str, language: str) -> Party:
    """Ask another organisation, by mail, to take part."""
    locked = _lock_for_parties(application, actor)
    email = email.lower()
    if any(party.state == Party.State.INVITED and party.invited_email == email for party in locked.parties.all()):
        raise Refused(_("You already invited %(email)s. The invitation waits for an answer.") % {"email": email})
    party = Party.objects.create(application=locked, invited_name=name, invited_email=email)
    touch(locked)
    log.record(locked, "party_invited", actor=actor, data={"party": party.pk})
    mail.queue(
        key=f"party-invitation:{party.uuid}",
        to=party.invited_email,
        language=language,
        template="applications/party_invitation",
        context={"party": party, "lead": locked.lead, "actor": actor},
        about=locked,
    )
    return party


@transaction.atomic
def set_aims(application: Application, party: Party, actor: User, *, stay: bool, guidance: bool) -> None:
    """The lead says which aims a party that takes part takes on."""
    locked = _lock_for_parties(application, actor)
    fresh = Party.objects.get(pk=party.pk, application=locked, state=Party.State.ACCEPTED)
    if (fresh.stay, fresh.guidance) == (stay, guidance):
        return
    fresh.stay, fresh.guidance = stay, guidance
    fresh.save(update_fields=["stay", "guidance"])
    touch(locked)
    log.record(locked, "aims_set", actor=actor, data={"party": party.pk, "stay": stay, "guidance": guidance})


@transaction.atomic
def accept(party: Party, actor: User, organisation: Organisation, *, stay: bool, guidance: bool) -> Party:
    """Take part with this organisation, of which the actor is manager or contributor, and with these aims."""
    found = membership(actor, organisation)
    if found is None or not found.works:
        raise PermissionDenied
    locked = Application.objects.select_for_update().get(pk=party.application_id)
    if locked.state != Application.State.DRAFT:
        raise Refused(_("This application was submitted already. Ask the lead what to do."))
    if locked.parties.filter(organisation=organisation).exists():
        raise Refused(_("%(name)s already takes part in this application.") % {"name": organisation.name})
    accepted = PARTY.fire("accept", party, actor, organisation=organisation, stay=stay, guidance=guidance)
    if party.is_lead:
        # A draft that an officer opened: from now on it is this organisation's, in the language of its letters.
        locked.language = organisation.letter_language
        touch(locked, "language")
    else:
        touch(locked)
    log.record(locked, "party_joined", actor=actor, data={"party": party.pk, "organisation": organisation.pk})
    return accepted


@transaction.atomic
def decline(party: Party, actor: User) -> Party:
    """Do not take part. A draft that an officer opened ends with that."""
    locked = Application.objects.select_for_update().get(pk=party.application_id)
    declined = PARTY.fire("decline", party, actor)
    touch(locked)
    log.record(locked, "party_declined", actor=actor, data={"party": party.pk})
    if party.is_lead:
        APPLICATION.fire("not_taken_over", locked, None)
    return declined
