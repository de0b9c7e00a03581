"""Who takes part: invited by mail or as a registered organisation, accepting with aims, or not."""

from datetime import timedelta
from typing import cast

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from partners.models import Organisation
from partners.organisations.loading import locked as locked_organisation
from partners.people import invitation_limit
from partners.people.person import Person
from portal import clock
from portal.audit import log
from portal.mail import outbox
from portal.models import User
from portal.text import clean_address
from portal.workflow import Refused

from ..answers.saving import open_questions, record_change
from ..case import loading
from ..communication.applicant_mails import send_mails
from ..models import Application, Party
from ..permissions import was_invited
from ..questionnaire.questions import BY_CODE
from ..signing import coverage
from ..workflow.transitions import APPLICATION, PARTY

SECTION = BY_CODE["parties"]
# An invitation is not mailed again sooner.
MAILED_AGAIN_AFTER = timedelta(hours=1)


def lock(
    application: Application,
    seen: set[int] | None = None,
    actor: User | None = None,
    permission: str | None = None,
) -> Application:
    """The locked application (case.loading.locked), once it is sure that its parties may change now.

    `seen`: the signatures of which the person was told that they have to be given again; None where none is reopened.
    """
    locked = loading.locked(application, actor, permission, related=["parties__organisation"])
    if not open_questions(locked, SECTION):
        raise Refused(_("The parties cannot be changed now."))
    if seen is not None:
        coverage.refuse_unseen(coverage.standing_over(locked, SECTION), seen)
    return locked


def lock_as_lead(application: Application, actor: User, seen: set[int] | None = None) -> Application:
    """The same, for someone who works for the lead."""
    return lock(application, seen, actor, "applications.edit_application")


@transaction.atomic
def invite(
    application: Application,
    actor: User,
    *,
    name: str,
    email: str,
    language: str,
    stay: bool = False,
    guidance: bool = False,
) -> Party:
    """Ask another organisation, by mail, to take part; the aims are a proposal."""
    locked = lock_as_lead(application, actor)
    email = clean_address(email)
    if any(party.state == Party.State.INVITED and party.invited_email == email for party in locked.parties.all()):
        raise Refused(_("You already invited %(email)s. The invitation waits for an answer.") % {"email": email})
    party = Party.objects.create(
        application=locked, invited_name=name, invited_email=email, stay=stay, guidance=guidance
    )
    return _send(locked, party, actor, language, "party_invited")


@transaction.atomic
def invite_organisation(
    application: Application, actor: User, organisation: Organisation, *, stay: bool = False, guidance: bool = False
) -> Party:
    """Ask a registered organisation: those who manage it get the mail, and any of them answers."""
    locked = lock_as_lead(application, actor)
    refuse_second(locked, organisation)
    if not organisation.memberships.managing().exists():
        raise Refused(_("Nobody manages %(name)s here now. Invite a person by e-mail.") % {"name": organisation.name})
    party = Party.objects.create(application=locked, organisation=organisation, stay=stay, guidance=guidance)
    return _send(locked, party, actor, "", "party_invited")


def refuse_second(application: Application, organisation: Organisation, own: Party | None = None) -> None:
    """Refused where the organisation takes part already, or is invited as such by another invitation than this."""
    for party in application.parties.all():
        if party == own or party.organisation_id != organisation.pk or not party.is_present:
            continue
        if party.state == Party.State.ACCEPTED:
            raise Refused(_("%(name)s already takes part in this application.") % {"name": organisation.name})
        raise Refused(
            _("%(name)s is already invited. The invitation waits for an answer.") % {"name": organisation.name}
        )


@transaction.atomic
def send_again(party: Party, actor: User, language: str) -> Party:
    """Mail an invitation that waits for an answer once more."""
    locked = lock_as_lead(party.application, actor)
    fresh = Party.objects.filter(pk=party.pk, application=locked, state=Party.State.INVITED).first()
    if fresh is None:
        raise Refused(_("This invitation does not wait for an answer."))
    if fresh.invited_at and fresh.invited_at + MAILED_AGAIN_AFTER > clock.now():
        raise Refused(_("We mailed this invitation less than an hour ago. Wait a little."))
    return _send(locked, fresh, actor, language, "invitation_sent_again")


@transaction.atomic
def withdraw_invitation(party: Party, actor: User) -> Party:
    """Take back an invitation that waits for an answer."""
    locked = lock_as_lead(party.application, actor)
    withdrawn = PARTY.fire("withdraw", party, actor)
    entry = record_change(locked, "invitation_withdrawn", actor, data={"party": party.pk}, reread=True)
    for to, spoken in _invited(withdrawn, party.application.language):
        outbox.queue(
            key=f"invitation-withdrawn:{party.uuid}:{entry.number}:{to}",
            to=to,
            language=spoken,
            template="applications/invitation_withdrawn",
            context={"lead": locked.lead},
            about=locked,
        )
    return withdrawn


def _send(locked: Application, party: Party, actor: User, language: str, action: str) -> Party:
    lead = locked_organisation(locked.lead)
    invitation_limit.refuse_more(lead, actor)
    if not lead.verified_at:
        log.record(lead, invitation_limit.PARTY, actor=actor, data={"party": party.pk})
    party.invited_at = clock.now()
    party.save(update_fields=["invited_at"])
    entry = record_change(locked, action, actor, data={"party": party.pk}, reread=True)
    for to, spoken in _invited(party, language):
        outbox.queue(
            key=f"party-invitation:{party.uuid}:{entry.number}:{to}",
            to=to,
            language=spoken,
            template="applications/party_invitation",
            context={"party": party, "lead": locked.lead, "actor": actor},
            about=locked,
        )
    return party


def _invited(party: Party, language: str) -> list[tuple[str, str]]:
    """Address and language of each whom the invitation addresses."""
    if party.invited_email:
        return [(party.invited_email, language)]
    # An invitation without an address is to a registered organisation.
    organisation = cast(Organisation, party.organisation)
    managing = organisation.memberships.managing().select_related("user").order_by("pk")
    return [(found.user.email, found.user.language) for found in managing]


@transaction.atomic
def set_all_aims(
    application: Application, actor: User, chosen: dict[Party, dict[str, bool]], *, seen: set[int] | None = None
) -> None:
    """The lead says which aims the parties take on, all in one: {party: {"stay": …, "guidance": …}}."""
    locked = lock_as_lead(application, actor)
    standing = [] if seen is None else coverage.standing_over(locked, SECTION)
    changed = [
        (party, chosen[party])
        for party in locked.joined_parties
        if party in chosen and {"stay": party.stay, "guidance": party.guidance} != chosen[party]
    ]
    if not changed:
        return
    coverage.refuse_unseen(standing, seen or set())
    for party, aims in changed:
        Party.objects.filter(pk=party.pk).update(**aims)
    for party, aims in changed:
        record_change(locked, "aims_set", actor, data={"party": party.pk, **aims}, reread=True)


@transaction.atomic
def set_visibility(party: Party, actor: User, *, sees_all_answers: bool) -> None:
    """The lead says whether a party sees all answers, or the common sections and those of its own aims."""
    locked = loading.locked(party.application_id, actor, "applications.edit_application")
    if (
        locked.parties.filter(pk=party.pk, is_lead=False)
        .exclude(sees_all_answers=sees_all_answers)
        .update(sees_all_answers=sees_all_answers)
    ):
        log.record(locked, "sight_set", actor=actor, data={"party": party.pk, "all": sees_all_answers})


@transaction.atomic
def accept(party: Party, actor: User, organisation: Organisation, *, stay: bool, guidance: bool) -> Party:
    """Take part with this organisation, of which the actor is manager or contributor, and with these aims."""
    # Its signing rule does not change while it is copied. An organisation is locked before its applications.
    organisation = locked_organisation(organisation)
    locked = loading.locked(party.application_id)
    person = Person(actor)
    found = person.membership_in(organisation.pk)
    if found is None or not found.works or not was_invited(person, party):
        raise PermissionDenied
    if not party.invited_email and party.organisation_id != organisation.pk:
        raise PermissionDenied
    if not open_questions(locked, SECTION):
        raise Refused(_("This application was submitted already. Ask the lead what to do."))
    refuse_second(locked, organisation, party)
    accepted = PARTY.fire("accept", party, actor, organisation=organisation, stay=stay, guidance=guidance)
    if party.is_lead:
        # A draft that an officer opened: from now on it is this organisation's, in the language of its letters.
        locked.language = organisation.letter_language
    data = {"party": party.pk, "organisation": organisation.pk}
    entry = record_change(locked, "party_joined", actor, fields=["language"], data=data, reread=True)
    if not party.is_lead:
        lead = next(found for found in locked.joined_parties if found.is_lead)
        send_mails(locked, "party_joined", entry.number, parties=[lead], but=actor, party=accepted)
    return accepted


@transaction.atomic
def decline(party: Party, actor: User, reason: str = "") -> Party:
    """Do not take part. A draft that an officer opened ends with that."""
    locked = loading.locked(party.application_id)
    if not was_invited(Person(actor), party):
        raise PermissionDenied
    declined = PARTY.fire("decline", party, actor)
    entry = record_change(locked, "party_declined", actor, data={"party": party.pk}, note=reason, reread=True)
    if party.is_lead:
        APPLICATION.fire("not_taken_over", locked, None)
        return declined
    lead = next(found for found in locked.joined_parties if found.is_lead)
    send_mails(locked, "party_declined", entry.number, parties=[lead], party=declined)
    return declined
